/** What the cells of a row need beside the engagement itself. */
import { createContext, use } from 'react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import type { Selection } from './selection/select.ts'

export interface RowActions {
  readonly tenant: string
  readonly zone: string
  /** The longest duration on the page, which each bar is set against. */
  readonly longestSeconds: number
  readonly openId: string | undefined
  readonly playing: string | undefined
  readonly selection: Selection
  toggle(id: string): void
  /** @param through all rows from the one that was touched before */
  select(engagement: EngagementV1, through: boolean): void
  /** @param recording counted from 1 */
  play(id: string, recording: number): void
  filterBy(email: string): void
}

export const RowContext = createContext<RowActions | undefined>(undefined)

export function useRow(): RowActions {
  const actions = use(RowContext)
  if (actions === undefined) throw new Error('A cell stands outside the list')
  return actions
}
