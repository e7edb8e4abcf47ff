/** What the columns of an exported table are called in its first row. */
import type { ExportColumn } from '../model/export-columns.ts'

export const columnLabels: Readonly<Record<ExportColumn, string>> = {
  startDate: 'Started',
  endDate: 'Ended',
  id: 'Id',
  duration: 'Duration (s)',
  contents: 'Contents',
  customers: 'Customers',
  associates: 'Associates',
  otherUsers: 'Other users',
  recordings: 'Recordings',
  recordingUris: 'Recording addresses',
  releaseState: 'Release state',
  status: 'Status',
  pendingTime: 'Waited (s)',
  assignedTeam: 'Team',
  associateInitiated: 'Started by associate',
  reason: 'Reason',
  context: 'Context',
}
