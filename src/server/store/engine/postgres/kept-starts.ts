/**
 * What is kept of the starts of a tenant's engagements, read once for each state of them. An earlier version of ours that writes
 * beside this one leaves it behind the rows; then there is nothing until it is counted anew.
 */
import type { Kysely } from 'kysely'
import type { StatusCode } from '../../schema.ts'
import { type DayLengths, firstFrom } from '../../start-pieces.ts'
import { slot, template } from '../../statement.ts'
import { createKeptLater } from './kept-later.ts'
import type { PostgresTables } from './schema.ts'
import { unitCodes } from './start-counts.ts'
import type { NameStatement } from './statement-names.ts'
import type { Run } from './transactions.ts'

const mostKept = 12

export interface KeptDays {
  /** Days that have any, in their order. */
  readonly lengths: readonly DayLengths[]
  /** How many that have an end began before a day. */
  endedBefore(day: number): number
  /** Some have an end and no start. */
  readonly endsAlone: boolean
}

export type KeptStarts = Readonly<Record<StatusCode, KeptDays>>

/** @returns nothing where it is not of the present rows */
export type ReadKeptStarts = (run: Run, tenant: number) => Promise<KeptStarts | undefined>

/** Whether what is kept of a tenant's starts and durations is of the rows that are seen. */
export type IsCounted = (run: Run, tenant: number) => Promise<boolean>

interface DayRow {
  readonly status: StatusCode
  readonly unit: number
  readonly day: number
  readonly ended: number
  readonly shortestMs: number | null
  readonly longestMs: number | null
}

/** @param behind told of a tenant whose rows have to be counted anew */
export function createKeptStarts(
  db: Kysely<PostgresTables>,
  named: NameStatement,
  behind: (tenant: number) => void,
): { readonly read: ReadKeptStarts; readonly isCounted: IsCounted } {
  const kept = createKeptLater<KeptStarts>(mostKept)
  const versions = named('counted version', () =>
    template(
      db
        .selectFrom('tenant')
        .select(['version', 'counted_version'])
        .where('key', '=', slot<number>('tenant')),
    ),
  )
  const days = named('kept days', () =>
    template(
      db
        .selectFrom('start_count')
        .select(['status', 'unit', 'at', 'ended', 'shortest_ms', 'longest_ms'])
        .where('tenant', '=', slot<number>('tenant'))
        .where('unit', 'in', [unitCodes.day, unitCodes.none])
        .where('engagements', '>', 0)
        .orderBy('at'),
    ),
  )

  const countedVersion = async (run: Run, tenant: number): Promise<number | undefined> => {
    const [row] = await run(versions, { tenant })
    const [version, counted] = row ?? []
    if (counted === version) return Number(version)
    behind(tenant)
    return undefined
  }

  return {
    async read(run, tenant) {
      const version = await countedVersion(run, tenant)
      if (version === undefined) return undefined
      return kept.of(`${tenant}`, version, async () => keptOf((await run(days, { tenant })).map(dayRow)))
    },
    isCounted: async (run, tenant) => (await countedVersion(run, tenant)) !== undefined,
  }
}

function dayRow([status, unit, day, ended, shortest, longest]: readonly unknown[]): DayRow {
  return {
    status: status as StatusCode,
    unit: Number(unit),
    day: Number(day),
    ended: Number(ended),
    shortestMs: shortest === null ? null : Number(shortest),
    longestMs: longest === null ? null : Number(longest),
  }
}

function keptOf(rows: readonly DayRow[]): KeptStarts {
  const of = (status: StatusCode): KeptDays => {
    const own = rows.filter((row) => row.status === status)
    const lengths = own.filter(({ unit }) => unit === unitCodes.day)
    const passed = [0]
    for (const { ended } of lengths) passed.push((passed.at(-1) ?? 0) + ended)
    return {
      lengths,
      endedBefore: (day) => passed[firstFrom(lengths, day)] ?? 0,
      endsAlone: own.some(({ unit, ended }) => unit === unitCodes.none && ended > 0),
    }
  }
  return { 0: of(0), 1: of(1), 2: of(2) }
}
