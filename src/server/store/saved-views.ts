/**
 * Saved views of tenants. Each change is one statement that holds its own conditions: of two writers, in this process or
 * another, one changes the row and the other is told.
 */
import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { mostViews, type ViewContent, type ViewV1 } from '../../contract/model/view.ts'
import type { Tables } from './schema.ts'
import { tenantKey } from './tenant-key.ts'

export interface ViewDeed {
  readonly atMs: number
  /** Email, or client id of a program. */
  readonly by: string
}

export type ViewChange =
  | { readonly kind: 'done'; readonly view: ViewV1 }
  /** There is one of that id already; or it was changed or removed meanwhile. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'name-taken' }
  | { readonly kind: 'too-many' }

export interface SavedViews {
  /** By name. */
  list(tenant: string): Promise<readonly ViewV1[]>
  find(tenant: string, id: string): Promise<ViewV1 | undefined>
  create(tenant: string, id: string, content: ViewContent, deed: ViewDeed): Promise<ViewChange>
  /** @param revision the one to be replaced */
  replace(
    tenant: string,
    id: string,
    revision: string,
    content: ViewContent,
    deed: ViewDeed,
  ): Promise<ViewChange>
  /** @returns whether it was there in that revision */
  remove(tenant: string, id: string, revision: string): Promise<boolean>
}

export function createSavedViews(db: Kysely<Tables>): SavedViews {
  const ofTenant = (tenant: string) =>
    db
      .selectFrom('saved_view')
      .innerJoin('tenant', 'tenant.key', 'saved_view.tenant')
      .selectAll('saved_view')
      .where('tenant.name', '=', tenant)
  const find = async (tenant: string, id: string) => {
    const row = await ofTenant(tenant).where('saved_view.id', '=', id).executeTakeFirst()
    return row && present(row)
  }
  const done = async (tenant: string, id: string): Promise<ViewChange> => {
    const view = await find(tenant, id)
    return view ? { kind: 'done', view } : { kind: 'stale' }
  }
  const isTaken = async (tenant: string, id: string, name: string): Promise<boolean> => {
    const other = ofTenant(tenant).where('folded_name', '=', fold(name)).where('saved_view.id', '!=', id)
    return (await other.executeTakeFirst()) !== undefined
  }

  return {
    async list(tenant) {
      return (await ofTenant(tenant).orderBy('folded_name').execute()).map(present)
    },
    find,
    async create(tenant, id, content, { atMs, by }) {
      const key = await tenantKey(db, tenant)
      const row = {
        tenant: key,
        id,
        ...columnsOf(content),
        created_ms: atMs,
        created_by: by,
        changed_ms: atMs,
        changed_by: by,
        revision: randomUUID(),
      }
      const columns = Object.keys(row) as (keyof typeof row)[]
      const added = await db
        .insertInto('saved_view')
        .columns(columns)
        .expression(
          db
            .selectNoFrom((eb) => columns.map((column) => eb.val(row[column]).as(column)))
            .where(
              (eb) =>
                eb
                  .selectFrom('saved_view')
                  .select(eb.fn.countAll<number>().as('views'))
                  .where('tenant', '=', key),
              '<',
              mostViews,
            ),
        )
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (added.numInsertedOrUpdatedRows !== 0n) return done(tenant, id)
      if ((await find(tenant, id)) !== undefined) return { kind: 'stale' }
      return { kind: (await isTaken(tenant, id, content.name)) ? 'name-taken' : 'too-many' }
    },
    async replace(tenant, id, revision, content, { atMs, by }) {
      const key = await tenantKey(db, tenant)
      const columns = columnsOf(content)
      const changed = await db
        .updateTable('saved_view')
        .set({ ...columns, changed_ms: atMs, changed_by: by, revision: randomUUID() })
        .where('tenant', '=', key)
        .where('id', '=', id)
        .where('revision', '=', revision)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('saved_view as other')
                .select('other.id')
                .where('other.tenant', '=', key)
                .where('other.folded_name', '=', columns.folded_name)
                .where('other.id', '!=', id),
            ),
          ),
        )
        .executeTakeFirst()
      if (changed.numUpdatedRows !== 0n) return done(tenant, id)
      const still = (await find(tenant, id))?.revision === revision
      return { kind: still ? 'name-taken' : 'stale' }
    },
    async remove(tenant, id, revision) {
      const removed = await db
        .deleteFrom('saved_view')
        .where('tenant', '=', (eb) => eb.selectFrom('tenant').select('key').where('name', '=', tenant))
        .where('id', '=', id)
        .where('revision', '=', revision)
        .executeTakeFirst()
      return removed.numDeletedRows !== 0n
    },
  }
}

function fold(name: string): string {
  return name.toLowerCase()
}

function columnsOf({ name, format, parameters }: ViewContent) {
  return { name, folded_name: fold(name), format, parameters: JSON.stringify(parameters) }
}

function present(row: Tables['saved_view']): ViewV1 {
  return {
    id: row.id,
    name: row.name,
    format: row.format,
    parameters: JSON.parse(row.parameters),
    createdBy: row.created_by,
    created: new Date(row.created_ms).toISOString(),
    changedBy: row.changed_by,
    changed: new Date(row.changed_ms).toISOString(),
    revision: row.revision,
  }
}
