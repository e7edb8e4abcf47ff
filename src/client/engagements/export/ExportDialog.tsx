import { useState } from 'react'
import { type ExportColumn, exportColumns } from '../../../contract/model/export-columns.ts'
import { type ExportFormat, isTable } from '../../../contract/query/export-query.ts'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import { exportDialogTexts } from '../../texts/en/export-dialog.ts'
import { Button } from '../../ui/Button.tsx'
import { Modal } from '../../ui/Modal.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import styles from './ExportDialog.module.css'
import { ExportEnd } from './ExportEnd.tsx'
import { ExportRunning } from './ExportRunning.tsx'
import { exportOfPage } from './export-of-page.ts'
import { useExport } from './use-export.ts'

interface ExportDialogProps {
  readonly tenant: string
  readonly page: PageQuery
  readonly zone: string
  /** Says what the page applies. */
  readonly sentence: string
  onClose(): void
}

const formats: readonly { readonly value: ExportFormat; readonly label: string }[] = [
  { value: 'csv', label: 'CSV' },
  { value: 'xlsx', label: 'XLSX' },
  { value: 'json', label: 'JSON' },
  { value: 'ndjson', label: 'NDJSON' },
  { value: 'xml', label: 'XML' },
]

/** All engagements of the applied query as a file. */
export function ExportDialog({ tenant, page, zone, sentence, onClose }: ExportDialogProps) {
  const texts = exportDialogTexts()
  const [format, setFormat] = useState<ExportFormat>('csv')
  const [chosen, setChosen] = useState<ReadonlySet<ExportColumn>>(new Set(exportColumns))
  const { state, start, cancel } = useExport(tenant)
  const toggle = (column: ExportColumn) =>
    setChosen((before) => {
      const after = new Set(before)
      if (!after.delete(column)) after.add(column)
      return after
    })
  const columns = exportColumns.filter((column) => chosen.has(column))

  if (state.kind === 'running') {
    return (
      <Modal title={texts.title} onClose={cancel}>
        <ExportRunning progress={state.progress} onCancel={cancel} />
      </Modal>
    )
  }
  return (
    <Modal title={texts.title} onClose={onClose}>
      <p className={styles.what}>{texts.what(sentence)}</p>
      <Segmented
        label={texts.format}
        name="format"
        value={format}
        options={formats}
        onChange={(to) => setFormat(to)}
      />
      {isTable(format) ? (
        <>
          <fieldset className={styles.columns}>
            <legend>{texts.columns}</legend>
            {exportColumns.map((column) => (
              <label key={column}>
                <input type="checkbox" checked={chosen.has(column)} onChange={() => toggle(column)} />
                {texts.columnNames[column]}
              </label>
            ))}
          </fieldset>
          <p className="muted">{texts.ofTable(zone)}</p>
        </>
      ) : (
        <p className="muted">{texts.ofDocuments}</p>
      )}
      {state.kind === 'waiting' && <Notice tone="info">{texts.waits}</Notice>}
      {state.kind === 'refused' && <Notice tone="bad">{texts.refused(state.why)}</Notice>}
      {state.kind === 'ended' && <ExportEnd outcome={state.outcome} />}
      <div className={styles.actions}>
        <Button
          look="primary"
          disabled={columns.length === 0}
          onClick={() => void start(exportOfPage(page, zone, format, columns))}
        >
          {state.kind === 'idle' ? texts.start : texts.startAgain}
        </Button>
        <Button autoFocus={state.kind !== 'idle'} onClick={onClose}>
          {texts.close}
        </Button>
        {columns.length === 0 && <span role="status">{texts.chooseColumn}</span>}
      </div>
    </Modal>
  )
}
