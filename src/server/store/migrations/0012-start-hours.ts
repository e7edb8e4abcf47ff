/** How many engagements began in each hour of a day, beside how many of the day: histograms of hours, and of a zone's days. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const hours = Array.from({ length: 24 }, (_, hour) => `hour_${hour}`)

export const startHours: Migration = {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables as they were, not as the schema has them now
  async up(db: Kysely<any>) {
    // SQLite adds one column at a time; made anew, the days are counted in the same pass.
    await db.schema.dropTable('start_day').execute()
    const table = db.schema
      .createTable('start_day')
      .addColumn('tenant', 'integer', (column) => column.notNull().references('tenant.key'))
      .addColumn('status', 'integer', (column) => column.notNull())
      .addColumn('day', 'integer', (column) => column.notNull())
      .addColumn('engagements', 'integer', (column) => column.notNull())
    await hours
      .reduce((made, hour) => made.addColumn(hour, 'integer', (column) => column.notNull()), table)
      .addPrimaryKeyConstraint('start_day_key', ['tenant', 'status', 'day'])
      .modifyEnd(sql`without rowid`)
      .execute()
    // Rounded down before 1970 as well, where the remainder is negative.
    const ofDay = sql`((start_ms % 86400000) + 86400000) % 86400000`
    const counted = hours.map((_, hour) => sql`count(*) filter (where ${ofDay} / 3600000 = ${sql.lit(hour)})`)
    await sql`
      insert into start_day (tenant, status, day, engagements, ${sql.join(hours.map((hour) => sql.ref(hour)))})
      select tenant, status, (start_ms - ${ofDay}) / 86400000 as day, count(*), ${sql.join(counted)}
      from engagement where start_ms is not null group by tenant, status, day`.execute(db)
  },
}
