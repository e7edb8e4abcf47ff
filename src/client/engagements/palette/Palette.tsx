import { Autocomplete } from '@base-ui/react/autocomplete'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useLacks } from '../../source-parts.ts'
import { paletteTexts } from '../../texts/en/palette.ts'
import { Modal } from '../../ui/Modal.tsx'
import { bestFits } from './match-words.ts'
import styles from './Palette.module.css'
import { type Action, actionsOf, type PageActions } from './page-actions.ts'

interface PaletteProps extends Omit<PageActions, 'lacks'> {
  onClose(): void
}

/** Every action of the page and the player by its name. */
export function Palette({ onClose, ...given }: PaletteProps) {
  const texts = paletteTexts()
  const [asked, setAsked] = useState('')
  const lacks = useLacks()
  const found = bestFits(actionsOf({ ...given, lacks }), ({ name }) => name, asked)
  const run = (action: Action) => {
    // The focus is back where it was before the action moves it.
    flushSync(onClose)
    action.run()
  }
  return (
    <Modal title={texts.title} onClose={onClose}>
      <Autocomplete.Root
        inline
        open
        items={found}
        filter={null}
        autoHighlight="always"
        itemToStringValue={({ name }: Action) => name}
        value={asked}
        onValueChange={(text, { reason }) => reason === 'input-change' && setAsked(text)}
      >
        <Autocomplete.Input
          className={styles.input}
          aria-label={texts.find}
          placeholder={texts.hint}
          autoFocus
        />
        <Autocomplete.List className={styles.list} aria-label={texts.actions}>
          {(action: Action) => (
            <Autocomplete.Item
              key={action.name}
              value={action}
              className={styles.item}
              onClick={() => run(action)}
            >
              {action.name}
              {action.key !== undefined && <kbd className={styles.key}>{action.key}</kbd>}
            </Autocomplete.Item>
          )}
        </Autocomplete.List>
        <p className={styles.none} role="status">
          {found.length === 0 ? texts.none : ''}
        </p>
      </Autocomplete.Root>
    </Modal>
  )
}
