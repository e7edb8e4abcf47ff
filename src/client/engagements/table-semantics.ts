/**
 * The roles of a table's parts, said aloud: on a narrow screen the rows become cards by CSS, and browsers drop the roles of
 * table elements that are not displayed as a table.
 */
export const semantics = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  header: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const
