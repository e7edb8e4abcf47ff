/** An engagement as the cells of a row. */
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import type { ExportColumn } from '../../contract/model/export-columns.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import { withoutFormula } from './formula-text.ts'

/** null: not known. */
export type Cell = string | number | boolean | null

type Values = Readonly<
  Record<ExportColumn, (engagement: EngagementV1, time: (at: EpochMs) => string) => Cell | undefined>
>

const customer = 'CREATOR'
const associate = 'MEMBER'
const between = '; '

const values: Values = {
  startDate: ({ startDate }, time) => startDate && time(Date.parse(startDate)),
  endDate: ({ endDate }, time) => endDate && time(Date.parse(endDate)),
  id: ({ id }) => id,
  duration: ({ duration }) => duration,
  contents: ({ contents }) => contents,
  customers: (engagement) => people(engagement, (association) => association === customer),
  associates: (engagement) => people(engagement, (association) => association === associate),
  otherUsers: (engagement) =>
    people(engagement, (association) => association !== customer && association !== associate),
  recordings: ({ recordings = [] }) => recordings.length,
  recordingUris: ({ recordings = [] }) => recordings.flatMap(({ uri }) => uri ?? []).join(between),
  releaseState: ({ releaseState }) => releaseState,
  status: ({ status }) => status,
  pendingTime: ({ pendingTime }) => pendingTime,
  assignedTeam: ({ assignedTeam }) => assignedTeam,
  associateInitiated: ({ associateInitiated }) => associateInitiated,
  reason: ({ reason }) => reason,
  context: ({ context }) => context,
}

function people({ users = [] }: EngagementV1, is: (association: string | undefined) => boolean): string {
  return users.flatMap(({ uri, association }) => (is(association) ? (uri ?? []) : [])).join(between)
}

/** @param document ready JSON text @param time how moments are written */
export function rowCells(
  document: string,
  columns: readonly ExportColumn[],
  time: (at: EpochMs) => string,
): Cell[] {
  const engagement: EngagementV1 = JSON.parse(document)
  return columns.map((column) => {
    const value = values[column](engagement, time)
    if (value === undefined || value === '') return null
    return typeof value === 'string' ? withoutFormula(value) : value
  })
}
