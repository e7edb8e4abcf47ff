/** Which saved view this tab last opened, and the query it stood for: what the button names, and says is changed. */
import { createKept, parseKept } from '../../ui/kept.ts'

/** On this device, or on the server for the whole tenant. */
export type Place = 'device' | 'tenant'

export interface ChosenView {
  readonly tenant: string
  readonly place: Place
  readonly id: string
  readonly name: string
  /** The address's query of the view, as `querySearch` writes it. */
  readonly search: string
  /** What the server called the view's state when it was opened; absent on a device. */
  readonly revision?: string | undefined
}

export const keptChoice = createKept('hindsight.view', 'sessionStorage')

export function readChoice(text: string | undefined, tenant: string): ChosenView | undefined {
  // Written by this tab alone.
  const choice = parseKept(text) as ChosenView | undefined
  return choice?.tenant === tenant ? choice : undefined
}
