/** All texts of the page: what a language has to say. A text that is missing, or takes other values, does not compile. */
import type { ApiTexts } from './en/api.ts'
import type { CalendarTexts } from './en/calendar.ts'
import type { CellsTexts } from './en/cells.ts'
import type { ColumnsTexts } from './en/columns.ts'
import type { ColumnsDialogTexts } from './en/columns-dialog.ts'
import type { DetailTexts } from './en/detail.ts'
import type { EmptyTexts } from './en/empty.ts'
import type { ExportDialogTexts } from './en/export-dialog.ts'
import type { ExportStreamTexts } from './en/export-stream.ts'
import type { FiltersTexts } from './en/filters.ts'
import type { HandOverTexts } from './en/hand-over.ts'
import type { HeardTexts } from './en/heard.ts'
import type { HistogramTexts } from './en/histogram.ts'
import type { KeySheetTexts } from './en/key-sheet.ts'
import type { LanguageTexts } from './en/language.ts'
import type { NeighbourTexts } from './en/neighbours.ts'
import type { NotFoundTexts } from './en/not-found.ts'
import type { PageTexts } from './en/page.ts'
import type { PageButtonsTexts } from './en/page-buttons.ts'
import type { PaletteTexts } from './en/palette.ts'
import type { PeopleTexts } from './en/people.ts'
import type { PlayerTexts } from './en/player.ts'
import type { PlayerCommandTexts } from './en/player-commands.ts'
import type { RangeTexts } from './en/range.ts'
import type { ReviewTexts } from './en/review.ts'
import type { SampleTexts } from './en/sample.ts'
import type { SelectionTexts } from './en/selection.ts'
import type { SentenceTexts } from './en/sentence.ts'
import type { SessionTexts } from './en/session.ts'
import type { ShareTexts } from './en/share.ts'
import type { SharedNoteTexts } from './en/shared-note.ts'
import type { SuggestionsTexts } from './en/suggestions.ts'
import type { TimesTexts } from './en/times.ts'
import type { UiTexts } from './en/ui.ts'
import type { ViewsTexts } from './en/views.ts'
import type { WidthHandleTexts } from './en/width-handle.ts'
import type { ZonesTexts } from './en/zones.ts'

export interface Catalogue {
  readonly api: ApiTexts
  readonly calendar: CalendarTexts
  readonly cells: CellsTexts
  readonly columns: ColumnsTexts
  readonly columnsDialog: ColumnsDialogTexts
  readonly detail: DetailTexts
  readonly empty: EmptyTexts
  readonly exportDialog: ExportDialogTexts
  readonly exportStream: ExportStreamTexts
  readonly filters: FiltersTexts
  readonly handOver: HandOverTexts
  readonly heard: HeardTexts
  readonly histogram: HistogramTexts
  readonly keySheet: KeySheetTexts
  readonly language: LanguageTexts
  readonly neighbours: NeighbourTexts
  readonly notFound: NotFoundTexts
  readonly page: PageTexts
  readonly pageButtons: PageButtonsTexts
  readonly palette: PaletteTexts
  readonly people: PeopleTexts
  readonly player: PlayerTexts
  readonly playerCommands: PlayerCommandTexts
  readonly range: RangeTexts
  readonly review: ReviewTexts
  readonly sample: SampleTexts
  readonly selection: SelectionTexts
  readonly sentence: SentenceTexts
  readonly session: SessionTexts
  readonly share: ShareTexts
  readonly sharedNote: SharedNoteTexts
  readonly suggestions: SuggestionsTexts
  readonly times: TimesTexts
  readonly ui: UiTexts
  readonly views: ViewsTexts
  readonly widthHandle: WidthHandleTexts
  readonly zones: ZonesTexts
}
