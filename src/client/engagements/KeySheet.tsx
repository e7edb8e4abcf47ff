import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { keysAreOn, switchKeys } from '../ui/keys.ts'
import { Modal } from '../ui/Modal.tsx'
import styles from './KeySheet.module.css'

const groups = [
  {
    title: 'List',
    keys: [
      ['/', 'People filter'],
      ['j / k', 'Next / previous row'],
      ['x', 'Select the row'],
      ['Enter', 'Open or close the row'],
      ['n / p', 'Next / previous page'],
      ['Ctrl / Cmd K', 'Every action by its name'],
      ['?', 'This sheet'],
    ],
  },
  {
    title: 'Player',
    keys: [
      ['Space', 'Play or pause'],
      ['← / →', '5 seconds back / on'],
      ['Shift ← / →', '30 seconds back / on'],
      ['[ / ]', 'Slower / faster'],
      ['1 – 9', 'Choose a recording'],
      ['m / s', 'Mute / solo the chosen recording'],
      ['a / b', 'Mark A / B, loop between them'],
      ['g', 'Go to a clock time'],
      ['l', 'Copy a link to this moment'],
      ['Shift N / P', 'Next / previous engagement'],
    ],
  },
] as const

export function KeySheet({ onClose }: { onClose(): void }) {
  const [on, setOn] = useState(keysAreOn)
  return (
    <Modal title="Keys" onClose={onClose}>
      <div className={styles.groups}>
        {groups.map(({ title, keys }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl className={styles.keys}>
              {keys.map(([key, meaning]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className={styles.switch}>
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            switchKeys(event.target.checked)
            setOn(event.target.checked)
          }}
        />
        Single keys work when no field has focus
      </label>
      <Button look="primary" onClick={onClose}>
        Close
      </Button>
    </Modal>
  )
}
