/** Every command: environment → configuration → command. The only file that exits. */
import { setFlagsFromString } from 'node:v8'
import { type Command, UsageError } from './commands/command.ts'
import { ConfigError, readConfig } from './config.ts'

const usage = `Usage: npm run -s hindsight -- <command>

  serve                                          the API and the page
  import FILE... --tenant T [--recordings DIR]   read engagements from JSON or NDJSON files, - for standard input
  sync --tenant T [--from D] [--to D] [--recordings] [--every 15m] [--rate N]
                                                 take a history home from UPSTREAM_URL; email and password of a user
                                                 there come from the environment, or a line each on standard input
  user add --tenant T --email E --role supervisor|admin
                                                 add a user; the password is read from standard input
  user list --tenant T                           email, role, state and first day of each user
  user disable|enable --tenant T --email E       end a user's access, or give it again
  user password --tenant T --email E             set a password, read from standard input; older sessions end
  client add --tenant T --id C                   let a program ask for tokens; prints its secret, this once
  client list --tenant T                         id, state and first day of each client
  client revoke --tenant T --id C                end a program's access
  backup --to FOLDER [--with-secret] [--copy]    copy database and recordings into a new folder, while others work
  restore --from FOLDER                          fill an empty DATA_DIR, or an empty PostgreSQL, from such a folder
  check [--repair]                               prove that kept counts, people and files are as the engagements are;
                                                 --repair makes anew what can be made from them, and
                                                 removes files of recordings that nothing names
  move --from sqlite|postgres --to sqlite|postgres
                                                 move all tenants between the database in DATA_DIR and DATABASE_URL
  demo                                           fill or refresh the demo tenant
  demo-upstream                                  the demo tenant behind a server that holds nothing itself
`

// Loaded when asked for: adding a user needs no HTTP server.
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  sync: async () => (await import('./commands/sync.ts')).syncCommand,
  user: async () => (await import('./commands/user.ts')).userCommand,
  client: async () => (await import('./commands/client.ts')).clientCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
  restore: async () => (await import('./commands/restore.ts')).restoreCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  move: async () => (await import('./commands/move.ts')).moveCommand,
  demo: async () => (await import('./commands/demo.ts')).demoCommand,
  'demo-upstream': async () => (await import('./commands/demo-upstream.ts')).demoUpstreamCommand,
}

/** They keep little and answer fast; every other command goes through whatever there is, and leaves most of it as garbage. */
const servers = new Set(['serve', 'demo-upstream'])
/**
 * How much garbage may wait beside what is in use, percent of that. Unless told otherwise V8 takes more than three times as much
 * memory as an import has in use before it looks for what is not; this costs a few milliseconds a batch.
 */
const garbagePercent = 50

const usageExit = 2

async function main([name, ...args]: readonly string[]): Promise<number> {
  const { stdin, stdout, stderr } = process
  if (name === '--help' || name === 'help') {
    stdout.write(usage)
    return 0
  }
  const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (name === undefined || load === undefined) {
    stderr.write(`${name === undefined ? 'No command given' : `Unknown command ${name}`}\n\n${usage}`)
    return usageExit
  }
  if (!servers.has(name)) setFlagsFromString(`--heap-growing-percent=${garbagePercent}`)
  const stop = new AbortController()
  process.once('SIGTERM', () => stop.abort())
  process.once('SIGINT', () => stop.abort())
  try {
    const config = readConfig()
    const command = await load()
    return await command(args, { config, stdin, stdout, stderr, signal: stop.signal })
  } catch (error) {
    if (error instanceof UsageError || error instanceof ConfigError) {
      stderr.write(`${error.message}\n${error instanceof UsageError ? `\n${usage}` : ''}`)
      return usageExit
    }
    stderr.write(`${explain(error)}\n`)
    return 1
  }
}

/** What an operator can act on: the message and its causes; the stack only where it is a mistake of ours. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = 'code' in error ? error.message : (error.stack ?? error.message)
  return error.cause === undefined ? own : `${error.message}: ${explain(error.cause)}`
}

process.exitCode = await main(process.argv.slice(2))
