/** `hindsight serve`: the API and the page, until SIGTERM or SIGINT; by one process, or by one that starts workers. */
import { type Command, type CommandContext, UsageError } from './command.ts'

export const serveCommand: Command = async (args, context) => {
  if (args.length > 0) throw new UsageError(`serve takes no words; given was ${args.join(' ')}`)
  if (context.config.workers === 1) return serveAlone(context)
  const { isPrimary } = (await import('node:cluster')).default
  // Loaded by the one that needs it: the process that starts the workers stays small.
  if (isPrimary) return (await import('../workers/serve-by-workers.ts')).serveByWorkers(context)
  return (await import('../workers/serve-as-worker.ts')).serveAsWorker(context)
}

async function serveAlone({ config, stdout, signal }: CommandContext): Promise<number> {
  const [{ openLog }, { serveOne }] = await Promise.all([import('./open-log.ts'), import('./serve-one.ts')])
  await serveOne({
    config,
    log: openLog(config.logLevel),
    signal,
    say: (text) => stdout.write(`${text}\n`),
    ready: async ({ welcome }) => {
      stdout.write(await welcome())
    },
  })
  return 0
}
