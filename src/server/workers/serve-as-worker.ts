/** `hindsight serve` in a worker: it answers like any server, and is told when to begin and to end. */
import { getSystemErrorMessage } from 'node:util'
import type { CommandContext } from '../commands/command.ts'
import { openSharedLog } from '../commands/open-log.ts'
import { serveOne } from '../commands/serve-one.ts'
import { openWorkerChannel } from './worker-channel.ts'

/** @returns the exit code */
export async function serveAsWorker({ config, stdout, signal }: CommandContext): Promise<number> {
  const channel = openWorkerChannel()
  const log = openSharedLog(config.logLevel)
  try {
    const { port, upkeep } = await channel.begun
    await serveOne({
      config: { ...config, port },
      log,
      signal: AbortSignal.any([signal, channel.stopped]),
      say: (text) => stdout.write(`${text}\n`),
      ready: async ({ address, welcome }) =>
        channel.tell({ kind: 'ready', address, welcome: upkeep ? await welcome() : '' }),
      among: { upkeep, together: channel.together },
    })
    return 0
  } catch (error) {
    throw asListening(error)
  } finally {
    channel.close()
  }
}

/** A port that cannot be had is found out by the process that binds it for all, and told in fewer words than to one that listens by itself. */
function asListening(error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || error.syscall !== 'bind') return error
  const { code, errno, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number }
  if (errno === undefined) return error
  const message = `listen ${code}: ${getSystemErrorMessage(errno)} ${address}:${port}`
  return Object.assign(new Error(message), { code })
}
