import type { ExportOutcome } from '../../api/export-stream.ts'
import { exportDialogTexts } from '../../texts/en/export-dialog.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { saveFile } from './save-file.ts'

/** What became of an export; a part of one is offered, and never under the name of a whole one. */
export function ExportEnd({ outcome }: { readonly outcome: ExportOutcome }) {
  const texts = exportDialogTexts()
  const { kind, why = '', name, file, rows, of } = outcome
  const came = texts.rows(rows, of)
  if (kind === 'whole') {
    return (
      <Notice tone="info">
        {texts.saved(name, came)} {rows !== of && texts.someChanged}
      </Notice>
    )
  }
  // The directory of a workbook comes last: no part of one can be opened.
  const usable = rows > 0 && !name.endsWith('.xlsx')
  return (
    <Notice tone="bad">
      <p>{kind === 'cancelled' ? texts.cancelled(came) : texts.broken(why, came)}</p>
      {usable && <Button onClick={() => saveFile(name, file)}>{texts.savePart(name)}</Button>}
    </Notice>
  )
}
