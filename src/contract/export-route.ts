/** Apart from the other routes: its query is longer than all of theirs, and the page’s first load has no use for it. */
import { exportQuery } from './query/export-query.ts'

/** The word stands where a tenant does in the route of one engagement, and wins over it: it is no tenant's key. */
export const exportRoute = {
  path: '/v1/engagements/export/:tenant',
  query: exportQuery,
  doc: 'All engagements that a filter lets through, as a file (ours).',
} as const
