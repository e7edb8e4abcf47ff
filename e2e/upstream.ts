/** Hindsight in front of an upstream, each a process of its own: another Hindsight, or the fake that the server's tests use. */
import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EngagementV1 } from '../src/contract/model/engagement.ts'
import { type Door, end, launch, untilPrinted } from './server.ts'
import { test as base, closePages } from './test.ts'

const fake = fileURLToPath(
  new URL('../src/server/test-support/upstream/fake-upstream-process.ts', import.meta.url),
)

export interface Upstream {
  /** Has it do something, as its own file lists it. */
  tell(order: { readonly kind: string; readonly [detail: string]: unknown }): Promise<void>
}

interface BehindAndInFront {
  readonly upstream: Upstream & { readonly env: Readonly<Record<string, string>>; readonly door: Door }
  /** Hindsight in front of the fake. */
  readonly front: Door
  /** Hindsight in front of another with the demo tenant. */
  readonly demoFront: Door
}

export const test = base.extend<BehindAndInFront>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's names
  upstream: async ({}, use) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', fake], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const { client, ...door } = JSON.parse(await untilPrinted(child, /\n/))
    await use({
      door,
      env: {
        UPSTREAM_URL: door.origin,
        UPSTREAM_CLIENTS: JSON.stringify({
          [door.tenant]: { clientId: client.id, clientSecret: client.secret },
        }),
      },
      tell: async (order) => {
        const done = untilPrinted(child, /done\n/)
        child.stdin.write(`${JSON.stringify(order)}\n`)
        await done
      },
    })
    const ended = new Promise((resolve) => child.once('close', resolve))
    child.stdin.end()
    await ended
  },
  front: async ({ upstream, context }, use) => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'hindsight-e2e-'))
    const running = await launch(
      dataDir,
      '0',
      { ...upstream.env, LOG_LEVEL: 'silent' },
      'serve',
      /ready: \S+\n/,
    )
    await use({ ...upstream.door, origin: running.origin })
    await closePages(context)
    await end(running)
    await rm(dataDir, { recursive: true })
  },
  demoFront: async ({ context }, use) => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'hindsight-e2e-'))
    const filled = process.env.E2E_FILLED_DATA
    if (filled !== undefined) await cp(filled, path.join(dataDir, 'upstream'), { recursive: true })
    const running = await launch(dataDir, '0', {}, 'demo-upstream')
    await use(running)
    await closePages(context)
    await end(running)
    await rm(dataDir, { recursive: true })
  },
})

/** The newest comes first, and has a recording of two and a half hours; all are successful but each fifth. */
export function manyRows(count: number): EngagementV1[] {
  const newestMs = Date.UTC(2026, 10, 22, 14, 16, 40)
  const at = (ms: number) => new Date(ms).toISOString().replace('.000', '')
  return Array.from({ length: count }, (_, index) => {
    const startMs = newestMs - index * 3_600_000
    return {
      id: `call ${index + 1}`,
      startDate: at(startMs),
      endDate: at(startMs + 60_000),
      duration: 60,
      contents: 'AUDIO',
      associateInitiated: false,
      status: index % 5 === 4 ? 'unsuccessful' : 'successful',
      users: [
        { uri: `customer${index}@x.example`, association: 'CREATOR' },
        { uri: 'ana@x.example', association: 'MEMBER' },
      ],
      ...(index === 0 && {
        recordings: [{ uri: '/media/long.wav', created: at(startMs), duration: 9000, size: 72_000_044 }],
      }),
    }
  })
}
