/** Rows of engagements, and of the people in them, written as lists: a statement for all of a kind. */
import type { Changes, Version } from './batch-changes.ts'
import { foundAs, isLong, sortedAs } from './long-texts.ts'
import { unknownDuration, unknownStart } from './schema.ts'
import { byMonths } from './start-months.ts'
import type { Run } from './transactions.ts'
import type { WriteStatements } from './write-statements.ts'

export async function removeVersions(
  run: Run,
  statements: WriteStatements,
  tenant: number,
  versions: readonly Version[],
): Promise<void> {
  if (versions.length === 0) return
  await byMonths(
    versions.map((version) => ({ start: startOf(version), key: version.key })),
    async (of) => {
      await Promise.all([
        run(statements.removeParticipants, { tenant, ...of }),
        run(statements.removeEngagements, { tenant, ...of }),
      ])
      return []
    },
  )
}

export async function addVersions(
  run: Run,
  statements: WriteStatements,
  tenant: number,
  versions: readonly Version[],
  people: ReadonlyMap<string, number>,
): Promise<void> {
  const parts = versions.flatMap((version) =>
    [...version.people].map((email) => ({ version, person: people.get(email) })),
  )
  const engagements = sortableLists(versions)
  const long = versions.filter(({ columns }) => isLong(columns.id))
  await Promise.all([
    run(statements.addEngagements, { tenant, ...engagements, docs: versions.map(({ doc }) => doc) }),
    run(statements.putPlaces, {
      tenant,
      ...engagements,
      ids: versions.map(({ columns }) => foundAs(columns.id.toWellFormed())),
    }),
    ...(long.length === 0
      ? []
      : [
          run(statements.addLongIds, {
            tenant,
            keys: long.map(({ key }) => key),
            ids: long.map(({ columns }) => columns.id),
          }),
        ]),
    run(statements.addParticipants, {
      tenant,
      ...sortableLists(parts.map(({ version }) => version)),
      persons: parts.map(({ person }) => person),
    }),
  ])
}

function sortableLists(versions: readonly Version[]) {
  return {
    starts: versions.map(startOf),
    keys: versions.map(({ key }) => key),
    ids: versions.map(({ columns }) => sortedAs(columns.id)),
    statuses: versions.map(({ columns }) => columns.status),
    ends: versions.map(({ columns }) => columns.end),
    durations: versions.map(({ columns }) => columns.duration ?? unknownDuration),
  }
}

function startOf({ columns }: Version): number {
  return columns.start ?? unknownStart
}

/** Nobody's email is kept for suggestions alone: who is in no engagement any more goes. */
export async function removeUnneeded(
  run: Run,
  statements: WriteStatements,
  tenant: number,
  gone: readonly Version[],
  keys: ReadonlyMap<string, number>,
  staying: ReadonlySet<string>,
): Promise<void> {
  const left = new Set(gone.flatMap((one) => [...one.people]).filter((email) => !staying.has(email)))
  if (left.size === 0) return
  const persons = [...left].flatMap((email) => keys.get(email) ?? [])
  await run(statements.removeUnneededPeople, { tenant, persons })
}

/** What is kept beside the rows. */
export async function changeCounts(
  run: Run,
  statements: WriteStatements,
  tenant: number,
  changes: Pick<Changes, 'starts' | 'durations'>,
): Promise<void> {
  const [starts, durations] = [changes.starts.list(), changes.durations.list()]
  await Promise.all([
    ...(starts.length === 0
      ? []
      : [
          run(statements.changeStarts, {
            tenant,
            statuses: starts.map(({ status }) => status),
            units: starts.map(({ unit }) => unit),
            ats: starts.map(({ at }) => at),
            counts: starts.map(({ engagements }) => engagements),
            ended: starts.map(({ ended }) => ended),
            shortest: starts.map(({ shortest }) => shortest),
            longest: starts.map(({ longest }) => longest),
          }),
        ]),
    ...(durations.length === 0
      ? []
      : [
          run(statements.changeDurations, {
            tenant,
            statuses: durations.map(({ status }) => status),
            seconds: durations.map(({ seconds }) => seconds),
            counts: durations.map(({ engagements }) => engagements),
          }),
        ]),
  ])
}
