/** All texts of the page: what a language has to say. A text that is missing, or takes other values, does not compile. */
import type { CellsTexts } from './en/cells.ts'
import type { ColumnsTexts } from './en/columns.ts'
import type { ColumnsDialogTexts } from './en/columns-dialog.ts'
import type { DetailTexts } from './en/detail.ts'
import type { ExportDialogTexts } from './en/export-dialog.ts'
import type { HandOverTexts } from './en/hand-over.ts'
import type { HeardTexts } from './en/heard.ts'
import type { HistogramTexts } from './en/histogram.ts'
import type { NeighbourTexts } from './en/neighbours.ts'
import type { PageButtonsTexts } from './en/page-buttons.ts'
import type { PaletteTexts } from './en/palette.ts'
import type { PlayerTexts } from './en/player.ts'
import type { PlayerCommandTexts } from './en/player-commands.ts'
import type { SelectionTexts } from './en/selection.ts'
import type { SessionTexts } from './en/session.ts'
import type { UiTexts } from './en/ui.ts'
import type { ViewsTexts } from './en/views.ts'

export interface Catalogue {
  readonly cells: CellsTexts
  readonly columns: ColumnsTexts
  readonly columnsDialog: ColumnsDialogTexts
  readonly detail: DetailTexts
  readonly exportDialog: ExportDialogTexts
  readonly handOver: HandOverTexts
  readonly heard: HeardTexts
  readonly histogram: HistogramTexts
  readonly neighbours: NeighbourTexts
  readonly pageButtons: PageButtonsTexts
  readonly palette: PaletteTexts
  readonly player: PlayerTexts
  readonly playerCommands: PlayerCommandTexts
  readonly selection: SelectionTexts
  readonly session: SessionTexts
  readonly ui: UiTexts
  readonly views: ViewsTexts
}
