/** The recorded conversations of the repository, as their manifest has them. */
import { fileURLToPath } from 'node:url'
import manifest from './media/manifest.json' with { type: 'json' }
import type { Team } from './people.ts'

export interface ConversationRecording {
  readonly file: string
  readonly speaker: 'customer' | 'associate'
  /** Where the recording begins on the conversation's own timeline, whole seconds. */
  readonly offsetSeconds: number
  readonly durationSeconds: number
  readonly bytes: number
  readonly contents: 'AUDIO' | 'AUDIOVIDEO'
}

export interface Conversation {
  readonly name: string
  readonly team: Team
  readonly topic: string
  readonly associateInitiated: boolean
  readonly durationSeconds: number
  readonly recordings: readonly ConversationRecording[]
}

/** In these the associate calls, as their texts say. */
const associateCalls = new Set(['card-declined-at-till', 'disputed-hotel-charge', 'mortgage-renewal'])
/** The one with a picture comes first: it is among the rows a newcomer sees. */
const shownFirst = 'identity-check-by-video'

export const conversations: readonly Conversation[] = (manifest as Omit<Conversation, 'associateInitiated'>[])
  .map((entry) => ({ ...entry, associateInitiated: associateCalls.has(entry.name) }))
  .toSorted((a, b) => Number(b.name === shownFirst) - Number(a.name === shownFirst))

export function conversationFile(file: string): string {
  return fileURLToPath(new URL(`./media/${file}`, import.meta.url))
}
