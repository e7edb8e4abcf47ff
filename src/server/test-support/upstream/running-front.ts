/** The real app in front of an upstream, for tests: on 127.0.0.1 and a free port, with nothing of its own. */
import pino from 'pino'
import { createApp } from '../../app.ts'
import { createSignInLimits } from '../../auth/sign-in-limits.ts'
import { createSignInAttempts } from '../../http/sign-in-attempts.ts'
import type { AddressRule } from '../../source/upstream/guarded-agent.ts'
import { openUpstream } from '../../source/upstream/open-upstream.ts'
import { type UpstreamLimits, upstreamLimits } from '../../source/upstream/upstream-limits.ts'
import { keptLog, watchAll } from '../watched-app.ts'
import { fakeClient } from './fake-upstream.ts'

export interface Person {
  readonly tenant: string
  readonly email: string
  readonly password: string
}

export interface RunningFront {
  readonly origin: string
  readonly log: { readonly text: string }
  /** Moves the clock that tokens and sessions go by. */
  readonly clock: { offsetMs: number }
  /** POST /session as the page does. */
  signIn(person: Person): Promise<Response>
  /** The header of a session that has just begun. */
  cookie(person: Person): Promise<{ cookie: string }>
  /** @throws when an answer was not as the API's description has it */
  stop(): Promise<void>
}

interface FrontOptions {
  readonly limits?: Partial<UpstreamLimits>
  readonly recordingHosts?: readonly string[]
  readonly rule?: AddressRule
  readonly tenant?: string
}

/** Quick to give up, so that tests need not wait. */
const briskLimits = { ...upstreamLimits, answerMs: 1500, idleMs: 1500, pauseMs: 40, probeAfterMs: 300 }

export async function startFront(
  upstreamOrigin: string,
  { limits, recordingHosts = [], rule, tenant = 'T' }: FrontOptions = {},
): Promise<RunningFront> {
  const clock = { offsetMs: 0 }
  const now = () => Date.now() + clock.offsetMs
  const { log, sink } = keptLog()
  const logger = pino({ level: 'debug' }, sink)
  const { close, ...upstream } = openUpstream(
    {
      url: new URL(upstreamOrigin),
      clients: new Map([[tenant, { name: fakeClient.id, secret: fakeClient.secret }]]),
      recordingHosts: new Set(recordingHosts),
    },
    {
      secret: 'a secret for tests, longer than 32 characters',
      refusedSignIn: (refused, status) => logger.info({ refused, status }, 'refused'),
      limits: { ...briskLimits, ...limits },
      now,
      ...(rule && { rule }),
    },
  )
  const app = await createApp({
    engagements: 'upstream',
    ...upstream,
    audit: { record() {} },
    attempts: createSignInAttempts(undefined, createSignInLimits(now)),
    ping: async () => {},
    logger,
    trustedProxies: [],
    publicUrl: undefined,
    pageDir: undefined,
  })
  const wrong = watchAll(app)
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  const signIn: RunningFront['signIn'] = (person) =>
    fetch(`${origin}/session`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify(person),
    })
  return {
    origin,
    log,
    clock,
    signIn,
    async cookie(person) {
      const [cookie = ''] = (await signIn(person)).headers.getSetCookie()[0]?.split(';') ?? []
      return { cookie }
    },
    async stop() {
      app.server.closeAllConnections()
      await app.close()
      await close()
      if (wrong.length > 0) throw new Error(`Not as described:\n${wrong.join('\n')}`)
    },
  }
}
