/** Who may sign in, and which programs may ask for tokens. */
import type { Kysely } from 'kysely'
import type { Role } from '../../contract/model/session.ts'
import { foldEmail } from '../../contract/query/param.ts'
import { hashPassword, verifyPassword } from '../auth/password.ts'
import type { Tables } from './schema.ts'

interface Account {
  readonly tenant: string
  /** Folded. */
  readonly email: string
  readonly role: Role
}

export interface Accounts {
  /** @throws AccountExists */
  add(account: Account & { readonly password: string }): Promise<void>
  find(tenant: string, email: string): Promise<Account | undefined>
  /** The account, when the password is its own. Takes as long for an unknown email as for a wrong password. */
  verify(tenant: string, email: string, password: string): Promise<Account | undefined>
  addClient(tenant: string, clientId: string, secret: string): Promise<void>
  hasClient(tenant: string, clientId: string): Promise<boolean>
  /** `unregistered`: the tenant has no client at all, so there is nothing to check against. */
  verifyClient(tenant: string, clientId: string, secret: string): Promise<'right' | 'wrong' | 'unregistered'>
}

export class AccountExists extends Error {}

export function createAccounts(db: Kysely<Tables>): Accounts {
  const tenantKey = async (name: string): Promise<number> => {
    await db
      .insertInto('tenant')
      .values({ name })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const row = await db.selectFrom('tenant').select('key').where('name', '=', name).executeTakeFirstOrThrow()
    return row.key
  }
  const accountRow = (tenant: string, email: string) =>
    db
      .selectFrom('account')
      .innerJoin('tenant', 'tenant.key', 'account.tenant')
      .select(['account.email', 'account.role', 'account.password_hash'])
      .where('tenant.name', '=', tenant)
      .where('account.email', '=', foldEmail(email))
      .executeTakeFirst()

  const clientsOf = (tenant: string) =>
    db
      .selectFrom('client')
      .innerJoin('tenant', 'tenant.key', 'client.tenant')
      .where('tenant.name', '=', tenant)

  return {
    async add({ tenant, email, role, password }) {
      const row = {
        tenant: await tenantKey(tenant),
        email: foldEmail(email),
        role,
        password_hash: await hashPassword(password),
        created_ms: Date.now(),
      }
      const added = await db
        .insertInto('account')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (added.numInsertedOrUpdatedRows === 0n)
        throw new AccountExists(`${email} has an account in ${tenant} already`)
    },

    async find(tenant, email) {
      const row = await accountRow(tenant, email)
      return row === undefined ? undefined : { tenant, email: row.email, role: row.role }
    },

    async verify(tenant, email, password) {
      const row = await accountRow(tenant, email)
      const right = await verifyPassword(password, row?.password_hash)
      return right && row !== undefined ? { tenant, email: row.email, role: row.role } : undefined
    },

    async addClient(tenant, clientId, secret) {
      const row = {
        tenant: await tenantKey(tenant),
        id: clientId,
        secret_hash: await hashPassword(secret),
        created_ms: Date.now(),
      }
      await db.insertInto('client').values(row).execute()
    },

    async hasClient(tenant, clientId) {
      const found = clientsOf(tenant).select('client.id').where('client.id', '=', clientId)
      return (await found.executeTakeFirst()) !== undefined
    },

    async verifyClient(tenant, clientId, secret) {
      const clients = clientsOf(tenant)
      const row = await clients.select('secret_hash').where('client.id', '=', clientId).executeTakeFirst()
      if (row === undefined) {
        const any = await clients.select('client.id').limit(1).executeTakeFirst()
        if (any === undefined) return 'unregistered'
      }
      return (await verifyPassword(secret, row?.secret_hash)) ? 'right' : 'wrong'
    },
  }
}
