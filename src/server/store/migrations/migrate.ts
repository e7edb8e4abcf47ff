/** Brings a database to the present schema. */
import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Tables } from '../schema.ts'
import { firstTables } from './0001-first-tables.ts'
import { startDays } from './0002-start-days.ts'
import { coveredRanges } from './0003-covered-ranges.ts'
import { auditTable } from './0004-audit.ts'
import { endedAccess } from './0005-ended-access.ts'
import { removedRecordings } from './0006-removed-recordings.ts'
import { tenantVersions } from './0007-tenant-versions.ts'
import { arrivals } from './0008-arrivals.ts'
import { removedFiles } from './0009-removed-files.ts'
import { savedViews } from './0011-saved-views.ts'
import { startHours } from './0012-start-hours.ts'
import { syncState } from './0013-sync-state.ts'
import { rollups } from './0014-rollups.ts'
import { signInFailures } from './0015-sign-in-failures.ts'
import { leanerRows } from './0016-leaner-rows.ts'
import { documentsApart } from './0017-documents-apart.ts'
import { longEngagements } from './0018-long-engagements.ts'

/** In the order of their names. A database that knows more than these was written by a newer Hindsight: refused. */
const migrations = {
  '0001-first-tables': firstTables,
  '0002-start-days': startDays,
  '0003-covered-ranges': coveredRanges,
  '0004-audit': auditTable,
  '0005-ended-access': endedAccess,
  '0006-removed-recordings': removedRecordings,
  '0007-tenant-versions': tenantVersions,
  '0008-arrivals': arrivals,
  '0009-removed-files': removedFiles,
  '0011-saved-views': savedViews,
  '0012-start-hours': startHours,
  '0013-sync-state': syncState,
  '0014-rollups': rollups,
  '0015-sign-in-failures': signInFailures,
  '0016-leaner-rows': leanerRows,
  '0017-documents-apart': documentsApart,
  '0018-long-engagements': longEngagements,
}

/**
 * @param upTo the last migration to run, for tests of upgrades; absent: all
 * @throws when a migration fails, or the database is of a newer version; nothing is half done then
 */
export async function migrate(db: Kysely<Tables>, upTo?: keyof typeof migrations): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo))
  if (error !== undefined) {
    throw new Error('The database could not be brought to the present schema', { cause: error })
  }
}
