/** The table's columns, each cell by name. */
import {
  columnOrderingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
} from '@tanstack/react-table'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { waitText } from '../time/amounts.ts'
import { DurationCell } from './cells/DurationCell.tsx'
import { ExpanderCell } from './cells/ExpanderCell.tsx'
import { OutcomeCell } from './cells/OutcomeCell.tsx'
import { AssociateCell, CustomerCell } from './cells/PeopleCell.tsx'
import { RecordingsCell } from './cells/RecordingsCell.tsx'
import { SelectCell } from './cells/SelectCell.tsx'
import { StartedCell } from './cells/StartedCell.tsx'

export const features = tableFeatures({ columnOrderingFeature, columnVisibilityFeature })

const helper = createColumnHelper<typeof features, EngagementV1>()

export const columns = helper.columns([
  helper.display({ id: 'select', cell: ({ row }) => <SelectCell engagement={row.original} /> }),
  helper.display({ id: 'expander', cell: ({ row }) => <ExpanderCell engagement={row.original} /> }),
  helper.display({
    id: 'started',
    header: 'Started',
    cell: ({ row }) => <StartedCell engagement={row.original} />,
  }),
  helper.display({
    id: 'duration',
    header: 'Duration',
    cell: ({ row }) => <DurationCell engagement={row.original} />,
  }),
  helper.display({
    id: 'customer',
    header: 'Customer',
    cell: ({ row }) => <CustomerCell engagement={row.original} />,
  }),
  helper.display({
    id: 'associate',
    header: 'Associate',
    cell: ({ row }) => <AssociateCell engagement={row.original} />,
  }),
  helper.display({ id: 'team', header: 'Team', cell: ({ row }) => row.original.assignedTeam ?? '-' }),
  helper.display({
    id: 'waited',
    header: 'Waited',
    cell: ({ row }) => (row.original.pendingTime === undefined ? '-' : waitText(row.original.pendingTime)),
  }),
  helper.display({
    id: 'outcome',
    header: 'Outcome',
    cell: ({ row }) => <OutcomeCell engagement={row.original} />,
  }),
  helper.display({
    id: 'recordings',
    header: 'Recordings',
    cell: ({ row }) => <RecordingsCell engagement={row.original} />,
  }),
])

/** What the cards of a narrow screen call each value; the checkbox and the expander need no name. */
export const columnLabels: Readonly<Record<string, string>> = {
  started: 'Started',
  duration: 'Duration',
  customer: 'Customer',
  associate: 'Associate',
  team: 'Team',
  waited: 'Waited',
  outcome: 'Outcome',
  recordings: 'Recordings',
}
