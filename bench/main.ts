/**
 * `npm run bench`: figures as ratios against a baseline measured in the same run, printed as a table. Exits with 1 when one
 * that is asked for is not reached. `BENCH_ROWS` makes a smaller history for trying things out; the figures that count are
 * those of 1,000,000.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { countQuery, engagementQuery } from '../src/contract/query/engagement-query.ts'
import { histogramQuery } from '../src/contract/query/histogram-query.ts'
import { pathOf, routes } from '../src/contract/routes.ts'
import { createAccessTokens, tokenSeconds } from '../src/server/auth/access-tokens.ts'
import { createSealedAccess } from '../src/server/auth/sealed-access.ts'
import { benchTenant, importHistory, insertBare, writeHistory } from './dataset.ts'
import { measureExport } from './export.ts'
import type { LeanRequest } from './lean-server.ts'
import { median, medianMs, requestsPerSecond, usualConnections } from './load.ts'
import { hindsight, startProcess } from './process.ts'
import { type Figure, printReport, reached } from './report.ts'
import { leanRequests, requestQueries, wholeQueries } from './requests.ts'
import { measureWorkers } from './workers.ts'

const rows = Number(process.env.BENCH_ROWS ?? 1_000_000)
const fewRows = 10_000
const secret = 'the secret of the benchmark, 32 characters and more'
const rounds = 5
const roundSeconds = 3

const say = (text: string) => process.stderr.write(`${text}\n`)
const folder = await mkdtemp(path.join(tmpdir(), 'hindsight-bench-'))
const figures: Figure[] = []

try {
  const history = path.join(folder, 'history.ndjson')
  const short = path.join(folder, 'short.ndjson')
  const many = path.join(folder, 'many')
  const few = path.join(folder, 'few')
  say(`writing a history of ${rows} engagements …`)
  await writeHistory(history, rows)
  await writeHistory(short, fewRows)
  say('inserting it bare, then importing it …')
  const bareRate = await insertBare(history, path.join(folder, 'bare'))
  await rm(path.join(folder, 'bare'), { recursive: true })
  const importRate = await importHistory(history, many, rows)
  await importHistory(short, few, fewRows)
  figures.push({
    name: 'import / bare insert of the same rows in one transaction, rows/s',
    measured: importRate / bareRate,
    bound: { kind: 'at least', value: 0.3 },
    remark: `${Math.round(importRate)} / ${Math.round(bareRate)} rows/s`,
  })

  const tokens = createAccessTokens(secret, { has: () => false })
  const token = await tokens.issue({ tenant: benchTenant, subject: 'bench@x.example', role: 'supervisor' })
  const headers = { authorization: `Bearer ${token}` }
  // The same page again and again would be kept as it was sent: what is compared with the baseline is read each time.
  const anew = { ...headers, 'cache-control': 'no-cache' }
  const settings = { SESSION_SECRET: secret, PORT: '0', DEMO: 'off' }

  const lean = await leanRequests(many)
  const requestsFile = path.join(folder, 'requests.json')
  await writeFile(requestsFile, JSON.stringify(lean satisfies Record<string, LeanRequest>))
  const whole = await startProcess(hindsight('serve'), { ...settings, DATA_DIR: many })
  const baseline = await startProcess(['bench/lean-server.ts', many, requestsFile])
  const addressOf = (origin: string, query: (typeof requestQueries)[string]) =>
    origin + pathOf(routes.engagements, { tenant: benchTenant }, engagementQuery.write(query))

  for (const [name, query] of Object.entries(requestQueries)) {
    say(`measuring ${name} …`)
    const url = addressOf(whole.origin, query)
    await sameBytes(url, anew, `${baseline.origin}/lean/${name}`)
    const ratios: { toLean: number; toReady: number; rate: number }[] = []
    // The first round warms all three up and is not counted.
    for (let round = 0; round <= rounds; round++) {
      const rate = await requestsPerSecond(url, roundSeconds, anew)
      const leanRate = await requestsPerSecond(`${baseline.origin}/lean/${name}`, roundSeconds)
      const readyRate = await requestsPerSecond(`${baseline.origin}/ready/${name}`, roundSeconds)
      if (round > 0) ratios.push({ toLean: rate / leanRate, toReady: rate / readyRate, rate })
    }
    figures.push(
      {
        name: `${name} / lean baseline, requests/s`,
        measured: median(ratios.map(({ toLean }) => toLean)),
        bound: { kind: 'at least', value: name === 'limit=10' ? 0.7 : 0.8 },
        remark: `${Math.round(median(ratios.map(({ rate }) => rate)))} requests/s`,
      },
      {
        name: `${name} / ready body from memory, requests/s`,
        measured: median(ratios.map(({ toReady }) => toReady)),
      },
    )
  }

  say('measuring XML and unchanged pages …')
  const page = addressOf(whole.origin, requestQueries['limit=100'] ?? engagementQuery.defaults)
  const etag = (await fetch(page, { headers })).headers.get('etag') ?? ''
  const others: Record<'kept' | 'xml' | 'unchanged' | 'keptRate' | 'xmlRate' | 'unchangedRate', number>[] = []
  for (let round = 0; round <= rounds; round++) {
    const json = await requestsPerSecond(page, roundSeconds, anew)
    const kept = await requestsPerSecond(page, roundSeconds, headers)
    const xml = await requestsPerSecond(page, roundSeconds, { ...anew, accept: 'application/xml' })
    const same = await requestsPerSecond(
      page,
      roundSeconds,
      { ...headers, 'if-none-match': etag },
      { expected: 304 },
    )
    if (round > 0)
      others.push({
        kept: kept / json,
        xml: xml / json,
        unchanged: same / json,
        keptRate: kept,
        xmlRate: xml,
        unchangedRate: same,
      })
  }
  figures.push(
    {
      name: 'limit=100 kept from before / read anew, requests/s',
      measured: median(others.map(({ kept }) => kept)),
      remark: `${Math.round(median(others.map(({ keptRate }) => keptRate)))} requests/s`,
    },
    {
      name: 'limit=100 in XML / in JSON, requests/s',
      measured: median(others.map(({ xml }) => xml)),
      bound: { kind: 'at least', value: 0.25 },
      remark: `${Math.round(median(others.map(({ xmlRate }) => xmlRate)))} requests/s`,
    },
    {
      name: 'limit=100 unchanged (304) / sent, requests/s',
      measured: median(others.map(({ unchanged }) => unchanged)),
      bound: { kind: 'at least', value: 3 },
      remark: `${Math.round(median(others.map(({ unchangedRate }) => unchangedRate)))} requests/s`,
    },
  )

  say('measuring two servers over the same history …')
  const second = await startProcess(hindsight('serve'), { ...settings, DATA_DIR: many })
  const shared: { ratio: number; rate: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    const alone = await requestsPerSecond(page, roundSeconds, anew, { connections: 2 * usualConnections })
    const both = await Promise.all(
      [whole, second].map(({ origin }) =>
        requestsPerSecond(page.replace(whole.origin, origin), roundSeconds, anew),
      ),
    )
    const rate = both.reduce((sum, one) => sum + one, 0)
    if (round > 0) shared.push({ ratio: rate / alone, rate })
  }
  await second.stop()
  figures.push({
    name: 'limit=100 from two servers / from one, requests/s, asked on the same cores',
    measured: median(shared.map(({ ratio }) => ratio)),
    remark: `${Math.round(median(shared.map(({ rate }) => rate)))} requests/s`,
  })

  say('measuring one worker and two …')
  figures.push(
    ...(await measureWorkers({
      settings: { ...settings, DATA_DIR: many },
      asked: page.replace(whole.origin, ''),
      headers: anew,
      rounds,
      roundSeconds,
    })),
  )

  say('measuring the first page over many and few rows …')
  const small = await startProcess(hindsight('serve'), { ...settings, DATA_DIR: few })
  const firstPage = engagementQuery.defaults
  const ratios: number[] = []
  const times: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const overMany = await medianMs(addressOf(whole.origin, firstPage), 2000, anew)
    const overFew = await medianMs(addressOf(small.origin, firstPage), 2000, anew)
    if (round > 0) {
      ratios.push(overMany / overFew)
      times.push(overMany)
    }
  }
  figures.push({
    name: `first page, p50 over ${rows} rows / over ${fewRows} rows`,
    measured: median(ratios),
    bound: { kind: 'at most', value: 1.5 },
    remark: `${median(times).toFixed(3)} ms`,
  })

  say('measuring counts and histograms …')
  for (const [name, query] of Object.entries(wholeQueries)) {
    const count = whole.origin + pathOf(routes.count, { tenant: benchTenant }, countQuery.write(query))
    const histogram =
      whole.origin + pathOf(routes.histogram, { tenant: benchTenant }, histogramQuery.write(query))
    for (const [how, asked] of [
      ['', anew],
      [' kept from before', headers],
    ] as const) {
      const taken: Record<'count' | 'histogram' | 'countMs' | 'histogramMs', number>[] = []
      for (let round = 0; round <= rounds; round++) {
        const pageMs = await medianMs(addressOf(whole.origin, firstPage), 500, asked)
        const countMs = await medianMs(count, 500, asked)
        const histogramMs = await medianMs(histogram, 500, asked)
        if (round > 0)
          taken.push({ count: countMs / pageMs, histogram: histogramMs / pageMs, countMs, histogramMs })
      }
      for (const [kind, ms] of [
        ['count', 'countMs'],
        ['histogram', 'histogramMs'],
      ] as const)
        figures.push({
          name: `${kind} of ${name}${how} / first page${how}, p50`,
          measured: median(taken.map((one) => one[kind])),
          bound: { kind: 'at most', value: 2 },
          remark: `${median(taken.map((one) => one[ms])).toFixed(3)} ms`,
        })
    }
  }

  say('measuring a page through a server in front of another …')
  const front = await startProcess(hindsight('serve'), {
    ...settings,
    DATA_DIR: path.join(folder, 'front'),
    UPSTREAM_URL: whole.origin,
  })
  const sealed = await createSealedAccess(secret, new WeakSet()).tokens.issue({
    tenant: benchTenant,
    subject: 'bench@x.example',
    role: 'supervisor',
    upstream: { token, expiresMs: Date.now() + tokenSeconds * 1000 },
  })
  for (const name of ['limit=10', 'limit=100']) {
    const query = requestQueries[name] ?? engagementQuery.defaults
    const more: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const through = await medianMs(addressOf(front.origin, query), 2000, {
        authorization: `Bearer ${sealed}`,
      })
      const direct = await medianMs(addressOf(whole.origin, query), 2000, headers)
      if (round > 0) more.push(through - direct)
    }
    figures.push({
      name: `${name} through a server in front, p50 over the same asked directly, ms`,
      measured: median(more),
      ...(name === 'limit=10' && { bound: { kind: 'at most', value: 1 } }),
    })
  }
  await Promise.all([whole.stop(), baseline.stop(), small.stop(), front.stop()])

  say('exporting it …')
  const exporting = await startProcess(hindsight('serve'), { ...settings, DATA_DIR: many })
  const exported = await measureExport(exporting, headers, rows)
  await exporting.stop()
  figures.push(
    {
      name: 'export as CSV, thousand rows/s',
      measured: exported.rowsPerSecond / 1000,
      bound: { kind: 'at least', value: 40 },
      remark: `${rows} rows`,
    },
    {
      name: 'export as CSV, resident megabytes',
      measured: exported.peakResidentMb,
      bound: { kind: 'at most', value: 150 },
    },
  )
} finally {
  await rm(folder, { recursive: true })
}

printReport(figures, (text) => process.stdout.write(text))
if (!figures.every(reached)) process.exitCode = 1

/** A ratio means something only when both sides answer the same. */
async function sameBytes(
  url: string,
  headers: Readonly<Record<string, string>>,
  leanUrl: string,
): Promise<void> {
  const [ours, leans] = await Promise.all([
    fetch(url, { headers }).then((response) => response.text()),
    fetch(leanUrl).then((response) => response.text()),
  ])
  if (ours !== leans) throw new Error(`${url} and the baseline answer differently`)
}
