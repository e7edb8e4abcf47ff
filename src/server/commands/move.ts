/** `hindsight move --from sqlite --to postgres`, or the other way: all tenants, with everything that is kept of them. */
import type { Config } from '../config.ts'
import type { ProgressOutput } from '../import/progress-line.ts'
import { type HistorySource, type HistoryTarget, MoveRefusal } from '../store/history/history.ts'
import { MoveDifference, type MovedTenant, moveHistory } from '../store/history/move-history.ts'
import { type Command, UsageError } from './command.ts'
import { createMoveProgress } from './move-progress.ts'
import { readOptions } from './options.ts'

interface Engine {
  openSource(): Promise<HistorySource>
  openTarget(): Promise<HistoryTarget>
}

export const moveCommand: Command = async (args, { config, stdout, stderr, signal }) => {
  const { from, to } = chosenEngines(args, config)
  try {
    const moved = await moveBetween(from, to, stderr, signal)
    for (const tenant of moved) stdout.write(`${told(tenant)}\n`)
    stdout.write(
      'All of it was read again on both sides and is the same. Recordings stay where they are. ' +
        'The database it was read from is as it was: what is written there from now on is not moved.\n',
    )
    return 0
  } catch (error) {
    if (error instanceof MoveRefusal) stderr.write(`${error.message}\n`)
    else if (error instanceof MoveDifference)
      stderr.write(`The moved history is not the same, and is not served:\n${error.message}\n`)
    else if (signal.aborted && error === signal.reason)
      stderr.write('Interrupted: what was moved is a part and is not served; the next move begins anew\n')
    else throw error
    return 1
  }
}

async function moveBetween(
  from: Engine,
  to: Engine,
  output: ProgressOutput,
  signal: AbortSignal,
): Promise<readonly MovedTenant[]> {
  const source = await from.openSource()
  try {
    const target = await to.openTarget()
    const { done, ...progress } = createMoveProgress(output, 'moving')
    try {
      return await moveHistory(source.reader, target, { progress, signal })
    } finally {
      done()
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** @throws UsageError */
function chosenEngines(args: readonly string[], { dataDir, database }: Config): { from: Engine; to: Engine } {
  const options = readOptions(args, ['from', 'to'])
  const engines: Readonly<Record<string, Engine>> = {
    sqlite: {
      openSource: async () => (await import('../store/engine/sqlite/history.ts')).openSqliteSource(dataDir),
      openTarget: async () => (await import('../store/engine/sqlite/history.ts')).openSqliteTarget(dataDir),
    },
    ...(database !== undefined && {
      postgres: {
        openSource: async () =>
          (await import('../store/engine/postgres/history.ts')).openPostgresSource(database),
        openTarget: async () =>
          (await import('../store/engine/postgres/history.ts')).openPostgresTarget(database),
      },
    }),
  }
  const engine = (option: 'from' | 'to') => {
    const name = options[option]
    if (name !== 'sqlite' && name !== 'postgres') throw new UsageError(`--${option} needs sqlite or postgres`)
    const found = engines[name]
    if (found === undefined) throw new UsageError('DATABASE_URL is not set: it says where the PostgreSQL is')
    return found
  }
  const chosen = { from: engine('from'), to: engine('to') }
  if (options.from === options.to)
    throw new UsageError(`--from and --to are both ${options.from}: a move is from one to the other`)
  return chosen
}

function told({ name, sums, sha256, shift }: MovedTenant): string {
  const counts = [...sums].flatMap(([kind, { records }]) => {
    const words = names[kind]
    return words === undefined || records === 0 ? [] : [`${records} ${records === 1 ? words[0] : words[1]}`]
  })
  const note =
    shift === 0
      ? ''
      : '\n  Other tenants have the keys of its engagements: links to a random draw draw others here'
  return `${name}: ${counts.join(', ') || 'nothing'}, sha256 ${sha256}, same on both sides${note}`
}

const names: Readonly<Record<string, readonly [string, string]>> = {
  engagement: ['engagement', 'engagements'],
  recording: ['recording', 'recordings'],
  saved_view: ['view', 'views'],
  account: ['account', 'accounts'],
  client: ['client', 'clients'],
  audit: ['audit record', 'audit records'],
}
