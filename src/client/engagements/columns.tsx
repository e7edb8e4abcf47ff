/** The table's columns, each cell by name. */
import { createColumnHelper, tableFeatures } from '@tanstack/react-table'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import type { TableColumn } from '../../contract/query/column-list.ts'
import { waitText } from '../time/amounts.ts'
import { GivenText } from '../ui/GivenText.tsx'
import { DurationCell } from './cells/DurationCell.tsx'
import { ExpanderCell } from './cells/ExpanderCell.tsx'
import { OutcomeCell } from './cells/OutcomeCell.tsx'
import { AssociateCell, CustomerCell } from './cells/PeopleCell.tsx'
import { RecordingsCell } from './cells/RecordingsCell.tsx'
import { SelectCell } from './cells/SelectCell.tsx'
import { StartedCell } from './cells/StartedCell.tsx'

/** None beyond the rows themselves: the server sorts and pages, and the columns are chosen before the table has them. */
export const features = tableFeatures({})

const helper = createColumnHelper<typeof features, EngagementV1>()

const columns = helper.columns([
  helper.display({ id: 'select', cell: ({ row }) => <SelectCell engagement={row.original} /> }),
  helper.display({ id: 'expander', cell: ({ row }) => <ExpanderCell engagement={row.original} /> }),
  helper.display({
    id: 'started',
    cell: ({ row }) => <StartedCell engagement={row.original} />,
  }),
  helper.display({
    id: 'duration',
    cell: ({ row }) => <DurationCell engagement={row.original} />,
  }),
  helper.display({
    id: 'customer',
    cell: ({ row }) => <CustomerCell engagement={row.original} />,
  }),
  helper.display({
    id: 'associate',
    cell: ({ row }) => <AssociateCell engagement={row.original} />,
  }),
  helper.display({
    id: 'team',
    cell: ({ row }) => <GivenText longest={60}>{row.original.assignedTeam ?? '-'}</GivenText>,
  }),
  helper.display({
    id: 'waited',
    cell: ({ row }) => (row.original.pendingTime === undefined ? '-' : waitText(row.original.pendingTime)),
  }),
  helper.display({
    id: 'outcome',
    cell: ({ row }) => <OutcomeCell engagement={row.original} />,
  }),
  helper.display({
    id: 'recordings',
    cell: ({ row }) => <RecordingsCell engagement={row.original} />,
  }),
])

/** Those that every row begins with, then the shown ones in their order. */
export function columnsOf(shown: readonly TableColumn[]) {
  return ['select', 'expander', ...shown].flatMap((id) => columns.filter((column) => column.id === id))
}
