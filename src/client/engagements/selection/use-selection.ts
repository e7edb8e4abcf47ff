import { useRef, useState } from 'react'
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { nothing, rowsBetween, type Selection, select } from './select.ts'

export interface SelectionState {
  readonly selection: Selection
  /** One row; or, with `through`, all from the one before it that was touched. */
  toggle(engagement: EngagementV1, rows: readonly EngagementV1[], through: boolean): void
  set(engagements: readonly EngagementV1[], to: boolean): void
  clear(): void
}

export function useSelection(): SelectionState {
  const [selection, setSelection] = useState(nothing)
  const touched = useRef<string>(undefined)
  return {
    selection,
    toggle(engagement, rows, through) {
      const { id = '' } = engagement
      const also = through ? rowsBetween(rows, touched.current, id) : [engagement]
      touched.current = id
      setSelection((before) => select(before, also, !before.has(id)))
    },
    set: (engagements, to) => setSelection((before) => select(before, engagements, to)),
    clear: () => setSelection(nothing),
  }
}
