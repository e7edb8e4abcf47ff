/** How many engagements began on each day, kept with the rows. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const startDays: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    await db.schema
      .createTable('start_day')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('status', 'integer', (column) => column.notNull())
      .addColumn('day', 'integer', (column) => column.notNull())
      .addColumn('engagements', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('start_day_key', ['tenant', 'status', 'day'])
      .modifyEnd(sql`without rowid`)
      .execute()
    // Rounded down before 1970 as well, where the remainder is negative.
    await sql`
      insert into start_day (tenant, status, day, engagements)
      select tenant, status, (start_ms - ((start_ms % 86400000) + 86400000) % 86400000) / 86400000 as day, count(*)
      from engagement where start_ms is not null group by tenant, status, day`.execute(db)
  },
}
