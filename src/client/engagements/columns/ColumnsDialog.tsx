import { ArrowDown, ArrowUp } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import type { TableColumn } from '../../../contract/query/column-list.ts'
import { columnsTexts } from '../../texts/en/columns.ts'
import { columnsDialogTexts } from '../../texts/en/columns-dialog.ts'
import { Button } from '../../ui/Button.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import styles from './ColumnsDialog.module.css'
import {
  type ColumnChoice,
  keepColumns,
  keepWidth,
  keptColumns,
  moveColumn,
  narrowestPx,
  ownColumns,
  readColumns,
  showColumn,
  shownColumns,
  widestPx,
} from './column-choice.ts'

interface ColumnsDialogProps {
  /** In the address; undefined: as this device has it. */
  readonly inLink: readonly TableColumn[] | undefined
  onLink(columns: readonly TableColumn[] | undefined): void
  onClose(): void
}

/** Which columns, in which order, how wide, how close. */
export function ColumnsDialog({ inLink, onLink, onClose }: ColumnsDialogProps) {
  const texts = columnsDialogTexts()
  const labels = columnsTexts()
  const kept = useSyncExternalStore(keptColumns.subscribe, keptColumns.read)
  const choice = readColumns(kept, inLink)
  const [told, setTold] = useState('')
  const change = (next: ColumnChoice) => {
    // While the address says which columns, the device keeps its own; widths and density are always the device's.
    const own = readColumns(kept, undefined)
    keepColumns(inLink === undefined ? next : { ...own, widthsPx: next.widthsPx, density: next.density })
    if (inLink !== undefined) onLink(shownColumns(next))
  }
  const move = (column: TableColumn, step: -1 | 1) => {
    const next = moveColumn(choice, column, step)
    change(next)
    setTold(texts.moved(labels[column], next.order.indexOf(column) + 1, next.order.length))
  }
  return (
    <Modal title={texts.title} onClose={onClose}>
      <ul className={styles.columns}>
        {choice.order.map((column, at) => {
          const label = labels[column]
          const widthPx = choice.widthsPx[column]
          return (
            <li key={column} className={styles.column}>
              <label className={styles.shown}>
                <input
                  type="checkbox"
                  checked={!choice.hidden.includes(column)}
                  onChange={(event) => change(showColumn(choice, column, event.target.checked))}
                />
                {label}
              </label>
              <label className={styles.width}>
                <span className="visually-hidden">{texts.width(label)}</span>
                <input
                  type="number"
                  min={narrowestPx}
                  max={widestPx}
                  step={10}
                  placeholder={texts.ownWidth}
                  defaultValue={widthPx}
                  onChange={({ target }) => {
                    if (target.value === '') keepWidth(column, undefined)
                    else if (target.validity.valid || target.validity.stepMismatch)
                      keepWidth(column, target.valueAsNumber)
                  }}
                />
              </label>
              {/* Not disabled at the ends: a button that is loses the focus. */}
              <Button
                look="ghost"
                icon
                aria-label={texts.moveUp(label)}
                aria-disabled={at === 0}
                onClick={() => move(column, -1)}
              >
                <ArrowUp size={15} aria-hidden />
              </Button>
              <Button
                look="ghost"
                icon
                aria-label={texts.moveDown(label)}
                aria-disabled={at === choice.order.length - 1}
                onClick={() => move(column, 1)}
              >
                <ArrowDown size={15} aria-hidden />
              </Button>
            </li>
          )
        })}
      </ul>
      <p className="visually-hidden" role="status">
        {told}
      </p>
      <div className={styles.more}>
        <Segmented
          label={texts.density}
          name="density"
          value={choice.density}
          options={[
            { value: 'comfortable', label: texts.comfortable },
            { value: 'compact', label: texts.compact },
          ]}
          onChange={(density) =>
            change({ ...choice, density: density === 'compact' ? 'compact' : 'comfortable' })
          }
        />
        <label className={styles.shown}>
          <input
            type="checkbox"
            checked={inLink !== undefined}
            onChange={(event) => onLink(event.target.checked ? shownColumns(choice) : undefined)}
          />
          {texts.putInLink}
        </label>
        <p className="muted">{texts.ofDevice}</p>
      </div>
      <div className={styles.actions}>
        <Button look="primary" onClick={onClose}>
          {texts.done}
        </Button>
        <Button
          onClick={() => {
            keepColumns(ownColumns)
            if (inLink !== undefined) onLink(undefined)
            onClose()
          }}
        >
          {texts.asUsual}
        </Button>
      </div>
    </Modal>
  )
}
