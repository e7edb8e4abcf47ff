/** `hindsight client …`: which programs may ask for tokens. */
import { randomBytes } from 'node:crypto'
import { type Command, UsageError } from './command.ts'
import { pickVerb, readOptions, requireTenantKey } from './options.ts'
import { Refusal, withStore } from './with-store.ts'

const secretBytes = 32

export const clientCommand: Command = async ([verb, ...args], context) =>
  pickVerb('client', verb, { add, list, revoke })(args, context)

const add: Command = async (args, context) => {
  const { tenant, id } = requireClient(readOptions(args, ['tenant', 'id']))
  const secret = randomBytes(secretBytes).toString('base64url')
  return withStore(context, async ({ accounts }) => {
    await accounts.addClient(tenant, id, secret)
    // The secret alone on standard output, so that a script can take it from there.
    context.stderr.write(`Added the client ${id} of ${tenant}. Its secret is shown this once:\n`)
    context.stdout.write(`${secret}\n`)
  })
}

const list: Command = async (args, context) => {
  const tenant = requireTenantKey(readOptions(args, ['tenant']).tenant)
  return withStore(context, async ({ accounts }) => {
    for (const { id, disabled, createdMs } of await accounts.listClients(tenant)) {
      const since = new Date(createdMs).toISOString().slice(0, 10)
      context.stdout.write(`${id}\t${disabled ? 'revoked' : 'in use'}\t${since}\n`)
    }
  })
}

const revoke: Command = async (args, context) => {
  const { tenant, id } = requireClient(readOptions(args, ['tenant', 'id']))
  return withStore(context, async ({ accounts }) => {
    if (!(await accounts.revokeClient(tenant, id)))
      throw new Refusal(`${id} is no client of ${tenant} that is in use`)
    context.stdout.write(`Revoked the client ${id} of ${tenant}; its tokens end within a second\n`)
  })
}

/** An id has no colon, which would end it in `Authorization: Basic`, and no @: it cannot be taken for a user. */
function requireClient(given: { tenant?: string; id?: string }): { tenant: string; id: string } {
  const tenant = requireTenantKey(given.tenant)
  if (given.id === undefined || !/^[A-Za-z0-9._-]{1,64}$/.test(given.id))
    throw new UsageError('--id needs 1 to 64 letters, digits, dots, underscores or hyphens')
  return { tenant, id: given.id }
}
