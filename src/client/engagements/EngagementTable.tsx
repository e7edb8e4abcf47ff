import { useTable } from '@tanstack/react-table'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import {
  type CSSProperties,
  Fragment,
  lazy,
  Suspense,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { isTableColumn, type TableColumn } from '../../contract/query/column-list.ts'
import type { EngagementSort } from '../../contract/query/engagement-query.ts'
import { columnsTexts } from '../texts/en/columns.ts'
import { pageTexts } from '../texts/en/page.ts'
import { zoneAbbreviation } from '../time/zone.ts'
import { loadedPart } from '../ui/loaded-part.tsx'
import { keepWidth, keptColumns, readColumns, shownColumns } from './columns/column-choice.ts'
import { columnsOf, features } from './columns.tsx'
import styles from './EngagementTable.module.css'
import { useRow } from './row-context.ts'
import { detailId } from './row-ids.ts'
import { SelectPage } from './selection/SelectPage.tsx'
import { semantics } from './table-semantics.ts'

const WidthHandle = lazy(async () => {
  try {
    return { default: (await import('./columns/WidthHandle.tsx')).WidthHandle }
  } catch {
    // The rows are worth more than their handles: the columns' dialog sizes them too.
    return { default: () => <></> }
  }
})
const loadDetail = () => import('./RowDetail.tsx')
const RowDetail = loadedPart(async () => (await loadDetail()).RowDetail, {
  what: () => pageTexts().rowDetail,
})
/** Whoever comes to the rows may open one; where it cannot be loaded, the opened row says so. */
export const expectDetail = () => void loadDetail().catch(() => undefined)

interface EngagementTableProps {
  readonly engagements: readonly EngagementV1[]
  readonly sort: EngagementSort
  readonly zone: string
  /** The rows are those of the last query while the next is on its way. */
  readonly dimmed: boolean
  /** The columns that the address asks for; undefined: as this device has them. */
  readonly shown: readonly TableColumn[] | undefined
  onSort(sort: EngagementSort): void
  onSelectAll(to: boolean): void
}

/** The two columns the API can sort by, and its names for their directions. */
const sortable: Readonly<Record<string, { readonly down: EngagementSort; readonly up: EngagementSort }>> = {
  started: { down: 'newest', up: 'oldest' },
  duration: { down: 'longest', up: 'shortest' },
}

export function EngagementTable(props: EngagementTableProps) {
  const { engagements, sort, zone, dimmed, shown, onSort, onSelectAll } = props
  // The checkbox and the expander have no name.
  const columnLabels: Readonly<Record<string, string>> = columnsTexts()
  const texts = pageTexts()
  const { openId, selection } = useRow()
  const kept = useSyncExternalStore(keptColumns.subscribe, keptColumns.read)
  const choice = useMemo(() => readColumns(kept, shown), [kept, shown])
  const columns = useMemo(() => columnsOf(shownColumns(choice)), [choice])
  const { widthsPx, density } = choice
  const [drag, setDrag] = useState<{ readonly column: TableColumn; readonly widthPx: number }>()
  const sized = (column: string) => {
    const chosenPx = isTableColumn(column) ? widthsPx[column] : undefined
    const widthPx = column === drag?.column ? drag.widthPx : chosenPx
    return widthPx === undefined ? undefined : ({ '--column': `${widthPx}px` } as CSSProperties)
  }
  // Synchronises the scroll: a row that closes above takes its height along, and the pressed one stays under the pointer. Where
  // the browser has seen to that by itself, or somebody has scrolled since, nothing is to be done.
  const pressed = useRef<{ readonly row: Element; readonly top: number; readonly y: number }>(undefined)
  useLayoutEffect(() => {
    const last = pressed.current
    pressed.current = undefined
    if (openId !== undefined && last?.row.isConnected && last.y === scrollY)
      scrollBy(0, last.row.getBoundingClientRect().top - last.top)
  }, [openId])
  const table = useTable({
    features,
    columns,
    data: engagements,
    getRowId: (engagement, index) => engagement.id ?? `row ${index}`,
  })
  const zoneName = useMemo(() => {
    const starts = engagements.flatMap(({ startDate }) => (startDate ? Date.parse(startDate) : []))
    return zoneAbbreviation(zone, ...(starts.length > 0 ? starts : [Date.now()]))
  }, [engagements, zone])

  return (
    <div ref={watchFit} className={styles.scroll}>
      <table
        className={`${styles.table} ${dimmed ? styles.dimmed : ''} ${density === 'compact' ? styles.compact : ''}`}
        {...semantics.table}
      >
        <caption className="visually-hidden">{texts.engagements}</caption>
        <thead {...semantics.group}>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} {...semantics.row}>
              {group.headers.map(({ column }) => {
                const order = sortable[column.id]
                const name = isTableColumn(column.id) ? column.id : undefined
                const label = name === 'started' ? texts.started(zoneName) : columnLabels[column.id]
                return (
                  <th
                    key={column.id}
                    scope="col"
                    // Without it, the handle's name would be part of the header's, which is read with every cell.
                    aria-label={label}
                    className={styles[column.id]}
                    style={sized(column.id)}
                    aria-sort={
                      sort === order?.down ? 'descending' : sort === order?.up ? 'ascending' : undefined
                    }
                    {...semantics.header}
                  >
                    {order ? (
                      <SortButton label={label ?? column.id} order={order} sort={sort} onSort={onSort} />
                    ) : (
                      (label ??
                      (column.id === 'select' ? (
                        <SelectPage
                          engagements={engagements}
                          selection={selection}
                          onSelect={(to) => onSelectAll(to)}
                        />
                      ) : (
                        <span className="visually-hidden">{texts.details}</span>
                      )))
                    )}
                    {name !== undefined && (
                      <Suspense>
                        <WidthHandle
                          label={columnLabels[name] ?? name}
                          widthPx={widthsPx[name]}
                          onDraw={(widthPx) =>
                            setDrag(widthPx === undefined ? undefined : { column: name, widthPx })
                          }
                          onChoose={(widthPx) => keepWidth(name, widthPx)}
                        />
                      </Suspense>
                    )}
                  </th>
                )
              })}
            </tr>
          ))}
        </thead>
        <tbody
          onPointerEnter={expectDetail}
          onFocus={expectDetail}
          onClickCapture={({ target }) => {
            const row = target instanceof Element && target.closest('tr')
            if (row) pressed.current = { row, top: row.getBoundingClientRect().top, y: scrollY }
          }}
          {...semantics.group}
        >
          {table.getRowModel().rows.map((row) => {
            const open = row.original.id !== undefined && row.original.id === openId
            return (
              <Fragment key={row.id}>
                <tr
                  className={`${open ? styles.open : ''} ${row.original.id !== undefined && selection.has(row.original.id) ? styles.selected : ''}`}
                  {...semantics.row}
                >
                  {row.getAllCells().map((cell) => (
                    <td
                      key={cell.id}
                      className={styles[cell.column.id]}
                      style={sized(cell.column.id)}
                      data-label={columnLabels[cell.column.id]}
                      {...semantics.cell}
                    >
                      <table.FlexRender cell={cell} />
                    </td>
                  ))}
                </tr>
                {open && (
                  <tr className={styles.detail} id={detailId(row.original.id)} {...semantics.row}>
                    <td colSpan={columns.length} {...semantics.cell}>
                      <RowDetail engagement={row.original} />
                    </td>
                  </tr>
                )}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

interface SortButtonProps {
  readonly label: string
  readonly order: { readonly down: EngagementSort; readonly up: EngagementSort }
  readonly sort: EngagementSort
  onSort(sort: EngagementSort): void
}

function SortButton({ label, order, sort, onSort }: SortButtonProps) {
  const Arrow = sort === order.down ? ArrowDown : sort === order.up ? ArrowUp : ChevronsUpDown
  const next = sort === order.down ? order.up : order.down
  return (
    <button
      type="button"
      className={styles.sort}
      title={pageTexts().sortBy(next)}
      onClick={() => onSort(next)}
    >
      {label}
      <Arrow size={13} aria-hidden />
    </button>
  )
}

/** A box that scrolls keeps the header from sticking to the window: it scrolls only while the columns do not fit. */
function watchFit(box: HTMLElement | null): (() => void) | undefined {
  if (box === null) return undefined
  const watch = new ResizeObserver(() => {
    box.dataset.fits = String(box.scrollWidth <= box.clientWidth)
  })
  for (const one of [box, ...box.children]) watch.observe(one)
  return () => watch.disconnect()
}
