/** Proving that what is kept beside the rows is as the rows are. What an engine has of its own is given; the rest is the same for all. */
import { type Kysely, sql } from 'kysely'
import type { HeldBytes, HeldRecording } from '../engagement-writer.ts'
import type { Tables } from '../schema.ts'
import { checkDays } from './check-days.ts'
import { checkDurationParts } from './check-duration-parts.ts'
import { checkPeople, repairPeople } from './check-people.ts'
import { checkUnplaced } from './check-unplaced.ts'
import { fillRollups } from './fill-rollups.ts'
import type { Finding } from './finding.ts'
import { namedBytes } from './named-bytes.ts'

/** A recording that the store says we hold, and the tenant whose it is. */
export interface KeptRecording extends HeldRecording {
  readonly tenant: string
  /** There is such an engagement. */
  readonly placed: boolean
}

export interface StoreCheck {
  /** All that is wrong with the database, as of one moment; no writer waits for it. @throws the signal's reason once it is aborted */
  findings(signal: AbortSignal): Promise<readonly Finding[]>
  /** All recordings, read a few at a time. */
  recordings(): AsyncIterable<KeptRecording>
  /** Names of all tenants. */
  tenants(): Promise<readonly string[]>
  /**
   * Which bytes rows of a tenant name, those that have yet to go included: what was committed by the time of asking. It costs
   * a walk over its recordings, however few are asked for.
   * @param sha256s of the bytes that are asked for; absent: all
   */
  named(tenant: string, sha256s?: readonly string[]): AsyncIterable<HeldBytes>
  /** Makes anew, from the rows and in one transaction, what the findings name. @returns what was done, in words */
  repair(findings: readonly Finding[], signal: AbortSignal): Promise<readonly string[]>
}

export interface CheckedEngine {
  /** Where repairs are written, and recordings read. */
  readonly db: Kysely<Tables>
  /** Reads as of one moment, without keeping anybody from writing. */
  snapshot<Read>(read: (db: Kysely<Tables>) => Promise<Read>): Promise<Read>
  /** What the engine itself finds wrong with its files. */
  damages(db: Kysely<Tables>): Promise<readonly string[]>
}

const recordingsAtOnce = 500

export function createStoreCheck({ db, snapshot, damages }: CheckedEngine): StoreCheck {
  return {
    findings: (signal) =>
      snapshot(async (read) => {
        const findings: Finding[] = (await damages(read)).map((text) => ({
          text: `The database is damaged: ${text}`,
          repair: undefined,
        }))
        const tenants = await read.selectFrom('tenant').select(['key', 'name']).orderBy('name').execute()
        for (const tenant of tenants) {
          for (const status of [1, 0, 2] as const) {
            signal.throwIfAborted()
            findings.push(
              ...(await checkDays(read, tenant, status)),
              ...(await checkUnplaced(read, tenant, status)),
              ...(await checkDurationParts(read, tenant, status)),
            )
          }
          findings.push(...(await checkPeople(read, tenant, signal)))
        }
        return findings
      }),

    async *recordings() {
      for (let last = { tenant: -1, id: '' }; ; ) {
        const rows = await db
          .selectFrom('recording as r')
          .innerJoin('tenant as t', 't.key', 'r.tenant')
          .select(['r.tenant', 't.name', 'r.id', 'r.media_type', 'r.size', 'r.sha256'])
          .select((eb) =>
            eb
              .exists(
                eb
                  .selectFrom('engagement as e')
                  .select('e.key')
                  .whereRef('e.tenant', '=', 'r.tenant')
                  .where('e.id', '=', sql<Uint8Array>`short_id(r.engagement_id)`),
              )
              .as('placed'),
          )
          .where((eb) =>
            eb.or([
              eb('r.tenant', '>', last.tenant),
              eb.and([eb('r.tenant', '=', last.tenant), eb('r.id', '>', last.id)]),
            ]),
          )
          .orderBy('r.tenant')
          .orderBy('r.id')
          .limit(recordingsAtOnce)
          .execute()
        for (const { name, id, media_type: mediaType, size, sha256, placed } of rows)
          yield { tenant: name, id, mediaType, size: Number(size), sha256, placed: Boolean(placed) }
        const end = rows.at(-1)
        if (end === undefined) return
        last = { tenant: end.tenant, id: end.id }
      }
    },

    async tenants() {
      const rows = await db.selectFrom('tenant').select('name').execute()
      return rows.map(({ name }) => name)
    },

    async *named(tenant, sha256s) {
      const row = await db.selectFrom('tenant').select('key').where('name', '=', tenant).executeTakeFirst()
      if (row === undefined) return
      const list = JSON.stringify(sha256s)
      const among = sha256s && sql`and sha256 in (select value from json_each(${list}))`
      // In the order in which rows lie, and by no index: looking each of them up takes four times as long.
      yield* namedBytes<HeldBytes & { readonly place: number }>(({ name, id }, last, most) =>
        sql<HeldBytes & { readonly place: number }>`select rowid as place, ${id} as id, sha256 from ${name}
          where +tenant = ${row.key} and rowid > ${last?.place ?? 0} ${among ?? sql``}
          order by rowid limit ${most}`.execute(db),
      )
    },

    repair: (findings, signal) =>
      db.transaction().execute(async (write) => {
        const done: string[] = []
        if (findings.some(({ repair }) => repair === 'people')) {
          await repairPeople(write, signal)
          done.push('Made the rows of participants and people anew from the documents')
        }
        if (findings.some(({ repair }) => repair === 'rollups')) {
          for (const table of ['start_day', 'unplaced', 'duration_part'] as const)
            await write.deleteFrom(table).execute()
          await fillRollups(write)
          done.push('Counted days, engagements without a start, and parts of durations anew from the rows')
        }
        // Servers keep what they have read for as long as the version stays.
        if (done.length > 0)
          await write
            .updateTable('tenant')
            .set((eb) => ({ version: eb('version', '+', 1) }))
            .execute()
        return done
      }),
  }
}
