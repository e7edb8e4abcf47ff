/** Which columns are shown, in which order, how wide and how close: kept on this device, unless the address says which. */
import * as z from 'zod/mini'
import { isTableColumn, type TableColumn, tableColumns } from '../../../contract/query/column-list.ts'
import { createKept, parseKept } from '../../ui/kept.ts'

export const keptColumns = createKept('hindsight.columns')

export const narrowestPx = 60
export const widestPx = 600

export interface ColumnChoice {
  /** All there are, those that are not shown as well. */
  readonly order: readonly TableColumn[]
  readonly hidden: readonly TableColumn[]
  /** Absent: as wide as its text, up to the table's own measure. */
  readonly widthsPx: Partial<Readonly<Record<TableColumn, number>>>
  readonly density: 'comfortable' | 'compact'
}

export const ownColumns: ColumnChoice = {
  order: tableColumns,
  hidden: [],
  widthsPx: {},
  density: 'comfortable',
}

const name = z.enum(tableColumns)
const kept = z.object({
  order: z.array(name),
  hidden: z.array(name),
  widthsPx: z.partialRecord(name, z.number().check(z.minimum(narrowestPx), z.maximum(widestPx))),
  density: z.enum(['comfortable', 'compact']),
})

/** @param inLink what the address shows; it wins over what is kept */
export function readColumns(
  text: string | undefined,
  inLink: readonly TableColumn[] | undefined,
): ColumnChoice {
  const read = kept.safeParse(parseKept(text))
  // A table without columns would have no way back for those who cannot see that one is missing.
  const some = read.success && tableColumns.some((column) => !read.data.hidden.includes(column))
  const own = some ? { ...read.data, order: completed(read.data.order) } : ownColumns
  return inLink === undefined ? own : withShown(own, inLink)
}

export function keepColumns(choice: ColumnChoice): void {
  keptColumns.write(JSON.stringify(choice))
}

/** Widths are the device's, whatever the address shows. */
export function keepWidth(column: TableColumn, widthPx: number | undefined): void {
  keepColumns(widenColumn(readColumns(keptColumns.read(), undefined), column, widthPx))
}

export function shownColumns({ order, hidden }: ColumnChoice): readonly TableColumn[] {
  return order.filter((column) => !hidden.includes(column))
}

/** Exactly these are shown, in this order. */
export function withShown(choice: ColumnChoice, shown: readonly TableColumn[]): ColumnChoice {
  return { ...choice, order: completed(shown), hidden: tableColumns.filter((one) => !shown.includes(one)) }
}

/** One place earlier (-1) or later (1); the first and the last stay where they are. */
export function moveColumn(choice: ColumnChoice, column: TableColumn, step: -1 | 1): ColumnChoice {
  const at = choice.order.indexOf(column)
  const to = at + step
  if (at < 0 || to < 0 || to >= choice.order.length) return choice
  const order = choice.order.toSpliced(at, 1).toSpliced(to, 0, column)
  return { ...choice, order }
}

/** At least one stays. */
export function showColumn(choice: ColumnChoice, column: TableColumn, to: boolean): ColumnChoice {
  const others = choice.hidden.filter((one) => one !== column)
  const hidden = to ? others : [...others, column]
  return hidden.length === tableColumns.length ? choice : { ...choice, hidden }
}

export function widenColumn(
  choice: ColumnChoice,
  column: TableColumn,
  widthPx: number | undefined,
): ColumnChoice {
  const { [column]: _, ...others } = choice.widthsPx
  return { ...choice, widthsPx: widthPx === undefined ? others : { ...others, [column]: widthPx } }
}

/** Columns that a kept choice does not know yet go last. */
function completed(order: readonly string[]): readonly TableColumn[] {
  const known = [...new Set(order.filter(isTableColumn))]
  return [...known, ...tableColumns.filter((column) => !known.includes(column))]
}
