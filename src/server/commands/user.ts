/** `hindsight user …`: who may sign in. */
import { roles } from '../../contract/model/session.ts'
import { isEmail } from '../../contract/query/param.ts'
import { type Command, UsageError } from './command.ts'
import { pickVerb, readOptions, requireTenantKey } from './options.ts'
import { readPassword } from './read-password.ts'
import { Refusal, withStore } from './with-store.ts'

export const userCommand: Command = async ([verb, ...args], context) =>
  pickVerb('user', verb, { add, list, disable, enable, password })(args, context)

const add: Command = async (args, context) => {
  const { role, ...given } = readOptions(args, ['tenant', 'email', 'role'])
  const { tenant, email } = requireUser(given)
  const known = roles.find((name) => name === role)
  if (known === undefined) throw new UsageError(`--role needs ${roles.join(' or ')}`)
  const chosen = await readPassword(context)
  return withStore(context, async ({ accounts }) => {
    await accounts.add({ tenant, email, role: known, password: chosen })
    context.stdout.write(`Added ${email} as ${known} of ${tenant}\n`)
  })
}

const list: Command = async (args, context) => {
  const tenant = requireTenantKey(readOptions(args, ['tenant']).tenant)
  return withStore(context, async ({ accounts }) => {
    for (const { email, role, disabled, createdMs } of await accounts.list(tenant)) {
      const since = new Date(createdMs).toISOString().slice(0, 10)
      context.stdout.write(`${email}\t${role}\t${disabled ? 'disabled' : 'enabled'}\t${since}\n`)
    }
  })
}

const disable: Command = async (args, context) => {
  const { tenant, email } = requireUser(readOptions(args, ['tenant', 'email']))
  return withStore(context, async ({ accounts }) => {
    if (!(await accounts.disable(tenant, email))) throw missing(tenant, email)
    context.stdout.write(`Disabled ${email} of ${tenant}; sessions and tokens end within a second\n`)
  })
}

const enable: Command = async (args, context) => {
  const { tenant, email } = requireUser(readOptions(args, ['tenant', 'email']))
  return withStore(context, async ({ accounts }) => {
    if (!(await accounts.enable(tenant, email))) throw missing(tenant, email)
    context.stdout.write(`Enabled ${email} of ${tenant}\n`)
  })
}

const password: Command = async (args, context) => {
  const { tenant, email } = requireUser(readOptions(args, ['tenant', 'email']))
  const chosen = await readPassword(context)
  return withStore(context, async ({ accounts }) => {
    if (!(await accounts.setPassword(tenant, email, chosen))) throw missing(tenant, email)
    context.stdout.write(`${email} of ${tenant} has a new password; older sessions end within a second\n`)
  })
}

function requireUser(given: { tenant?: string; email?: string }): { tenant: string; email: string } {
  const tenant = requireTenantKey(given.tenant)
  if (given.email === undefined || !isEmail(given.email))
    throw new UsageError('--email needs an email address')
  return { tenant, email: given.email }
}

function missing(tenant: string, email: string): Refusal {
  return new Refusal(`${email} has no account in ${tenant}`)
}
