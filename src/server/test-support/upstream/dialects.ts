/** Ways in which an upstream may write what the reference leaves open: each makes another row of a plain one. */
import type { EngagementV1 } from '../../../contract/model/engagement.ts'

export type Dialect = (row: EngagementV1) => unknown

const dateFields = new Set(['startDate', 'endDate', 'created'])
const amountFields = new Set(['duration', 'pendingTime', 'size'])
const wordFields = new Set(['status', 'releaseState', 'contents', 'association'])

/** Every value of a row and of what is in it, with the name it stands under. */
function rewritten(value: unknown, change: (value: unknown, name: string) => unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => rewritten(one, change, name))
  if (typeof value !== 'object' || value === null) return change(value, name)
  return Object.fromEntries(
    Object.entries(value).map(([field, one]) => [field, rewritten(one, change, field)]),
  )
}

const dates =
  (write: (atMs: number) => unknown): Dialect =>
  (row) =>
    rewritten(row, (value, name) => (dateFields.has(name) ? write(Date.parse(String(value))) : value))

const renamed = (value: unknown, rename: (name: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((one) => renamed(one, rename))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [rename(name), renamed(one, rename)]))
}

export const dialects = {
  plain: (row) => row,
  epochSeconds: dates((atMs) => atMs / 1000),
  epochMilliseconds: dates((atMs) => atMs),
  secondsAsText: dates((atMs) => String(atMs / 1000)),
  millisecondsAsText: dates(String),
  withoutZone: dates((atMs) => new Date(atMs).toISOString().slice(0, 19)),
  numbersAsText: (row) =>
    rewritten(row, (value, name) =>
      amountFields.has(name) || typeof value === 'boolean' ? String(value) : value,
    ),
  shoutedWords: (row) =>
    rewritten(row, (value, name) => (wordFields.has(name) ? String(value).toUpperCase() : value)),
  quietWords: (row) =>
    rewritten(row, (value, name) => (wordFields.has(name) ? String(value).toLowerCase() : value)),
  capitalNames: (row) => renamed(row, (name) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`),
  nullsForAbsent: (row) => ({
    reason: null,
    recordings: null,
    assignedTeam: null,
    pendingTime: null,
    ...row,
  }),
} as const satisfies Readonly<Record<string, Dialect>>
