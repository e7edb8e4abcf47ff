import type { Catalogue } from '../catalogue.ts'
import { handOver } from './hand-over.ts'
import { heard } from './heard.ts'
import { neighbours } from './neighbours.ts'
import { player } from './player.ts'
import { playerCommands } from './player-commands.ts'
import { session } from './session.ts'

export const german: Catalogue = { handOver, heard, neighbours, player, playerCommands, session }
