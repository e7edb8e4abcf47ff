/** The words of `hindsight sync`. */
import { parseArgs } from 'node:util'
import { type EpochMs, instantShape, parseInstant } from '../../contract/query/instant.ts'
import { UsageError } from './command.ts'
import { requireTenantKey } from './options.ts'

export interface SyncOptions {
  readonly tenant: string
  /** Starts, both included; a whole second. */
  readonly fromMs: EpochMs | undefined
  readonly toMs: EpochMs | undefined
  readonly recordings: boolean
  /** Between the beginnings of two rounds; undefined: one round. */
  readonly everyMs: number | undefined
  /** Questions a second. */
  readonly rate: number
}

const usualRate = 5
const highestRate = 1000
const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const longestPauseMs = 30 * 86_400_000

/** @throws UsageError */
export function readSyncOptions(args: readonly string[]): SyncOptions {
  const { tenant, from, to, recordings = false, every, rate } = parseWords(args)
  const fromMs = from === undefined ? undefined : Math.floor(readDate('--from', from, 'after') / 1000) * 1000
  const toMs = to === undefined ? undefined : readDate('--to', to, 'before')
  if (fromMs !== undefined && toMs !== undefined && fromMs > toMs)
    throw new UsageError(`--from ${from} is after --to ${to}`)
  const options = { tenant: requireTenantKey(tenant), fromMs, toMs, recordings }
  return { ...options, everyMs: every === undefined ? undefined : readPause(every), rate: readRate(rate) }
}

function parseWords(args: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        tenant: text,
        from: text,
        to: text,
        recordings: { type: 'boolean' },
        every: text,
        rate: text,
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function readDate(option: string, given: string, bound: 'after' | 'before'): EpochMs {
  const at = parseInstant(given, bound)
  if (typeof at === 'number') return at
  throw new UsageError(`${option} ${given}: ${at.wrong}; expected ${instantShape}`)
}

function readPause(given: string): number {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(given) ?? []
  const pauseMs = Number(count) * (unitMs[unit] ?? 0)
  if (pauseMs > 0 && pauseMs <= longestPauseMs) return pauseMs
  throw new UsageError(`--every ${given}: expected a time of at most 30 days, such as 30s, 15m, 2h or 1d`)
}

function readRate(given: string | undefined): number {
  if (given === undefined) return usualRate
  const rate = /^\d+(\.\d+)?$/.test(given) ? Number(given) : 0
  if (rate > 0 && rate <= highestRate) return rate
  throw new UsageError(
    `--rate ${given}: expected questions a second, more than 0 and at most ${highestRate}, such as 2 or 0.5`,
  )
}
