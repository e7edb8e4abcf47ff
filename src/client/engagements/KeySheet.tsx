import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { keysAreOn, switchKeys } from '../ui/keys.ts'
import { Modal } from '../ui/Modal.tsx'
import styles from './KeySheet.module.css'

const keys = [
  ['/', 'People filter'],
  ['j / k', 'Next / previous row'],
  ['Enter', 'Open or close the row'],
  ['n / p', 'Next / previous page'],
  ['Space', 'Play or pause'],
  ['← / →', '5 seconds back / on'],
  ['Shift ← / →', '30 seconds back / on'],
  ['[ / ]', 'Slower / faster'],
  ['1 – 9', 'Recording'],
  ['l', 'Copy a link to this moment'],
  ['?', 'This sheet'],
] as const

export function KeySheet({ onClose }: { onClose(): void }) {
  const [on, setOn] = useState(keysAreOn)
  return (
    <Modal title="Keys" onClose={onClose}>
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
