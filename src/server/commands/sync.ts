/** `hindsight sync`: takes a tenant's history home from an upstream, once or again and again. */
import { setTimeout } from 'node:timers/promises'
import type { Pair } from '../auth/access.ts'
import type { HeldMedia } from '../media/held-media.ts'
import { MediaFailure } from '../media/media-failure.ts'
import { openMedia } from '../media/open-media.ts'
import { removeLeftFiles } from '../media/remove-left-files.ts'
import { SourceFailure } from '../source/source-failure.ts'
import type { UpstreamSettings } from '../source/upstream/open-upstream.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { removeStaleHalves } from '../sync/half-files.ts'
import { oneAtATime } from '../sync/one-at-a-time.ts'
import { SignInRefused } from '../sync/person.ts'
import { createProblems, type Problems } from '../sync/problems.ts'
import { createSyncProgress, type SyncProgress } from '../sync/progress.ts'
import { type RoundCounts, type RoundPart, syncStatus } from '../sync/sync-status.ts'
import { createTakeRecordings } from '../sync/take-upstream-recordings.ts'
import { openUpstreamHistory, type UpstreamHistory } from '../sync/upstream-history.ts'
import { type Command, type CommandContext, UsageError } from './command.ts'
import { readLines } from './read-lines.ts'
import { readSyncOptions, type SyncOptions } from './sync-options.ts'

/** What was missing may be there later, and most of it never is. */
const gapsAgainMs = 24 * 3_600_000
/** What has not grown for as long is asked for from its beginning, if it is asked for at all. */
const halvesKeptMs = 7 * 24 * 3_600_000

export const syncCommand: Command = async (args, context) => {
  const options = readSyncOptions(args)
  const { config, stderr } = context
  const { upstream: settings, dataDir, database } = config
  if (settings === undefined)
    throw new UsageError('sync needs UPSTREAM_URL: the host to take the history from')
  const person = await readPerson(context)
  const release = await oneAtATime(dataDir)
  if (release === undefined) {
    stderr.write(`Another sync is at work in ${dataDir}\n`)
    return 1
  }
  try {
    const store = await openStore({ dataDir, database, use: 'writes' })
    const media = await openMedia(config)
    try {
      return await alone(options, { ...context, settings, store, media }, person)
    } finally {
      await media.close()
      await store.close()
    }
  } finally {
    release()
  }
}

/** @returns the exit code */
async function alone(
  options: SyncOptions,
  surroundings: Pick<Surroundings, 'settings' | 'store' | 'media'> & CommandContext,
  person: Pair,
): Promise<number> {
  const { settings, store, stderr, signal } = surroundings
  const release = await store.lockSync()
  if (release === undefined) {
    stderr.write('Another sync is at work in this database\n')
    return 1
  }
  const progress = createSyncProgress(options.tenant, stderr)
  const { tenant, rate } = options
  const { waiting } = progress
  const history = openUpstreamHistory({ settings, tenant, person, rate, signal, waiting })
  try {
    return await repeat(options, { ...surroundings, history, progress })
  } finally {
    progress.done()
    await history.close()
    release()
  }
}

interface Surroundings extends CommandContext {
  readonly settings: UpstreamSettings
  readonly store: Store
  readonly media: HeldMedia
  readonly history: UpstreamHistory
  readonly progress: SyncProgress
}

type Outcome =
  | { readonly kind: 'whole' | 'partial' | 'interrupted' }
  | { readonly kind: 'failed'; readonly why: string; readonly again: 'later' | 'never' }

/** @returns the exit code of the last round that was not interrupted */
async function repeat(options: SyncOptions, surroundings: Surroundings): Promise<number> {
  const { signal } = surroundings
  let code = 1
  let gapsMs = Number.NEGATIVE_INFINITY
  for (;;) {
    const begunMs = Date.now()
    const gaps = begunMs - gapsMs >= gapsAgainMs ? 'again' : 'later'
    if (gaps === 'again') gapsMs = begunMs
    const outcome = await round(options, gaps, surroundings)
    if (outcome.kind !== 'interrupted') code = outcome.kind === 'whole' ? 0 : 1
    const never = outcome.kind === 'failed' && outcome.again === 'never'
    if (options.everyMs === undefined || never || signal.aborted) return code
    const pauseMs = Math.max(0, begunMs + options.everyMs - Date.now())
    await setTimeout(pauseMs, undefined, { signal }).catch(() => {})
    if (signal.aborted) return code
  }
}

async function round(
  options: SyncOptions,
  gaps: RoundPart['gaps'],
  { config, settings, store, media, history, progress, stdout, stderr, signal }: Surroundings,
): Promise<Outcome> {
  const { tenant, fromMs, toMs, recordings: wanted } = options
  const problems = createProblems()
  const counts: RoundCounts = { added: 0, changed: 0, unchanged: 0, recordings: 0 }
  const { writer, syncState: state, findRecording } = store
  const take = createTakeRecordings({
    tenant,
    dataDir: config.dataDir,
    media,
    history,
    wanted,
    findRecording,
    signal,
    received: progress.bytes,
  })
  const all = {
    history,
    writer,
    state,
    take,
    media,
    findRecording,
    problems,
    counts,
    progress,
    signal,
    now: Date.now,
  }
  const walks = toMs === undefined ? 'kept' : 'once'
  const scope = scopeOf(settings, options)
  const keys = (['successful', 'unsuccessful'] as const).map((status) => ({ tenant, scope, status }))
  await removeStaleHalves(config.dataDir, Date.now() - halvesKeptMs)
  progress.begin()
  const outcome = await outcomeOf(signal, async () => {
    for (const key of keys) await syncStatus({ key, span: { fromMs, toMs }, walks, gaps }, all)
    const left = await Promise.all(keys.map((key) => state.gaps(key)))
    return problems.count === 0 && left.flat().length === 0 ? 'whole' : 'partial'
  })
  await removeLeftFiles(writer, media, (error) => {
    stderr.write(`A replaced recording is still there: ${error}\n`)
  })
  progress.done()
  stdout.write(report(options, counts, problems, outcome))
  return outcome
}

async function outcomeOf(signal: AbortSignal, act: () => Promise<'whole' | 'partial'>): Promise<Outcome> {
  try {
    return { kind: await act() }
  } catch (error) {
    if (signal.aborted) return { kind: 'interrupted' }
    if (error instanceof SignInRefused) return { kind: 'failed', why: error.message, again: 'never' }
    if (error instanceof SourceFailure || error instanceof MediaFailure)
      return { kind: 'failed', why: error.message, again: 'later' }
    throw error
  }
}

function report(
  { tenant, recordings: wanted }: SyncOptions,
  { added, changed, unchanged, recordings }: RoundCounts,
  problems: Problems,
  outcome: Outcome,
): string {
  const begins = { whole: '', partial: '', interrupted: 'interrupted after ', failed: 'stopped after ' }
  const told = [
    `${begins[outcome.kind]}${added} new`,
    `${changed} changed`,
    `${unchanged} unchanged`,
    ...(wanted ? [`${recordings} recordings taken`] : []),
    `${problems.count} missing`,
  ]
  const why = outcome.kind === 'failed' ? [outcome.why] : []
  return `${[`${tenant}: ${told.join(', ')}`, ...[...problems.lines(), ...why].map((line) => `  ${line}`)].join('\n')}\n`
}

/** What a state is kept for: another host, span or wish is another walk. */
function scopeOf({ url }: UpstreamSettings, { fromMs, toMs, recordings }: SyncOptions): string {
  const bound = (atMs: number | undefined) => (atMs === undefined ? '' : new Date(atMs).toISOString())
  return `${url.origin} ${bound(fromMs)}..${bound(toMs)}${recordings ? ' with recordings' : ''}`
}

/** Email and password: from the environment, or a line each on standard input, in this order. */
async function readPerson({ config, stdin, stderr }: CommandContext): Promise<Pair> {
  const { email, password } = config.upstreamPerson
  const named = [
    { name: 'The email of a user of the upstream', given: email },
    { name: 'Their password', given: password },
  ]
  const asked = named.filter(({ given }) => given === undefined).map(({ name }) => name)
  const lines = [...(await readLines({ stdin, stderr }, asked))]
  const [name = '', secret = ''] = named.map(({ given }) => given ?? lines.shift())
  return { name, secret }
}
