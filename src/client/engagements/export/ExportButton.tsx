import { useState } from 'react'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import { pageButtonsTexts } from '../../texts/en/page-buttons.ts'
import { Button } from '../../ui/Button.tsx'
import { loadedPart } from '../../ui/loaded-part.tsx'
import { queryAt } from '../applied-range.ts'
import { sentenceText } from '../sentence.ts'

const ExportDialog = loadedPart(async () => (await import('./ExportDialog.tsx')).ExportDialog, {
  what: () => pageButtonsTexts().theExport,
})

interface ExportButtonProps {
  readonly tenant: string
  /** As it is applied. */
  readonly page: PageQuery
  readonly zone: string
}

export function ExportButton(props: ExportButtonProps) {
  const texts = pageButtonsTexts()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button data-command="export" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {texts.export}
      </Button>
      {open && (
        <ExportDialog
          {...props}
          sentence={sentenceText(queryAt(props.page, Date.now()), props.zone, props.page.range)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
