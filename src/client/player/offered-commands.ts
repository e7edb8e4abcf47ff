/** What the player can be asked to do by name, and the one player that is there to be asked. */
import type { KeyCommand } from './key-command.ts'

export interface NamedCommand {
  readonly name: string
  readonly key: string
  readonly command: KeyCommand
}

export const namedCommands: readonly NamedCommand[] = [
  { name: 'Play or pause', key: 'Space', command: { kind: 'toggle' } },
  { name: 'Back 5 seconds', key: '←', command: { kind: 'skip', seconds: -5 } },
  { name: 'On 5 seconds', key: '→', command: { kind: 'skip', seconds: 5 } },
  { name: 'Back 30 seconds', key: 'Shift ←', command: { kind: 'skip', seconds: -30 } },
  { name: 'On 30 seconds', key: 'Shift →', command: { kind: 'skip', seconds: 30 } },
  { name: 'Slower', key: '[', command: { kind: 'speed', step: -1 } },
  { name: 'Faster', key: ']', command: { kind: 'speed', step: 1 } },
  { name: 'Mute the chosen recording, or unmute it', key: 'm', command: { kind: 'mute' } },
  { name: 'Solo the chosen recording, or all again', key: 's', command: { kind: 'solo' } },
  { name: 'Mark A', key: 'a', command: { kind: 'mark', mark: 'a' } },
  { name: 'Mark B', key: 'b', command: { kind: 'mark', mark: 'b' } },
  { name: 'Go to a clock time', key: 'g', command: { kind: 'goto' } },
  { name: 'Copy a link to this moment', key: 'l', command: { kind: 'copy' } },
  { name: 'Next engagement', key: 'Shift N', command: { kind: 'next' } },
  { name: 'Previous engagement', key: 'Shift P', command: { kind: 'previous' } },
  ...Array.from({ length: 9 }, (_, index) => ({
    name: `Choose recording ${index + 1}`,
    key: String(index + 1),
    command: { kind: 'choose', index } as const,
  })),
]

type Obey = (command: KeyCommand) => boolean

let player: Obey | undefined

/** @returns what takes the offer back */
export function offerCommands(obey: Obey): () => void {
  player = obey
  return () => {
    if (player === obey) player = undefined
  }
}

/** Undefined while no player is there. */
export function askPlayer(): Obey | undefined {
  return player
}
