/** All texts of the page: what a language has to say. A text that is missing, or takes other values, does not compile. */
import type { HandOverTexts } from './en/hand-over.ts'
import type { HeardTexts } from './en/heard.ts'
import type { NeighbourTexts } from './en/neighbours.ts'
import type { PlayerTexts } from './en/player.ts'
import type { PlayerCommandTexts } from './en/player-commands.ts'
import type { SessionTexts } from './en/session.ts'

export interface Catalogue {
  readonly handOver: HandOverTexts
  readonly heard: HeardTexts
  readonly neighbours: NeighbourTexts
  readonly player: PlayerTexts
  readonly playerCommands: PlayerCommandTexts
  readonly session: SessionTexts
}
