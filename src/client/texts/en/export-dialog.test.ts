import { expect, it } from 'vitest'
import { columnLabels } from '../../../contract/representation/column-labels.ts'
import { exportDialogTexts } from './export-dialog.ts'

it('names the columns as the file does', () => {
  expect(exportDialogTexts().columnNames).toEqual(columnLabels)
})
