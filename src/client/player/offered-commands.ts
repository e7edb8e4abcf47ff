/** What the player can be asked to do by name, and the one player that is there to be asked. */
import { playerCommandTexts } from '../texts/en/player-commands.ts'
import type { KeyCommand } from './key-command.ts'

export interface NamedCommand {
  readonly name: string
  readonly key: string
  readonly command: KeyCommand
}

/** In the order in which they are offered. */
export function namedCommands(): readonly NamedCommand[] {
  const texts = playerCommandTexts()
  const { withShift } = texts
  return [
    { name: texts.toggle, key: texts.spaceKey, command: { kind: 'toggle' } },
    { name: texts.back(5), key: '←', command: { kind: 'skip', seconds: -5 } },
    { name: texts.on(5), key: '→', command: { kind: 'skip', seconds: 5 } },
    { name: texts.back(30), key: withShift('←'), command: { kind: 'skip', seconds: -30 } },
    { name: texts.on(30), key: withShift('→'), command: { kind: 'skip', seconds: 30 } },
    { name: texts.slower, key: '[', command: { kind: 'speed', step: -1 } },
    { name: texts.faster, key: ']', command: { kind: 'speed', step: 1 } },
    { name: texts.mute, key: 'm', command: { kind: 'mute' } },
    { name: texts.solo, key: 's', command: { kind: 'solo' } },
    { name: texts.mark('A'), key: 'a', command: { kind: 'mark', mark: 'a' } },
    { name: texts.mark('B'), key: 'b', command: { kind: 'mark', mark: 'b' } },
    { name: texts.goToClock, key: 'g', command: { kind: 'goto' } },
    { name: texts.copyLink, key: 'l', command: { kind: 'copy' } },
    { name: texts.next, key: withShift('N'), command: { kind: 'next' } },
    { name: texts.previous, key: withShift('P'), command: { kind: 'previous' } },
    ...Array.from({ length: 9 }, (_, index) => ({
      name: texts.choose(index + 1),
      key: String(index + 1),
      command: { kind: 'choose', index } as const,
    })),
  ]
}

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
