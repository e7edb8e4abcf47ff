/** The queries that read what is kept of days, and how the order by duration is parted. */
import type { Kysely } from 'kysely'
import { hourColumns, openColumns, type StatusCode, type Tables } from './schema.ts'
import { slot, type Template, template } from './statement.ts'

/** Slots: `tenant`, `status`. Gives day, engagements, open, shortest and longest of each day that has any, in their order. */
export function keptDays(db: Kysely<Tables>): Template {
  return template(
    db
      .selectFrom('start_day')
      .select(['day', 'engagements', 'open', 'shortest_ms', 'longest_ms'])
      .where('tenant', '=', slot<number>('tenant'))
      .where('status', '=', slot<StatusCode>('status'))
      .where('engagements', '>', 0)
      .orderBy('day'),
  )
}

/**
 * Slots: `tenant`, `status`, `firstDay` and `lastDay`, both inclusive. Gives each day that has any: the day, how many began in
 * each hour of it, then how many of these have no end.
 */
export function keptHours(db: Kysely<Tables>): Template {
  return template(
    db
      .selectFrom('start_day')
      .select(['day', ...hourColumns, ...openColumns])
      .where('tenant', '=', slot<number>('tenant'))
      .where('status', '=', slot<StatusCode>('status'))
      .where('day', '>=', slot<number>('firstDay'))
      .where('day', '<=', slot<number>('lastDay')),
  )
}

/** Slots: `tenant`, `status`. Gives how many have no start, and how many of these no end. */
export function keptUnplaced(db: Kysely<Tables>): Template {
  return template(
    db
      .selectFrom('unplaced')
      .select(['engagements', 'open'])
      .where('tenant', '=', slot<number>('tenant'))
      .where('status', '=', slot<StatusCode>('status')),
  )
}

/** Slots: `tenant`, `status`. Gives duration, id and number of each part that has any, in their order. */
export function keptParts(db: Kysely<Tables>): Template {
  return template(
    db
      .selectFrom('duration_part')
      .select(['duration', 'from_id', 'engagements'])
      .where('tenant', '=', slot<number>('tenant'))
      .where('status', '=', slot<StatusCode>('status'))
      .where('engagements', '>', 0)
      .orderBy('duration')
      .orderBy('from_id'),
  )
}
