import type { Catalogue } from '../catalogue.ts'
import { api } from './api.ts'
import { calendar } from './calendar.ts'
import { cells } from './cells.ts'
import { columns } from './columns.ts'
import { columnsDialog } from './columns-dialog.ts'
import { detail } from './detail.ts'
import { empty } from './empty.ts'
import { exportDialog } from './export-dialog.ts'
import { exportStream } from './export-stream.ts'
import { filters } from './filters.ts'
import { handOver } from './hand-over.ts'
import { heard } from './heard.ts'
import { histogram } from './histogram.ts'
import { keySheet } from './key-sheet.ts'
import { language } from './language.ts'
import { neighbours } from './neighbours.ts'
import { notFound } from './not-found.ts'
import { page } from './page.ts'
import { pageButtons } from './page-buttons.ts'
import { palette } from './palette.ts'
import { people } from './people.ts'
import { player } from './player.ts'
import { playerCommands } from './player-commands.ts'
import { range } from './range.ts'
import { review } from './review.ts'
import { sample } from './sample.ts'
import { selection } from './selection.ts'
import { sentence } from './sentence.ts'
import { session } from './session.ts'
import { share } from './share.ts'
import { sharedNote } from './shared-note.ts'
import { suggestions } from './suggestions.ts'
import { times } from './times.ts'
import { ui } from './ui.ts'
import { views } from './views.ts'
import { widthHandle } from './width-handle.ts'
import { zones } from './zones.ts'

export const german: Catalogue = {
  api,
  calendar,
  cells,
  columns,
  columnsDialog,
  detail,
  empty,
  exportDialog,
  exportStream,
  filters,
  handOver,
  heard,
  histogram,
  keySheet,
  language,
  neighbours,
  notFound,
  page,
  pageButtons,
  palette,
  people,
  player,
  playerCommands,
  range,
  review,
  sample,
  selection,
  sentence,
  session,
  share,
  sharedNote,
  suggestions,
  times,
  ui,
  views,
  widthHandle,
  zones,
}
