/** What an export as a table may show of an engagement, in the order it does unless asked otherwise. */
export const exportColumns = [
  'startDate',
  'endDate',
  'id',
  'duration',
  'contents',
  'customers',
  'associates',
  'otherUsers',
  'recordings',
  'recordingUris',
  'releaseState',
  'status',
  'pendingTime',
  'assignedTeam',
  'associateInitiated',
  'reason',
  'context',
] as const

export type ExportColumn = (typeof exportColumns)[number]
