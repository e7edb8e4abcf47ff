import { lazy, Suspense, useState } from 'react'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import { Button } from '../../ui/Button.tsx'
import { PartBoundary } from '../../ui/PartBoundary.tsx'
import { queryAt } from '../applied-range.ts'
import { sentenceText } from '../sentence.ts'

const ExportDialog = lazy(async () => ({ default: (await import('./ExportDialog.tsx')).ExportDialog }))

interface ExportButtonProps {
  readonly tenant: string
  /** As it is applied. */
  readonly page: PageQuery
  readonly zone: string
}

export function ExportButton(props: ExportButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button data-command="export" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Export
      </Button>
      {open && (
        <PartBoundary what="The export">
          <Suspense>
            <ExportDialog
              {...props}
              sentence={sentenceText(queryAt(props.page, Date.now()), props.zone, props.page.range)}
              onClose={() => setOpen(false)}
            />
          </Suspense>
        </PartBoundary>
      )}
    </>
  )
}
