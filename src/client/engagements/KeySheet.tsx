import { useState } from 'react'
import { keySheetTexts } from '../texts/en/key-sheet.ts'
import { Button } from '../ui/Button.tsx'
import { keysAreOn, switchKeys } from '../ui/keys.ts'
import { Modal } from '../ui/Modal.tsx'
import styles from './KeySheet.module.css'

export function KeySheet({ onClose }: { onClose(): void }) {
  const texts = keySheetTexts()
  const [on, setOn] = useState(keysAreOn)
  return (
    <Modal title={texts.keys} onClose={onClose}>
      <div className={styles.groups}>
        {texts.groups.map(({ title, keys }) => (
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
        {texts.singleKeys}
      </label>
      <Button look="primary" onClick={onClose}>
        {texts.close}
      </Button>
    </Modal>
  )
}
