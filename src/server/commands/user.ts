/** `hindsight user add`: the password comes from standard input, never from the command line, where others could read it. */
import { parseArgs } from 'node:util'
import { roles } from '../../contract/model/session.ts'
import { isTenantKey } from '../../contract/model/tenant.ts'
import { isEmail } from '../../contract/query/param.ts'
import { AccountExists } from '../store/accounts.ts'
import { openStore } from '../store/open-store.ts'
import { type Command, type CommandContext, UsageError } from './command.ts'

const shortestPassword = 8
const longestPassword = 1024

export const userCommand: Command = async (args, context) => {
  const [verb, ...rest] = args
  if (verb !== 'add')
    throw new UsageError(verb === undefined ? 'user needs a verb: add' : `Unknown verb ${verb}; known is add`)
  const { tenant, email, role } = readOptions(rest)
  const password = await readPassword(context)
  const store = await openStore({ dataDir: context.config.dataDir })
  try {
    await store.accounts.add({ tenant, email, role, password })
    context.stdout.write(`Added ${email} as ${role} of ${tenant}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof AccountExists)) throw error
    context.stderr.write(`${error.message}\n`)
    return 1
  } finally {
    await store.close()
  }
}

function readOptions(args: readonly string[]) {
  const { values } = parseOptions(args)
  const { tenant = '', email = '', role = '' } = values
  if (!isTenantKey(tenant)) throw new UsageError('--tenant needs a tenant’s key, such as PremierTenant')
  if (!isEmail(email)) throw new UsageError('--email needs an email address')
  const known = roles.find((name) => name === role)
  if (known === undefined) throw new UsageError(`--role needs ${roles.join(' or ')}`)
  return { tenant, email, role: known }
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { tenant: { type: 'string' }, email: { type: 'string' }, role: { type: 'string' } },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** The first line of standard input. */
async function readPassword({ stdin, stderr }: CommandContext): Promise<string> {
  if (stdin.isTTY) stderr.write('Password (it will show as you type): ')
  let text = ''
  for await (const chunk of stdin) {
    text += String(chunk)
    if (text.includes('\n') || text.length > longestPassword * 4) break
  }
  const password = text.split(/\r?\n/, 1)[0] ?? ''
  if (password.length < shortestPassword)
    throw new UsageError(
      `The password on standard input has ${password.length} characters; at least ${shortestPassword} are needed`,
    )
  if (password.length > longestPassword)
    throw new UsageError(`The password is longer than ${longestPassword} characters`)
  return password
}
