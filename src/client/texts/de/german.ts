import type { Catalogue } from '../catalogue.ts'
import { cells } from './cells.ts'
import { columns } from './columns.ts'
import { columnsDialog } from './columns-dialog.ts'
import { detail } from './detail.ts'
import { exportDialog } from './export-dialog.ts'
import { handOver } from './hand-over.ts'
import { heard } from './heard.ts'
import { histogram } from './histogram.ts'
import { neighbours } from './neighbours.ts'
import { pageButtons } from './page-buttons.ts'
import { palette } from './palette.ts'
import { player } from './player.ts'
import { playerCommands } from './player-commands.ts'
import { selection } from './selection.ts'
import { session } from './session.ts'
import { ui } from './ui.ts'
import { views } from './views.ts'

export const german: Catalogue = {
  cells,
  columns,
  columnsDialog,
  detail,
  exportDialog,
  handOver,
  heard,
  histogram,
  neighbours,
  pageButtons,
  palette,
  player,
  playerCommands,
  selection,
  session,
  ui,
  views,
}
