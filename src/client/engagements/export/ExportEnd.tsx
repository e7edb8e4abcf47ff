import type { ExportOutcome } from '../../api/export-stream.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { rowsOf } from './rows-of.ts'
import { saveFile } from './save-file.ts'

/** What became of an export; a part of one is offered, and never under the name of a whole one. */
export function ExportEnd({ outcome }: { readonly outcome: ExportOutcome }) {
  const { kind, why, name, file, rows, of } = outcome
  if (kind === 'whole') {
    return (
      <Notice tone="info">
        Saved as {name}: {rowsOf(outcome)}.
        {rows !== of && ' Some were changed or deleted while it was written.'}
      </Notice>
    )
  }
  // The directory of a workbook comes last: no part of one can be opened.
  const usable = rows > 0 && !name.endsWith('.xlsx')
  return (
    <Notice tone="bad">
      <p>
        {kind === 'cancelled' ? 'The export was cancelled.' : `The export is not whole. ${why}`}{' '}
        {rowsOf(outcome)} came.
      </p>
      {usable && <Button onClick={() => saveFile(name, file)}>Save what came as {name}</Button>}
    </Notice>
  )
}
