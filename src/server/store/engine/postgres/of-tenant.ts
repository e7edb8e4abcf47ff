/** What knows one database of all tenants, given one that shows a single tenant's rows. */
import { Kysely } from 'kysely'
import { type Accounts, createAccounts } from '../../accounts.ts'
import { createSavedViews, type SavedViews } from '../../saved-views.ts'
import type { Tables } from '../../schema.ts'
import { createSyncState, type SyncState } from '../../sync-state.ts'
import { tenantDialect } from './dialect.ts'
import type { Connections } from './open-pool.ts'
import type { Tenants } from './tenants.ts'
import { beginMs } from './transactions.ts'

/** No tenant has it. */
const nobody = 0

export interface OfTenant {
  /** By its key. */
  db(tenant: number): Kysely<Tables>
  readonly accounts: Accounts
  readonly views: SavedViews
  readonly syncState: SyncState
}

export function createOfTenant(pool: Connections, tenants: Tenants): OfTenant {
  const db = (tenant: number) =>
    new Kysely<Tables>({ dialect: tenantDialect(() => pool.connect({ urgent: true }), tenant, beginMs) })
  const there = async (name: string) => db((await tenants.find(name)) ?? nobody)
  const made = async (name: string) => db(await tenants.make(name))
  /** While none of the tenant's other writers is in a transaction, so that what is looked at first is still so when it is changed. */
  const inTurn = async <T>(name: string, act: (db: Kysely<Tables>) => Promise<T>): Promise<T> => {
    const tenant = await tenants.make(name)
    return db(tenant)
      .transaction()
      .execute(async (transaction) => {
        await transaction
          .selectFrom('tenant')
          .select('key')
          .where('key', '=', tenant)
          .forNoKeyUpdate()
          .execute()
        return act(transaction)
      })
  }

  return {
    db,
    accounts: {
      add: async (account) => createAccounts(await made(account.tenant)).add(account),
      find: async (tenant, email) => createAccounts(await there(tenant)).find(tenant, email),
      list: async (tenant) => createAccounts(await there(tenant)).list(tenant),
      disable: async (tenant, email) => createAccounts(await there(tenant)).disable(tenant, email),
      enable: async (tenant, email) => createAccounts(await there(tenant)).enable(tenant, email),
      setPassword: async (tenant, email, password) =>
        createAccounts(await there(tenant)).setPassword(tenant, email, password),
      verify: async (tenant, email, password) =>
        createAccounts(await there(tenant)).verify(tenant, email, password),
      addClient: async (tenant, id, secret) =>
        createAccounts(await made(tenant)).addClient(tenant, id, secret),
      listClients: async (tenant) => createAccounts(await there(tenant)).listClients(tenant),
      revokeClient: async (tenant, id) => createAccounts(await there(tenant)).revokeClient(tenant, id),
      hasClient: async (tenant, id) => createAccounts(await there(tenant)).hasClient(tenant, id),
      hasTenant: async (tenant) => (await tenants.find(tenant)) !== undefined,
      verifyClient: async (tenant, id, secret) =>
        createAccounts(await there(tenant)).verifyClient(tenant, id, secret),
    },
    views: {
      list: async (tenant) => createSavedViews(await there(tenant)).list(tenant),
      find: async (tenant, id) => createSavedViews(await there(tenant)).find(tenant, id),
      create: (tenant, id, content, deed) =>
        inTurn(tenant, (turn) => createSavedViews(turn).create(tenant, id, content, deed)),
      replace: (tenant, id, revision, content, deed) =>
        inTurn(tenant, (turn) => createSavedViews(turn).replace(tenant, id, revision, content, deed)),
      remove: async (tenant, id, revision) =>
        createSavedViews(await there(tenant)).remove(tenant, id, revision),
    },
    syncState: {
      walk: async (key) => createSyncState(await there(key.tenant)).walk(key),
      gaps: async (key) => createSyncState(await there(key.tenant)).gaps(key),
      firstOpen: async (key, fromMs) => createSyncState(await there(key.tenant)).firstOpen(key, fromMs),
    },
  }
}
