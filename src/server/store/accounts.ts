/** Who may sign in, and which programs may ask for tokens. */
import type { Kysely, Updateable } from 'kysely'
import type { Role } from '../../contract/model/session.ts'
import { foldEmail } from '../../contract/query/param.ts'
import { hashPassword, verifyPassword } from '../auth/password.ts'
import type { Tables } from './schema.ts'
import { tenantKey } from './tenant-key.ts'

interface Account {
  readonly tenant: string
  /** Folded. */
  readonly email: string
  readonly role: Role
}

/** How an account or a client shows in a list for operators. */
interface Listed {
  readonly createdMs: number
  readonly disabled: boolean
}

/** Disabling, revoking and a new password end what was given before, in whatever process, within a second. */
export interface Accounts {
  /** @throws AccountExists */
  add(account: Account & { readonly password: string }): Promise<void>
  /** One that is not disabled. */
  find(tenant: string, email: string): Promise<Account | undefined>
  list(tenant: string): Promise<readonly (Account & Listed)[]>
  /** @returns whether there is such an account, as of the two below */
  disable(tenant: string, email: string): Promise<boolean>
  enable(tenant: string, email: string): Promise<boolean>
  setPassword(tenant: string, email: string, password: string): Promise<boolean>
  /** The account, when the password is its own and it is not disabled. Takes as long for an unknown email as for a wrong password. */
  verify(tenant: string, email: string, password: string): Promise<Account | undefined>
  /** A revoked one may be added anew, with another secret. @throws AccountExists */
  addClient(tenant: string, clientId: string, secret: string): Promise<void>
  listClients(tenant: string): Promise<readonly (Listed & { readonly id: string })[]>
  /** @returns whether there is such a client that was in use */
  revokeClient(tenant: string, clientId: string): Promise<boolean>
  hasClient(tenant: string, clientId: string): Promise<boolean>
  hasTenant(tenant: string): Promise<boolean>
  /** `unregistered`: the tenant has never had a client, so there is nothing to check against. */
  verifyClient(tenant: string, clientId: string, secret: string): Promise<'right' | 'wrong' | 'unregistered'>
}

export class AccountExists extends Error {}

type AccountChange = Partial<
  Pick<Updateable<Tables['account']>, 'password_hash' | 'disabled_ms' | 'ended_ms'>
>

export function createAccounts(db: Kysely<Tables>): Accounts {
  const accountRow = (tenant: string, email: string) =>
    db
      .selectFrom('account')
      .innerJoin('tenant', 'tenant.key', 'account.tenant')
      .select(['account.email', 'account.role', 'account.password_hash', 'account.disabled_ms'])
      .where('tenant.name', '=', tenant)
      .where('account.email', '=', foldEmail(email))
      .executeTakeFirst()

  const clientsOf = (tenant: string) =>
    db
      .selectFrom('client')
      .innerJoin('tenant', 'tenant.key', 'client.tenant')
      .where('tenant.name', '=', tenant)

  /** Of one account. @returns whether there is one */
  const change = async (tenant: string, email: string, values: AccountChange): Promise<boolean> => {
    const changed = await db
      .updateTable('account')
      .set(values)
      .where('tenant', '=', (eb) => eb.selectFrom('tenant').select('key').where('name', '=', tenant))
      .where('email', '=', foldEmail(email))
      .executeTakeFirst()
    return changed.numUpdatedRows > 0n
  }

  return {
    async add({ tenant, email, role, password }) {
      const row = {
        tenant: await tenantKey(db, tenant),
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
      return row === undefined || row.disabled_ms !== null
        ? undefined
        : { tenant, email: row.email, role: row.role }
    },

    async verify(tenant, email, password) {
      const row = await accountRow(tenant, email)
      const right = await verifyPassword(password, row?.password_hash)
      // Read again: a password takes long enough to check for the account to be disabled, or the password changed, meanwhile.
      const now = right ? await accountRow(tenant, email) : undefined
      const same = now !== undefined && now.disabled_ms === null && now.password_hash === row?.password_hash
      return same && row !== undefined ? { tenant, email: row.email, role: row.role } : undefined
    },

    async list(tenant) {
      const rows = await db
        .selectFrom('account')
        .innerJoin('tenant', 'tenant.key', 'account.tenant')
        .select(['account.email', 'account.role', 'account.created_ms', 'account.disabled_ms'])
        .where('tenant.name', '=', tenant)
        .orderBy('account.email')
        .execute()
      return rows.map(({ email, role, created_ms, disabled_ms }) => ({
        tenant,
        email,
        role,
        createdMs: created_ms,
        disabled: disabled_ms !== null,
      }))
    },

    disable(tenant, email) {
      const now = Date.now()
      return change(tenant, email, { disabled_ms: now, ended_ms: now })
    },

    enable: (tenant, email) => change(tenant, email, { disabled_ms: null }),

    async setPassword(tenant, email, password) {
      const password_hash = await hashPassword(password)
      return change(tenant, email, { password_hash, ended_ms: Date.now() })
    },

    async addClient(tenant, clientId, secret) {
      const row = {
        tenant: await tenantKey(db, tenant),
        id: clientId,
        secret_hash: await hashPassword(secret),
        created_ms: Date.now(),
        disabled_ms: null,
      }
      const { tenant: _tenant, id: _id, ...anew } = row
      const added = await db
        .insertInto('client')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'id']).doUpdateSet(anew).where('client.disabled_ms', 'is not', null),
        )
        .executeTakeFirst()
      if (added.numInsertedOrUpdatedRows === 0n)
        throw new AccountExists(`${clientId} is a client of ${tenant} already`)
    },

    async listClients(tenant) {
      const rows = await clientsOf(tenant)
        .select(['client.id', 'client.created_ms', 'client.disabled_ms'])
        .orderBy('client.id')
        .execute()
      return rows.map(({ id, created_ms, disabled_ms }) => ({
        id,
        createdMs: created_ms,
        disabled: disabled_ms !== null,
      }))
    },

    async revokeClient(tenant, clientId) {
      const now = Date.now()
      const revoked = await db
        .updateTable('client')
        .set({ disabled_ms: now, ended_ms: now })
        .where('tenant', '=', (eb) => eb.selectFrom('tenant').select('key').where('name', '=', tenant))
        .where('id', '=', clientId)
        .where('disabled_ms', 'is', null)
        .executeTakeFirst()
      return revoked.numUpdatedRows > 0n
    },

    async hasClient(tenant, clientId) {
      const found = clientsOf(tenant).select('client.id').where('client.id', '=', clientId)
      return (await found.executeTakeFirst()) !== undefined
    },

    async hasTenant(tenant) {
      const found = db.selectFrom('tenant').select('key').where('name', '=', tenant)
      return (await found.executeTakeFirst()) !== undefined
    },

    async verifyClient(tenant, clientId, secret) {
      const clients = clientsOf(tenant)
      const row = await clients
        .select('secret_hash')
        .where('client.id', '=', clientId)
        .where('client.disabled_ms', 'is', null)
        .executeTakeFirst()
      // The same work for each answer: the time it takes tells nobody which tenants there are, or which have clients.
      const right = await verifyPassword(secret, row?.secret_hash)
      if (right) return 'right'
      const any = await clients.select('client.id').limit(1).executeTakeFirst()
      return any === undefined ? 'unregistered' : 'wrong'
    },
  }
}
