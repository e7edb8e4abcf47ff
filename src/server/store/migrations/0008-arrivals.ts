/** When engagements came in, so that a list can be asked for as it was. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

export const arrivals: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    await db.schema
      .createTable('arrival')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('at_ms', 'integer', (column) => column.notNull())
      .addColumn('last_key', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('arrival_key', ['tenant', 'at_ms'])
      .modifyEnd(sql`without rowid`)
      .execute()
    // What is there already was always there: a day before the year 0 is before every date that can be written. It is noted
    // a second time for this moment, so that looking back from now has a date that people can read.
    await sql`
      insert into arrival (tenant, at_ms, last_key)
      select tenant, moment.at_ms, last_key
      from (select tenant, max(key) as last_key from engagement group by tenant),
        (select unixepoch('0000-01-01', '-1 day') * 1000 as at_ms
          union all select cast(unixepoch('subsec') * 1000 as integer)) as moment`.execute(db)
  },
}
