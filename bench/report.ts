/** The table that a run prints. */

export interface Figure {
  readonly name: string
  readonly measured: number
  /** `at least` or `at most` this; absent: told for comparison only. */
  readonly bound?: { readonly kind: 'at least' | 'at most'; readonly value: number }
  readonly remark?: string
}

export function reached({ measured, bound }: Figure): boolean {
  if (bound === undefined) return true
  return bound.kind === 'at least' ? measured >= bound.value : measured <= bound.value
}

export function printReport(figures: readonly Figure[], write: (text: string) => void): void {
  const rows = [
    ['figure', 'ratio', 'asked', '', 'remark'],
    ...figures.map((figure) => [
      figure.name,
      figure.measured.toFixed(2),
      figure.bound === undefined ? '' : `${figure.bound.kind} ${figure.bound.value}`,
      figure.bound === undefined ? '' : reached(figure) ? 'reached' : 'NOT REACHED',
      figure.remark ?? '',
    ]),
  ]
  printTable(rows, write)
}

/** Rows of as many cells each, as columns. */
export function printTable(rows: readonly (readonly string[])[], write: (text: string) => void): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  for (const row of rows)
    write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    )
}
