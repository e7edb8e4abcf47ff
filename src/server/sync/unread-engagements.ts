/** Rows of an upstream's page that cannot be kept, told by what people know them by: their id. */
import { type EngagementV1, engagementV1 } from '../../contract/model/engagement.ts'
import type { FieldError, UnreadRow } from '../../contract/model/unread-row.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import { readEngagement } from '../../contract/representation/json.ts'
import { idFault } from '../import/read-row.ts'
import { secondOf } from './walk-starts.ts'

export interface UnreadEngagement {
  /** undefined: it has none that can be read. */
  readonly id: string | undefined
  /** The second in which it starts, where that can be read. */
  readonly startMs: EpochMs | undefined
  readonly errors: readonly FieldError[]
}

interface ReadPage {
  readonly engagements: readonly EngagementV1[]
  readonly unread: readonly UnreadRow[]
}

/** @param body the page as it came @param page what was read of it */
export function unreadEngagements(body: unknown, page: ReadPage): readonly UnreadEngagement[] {
  return [...unidentified(page.engagements), ...(page.unread.length === 0 ? [] : unread(body, page.unread))]
}

function unread(body: unknown, told: readonly UnreadRow[]): readonly UnreadEngagement[] {
  const ours = [fieldOf(body, 'engagements') ?? []].flat().flatMap((raw) => {
    const reading = readEngagement(raw)
    if (reading.ok) return []
    const start = engagementV1.shape.startDate.safeParse(fieldOf(raw, 'startDate'))
    const id = fieldOf(raw, 'id')
    return [
      {
        id: typeof id === 'string' || typeof id === 'number' ? String(id) : undefined,
        startMs: start.success ? secondOf(start.data) : undefined,
        errors: reading.errors,
      },
    ]
  })
  // Those before ours are the upstream's own: it could not read them itself, and has left them out.
  const theirs = told.slice(0, told.length - ours.length)
  return [...theirs.map(({ errors }) => ({ id: undefined, startMs: undefined, errors })), ...ours]
}

function unidentified(engagements: readonly EngagementV1[]): readonly UnreadEngagement[] {
  return engagements.flatMap(({ id, startDate }) => {
    const message = idFault(id)
    if (message === undefined) return []
    const value = id === undefined ? 'nothing' : JSON.stringify(id.slice(0, 80))
    return [{ id: undefined, startMs: secondOf(startDate), errors: [{ field: 'id', value, message }] }]
  })
}

/** Of a field, whatever the letter case of its name. */
function fieldOf(given: unknown, field: string): unknown {
  if (typeof given !== 'object' || given === null) return undefined
  const name = Object.keys(given).find((one) => one.toLowerCase() === field.toLowerCase())
  return name === undefined ? undefined : Reflect.get(given, name)
}
