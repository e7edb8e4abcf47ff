/**
 * `hindsight demo-upstream`: one Hindsight with the demo tenant, and another in front of it that holds nothing, as it would
 * stand in front of a Live Experience host.
 */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { demoAccount } from '../demo/demo-account.ts'
import { openStore } from '../store/open-store.ts'
import { type Backend, openBackend } from './backend.ts'
import { type Command, UsageError } from './command.ts'
import { openLog } from './open-log.ts'
import { closeWithin, listen, stopped } from './run-server.ts'

const { tenant, email, password } = demoAccount
const clientId = 'hindsight-in-front'

export const demoUpstreamCommand: Command = async (args, { config, stdout, signal }) => {
  if (args.length > 0) throw new UsageError(`demo-upstream takes no words; given was ${args.join(' ')}`)
  const { logger, flush } = openLog(config.logLevel)
  const say = (text: string) => stdout.write(`${text}\n`)
  const ends: (() => Promise<void>)[] = []
  const start = async (one: Config) => {
    const { address, end } = await startOne(one, logger, say)
    // The one in front ends first.
    ends.unshift(end)
    return address
  }
  try {
    const upstreamDir = path.join(config.dataDir, 'upstream')
    const secret = await registerClient(upstreamDir)
    const behind = await start({
      ...config,
      port: 0,
      host: '127.0.0.1',
      publicUrl: undefined,
      trustedProxies: [],
      dataDir: upstreamDir,
      demo: 'auto',
      upstream: undefined,
    })
    const front = await start({
      ...config,
      dataDir: path.join(config.dataDir, 'front'),
      upstream: {
        url: new URL(behind),
        clients: new Map([[tenant, { name: clientId, secret }]]),
        recordingHosts: new Set(),
      },
    })
    say(`The upstream, which has the engagements: ${behind}`)
    say(`Hindsight is ready, in front of it: ${config.publicUrl?.origin ?? front}`)
    say(`  tenant    ${tenant}\n  email     ${email}\n  password  ${password}`)
    await stopped(signal)
    return 0
  } finally {
    for (const end of ends) await end()
    flush()
  }
}

async function startOne(
  config: Config,
  logger: Logger,
  say: (text: string) => void,
): Promise<{ readonly address: string; end(): Promise<void> }> {
  const backend: Backend = await openBackend(config, logger, say)
  try {
    const { app, address } = await listen(config, backend, logger)
    return {
      address,
      async end() {
        await closeWithin(app, logger)
        await backend.close()
      },
    }
  } catch (error) {
    await backend.close()
    throw error
  }
}

/** Another secret at each start, which is kept nowhere. */
async function registerClient(dataDir: string): Promise<string> {
  const store = await openStore({ dataDir })
  try {
    const secret = randomBytes(24).toString('base64url')
    await store.accounts.revokeClient(tenant, clientId)
    await store.accounts.addClient(tenant, clientId, secret)
    return secret
  } finally {
    await store.close()
  }
}
