/** Which view of each tenant is the default on this device. It is offered on a bare address, and never applied by itself. */
import * as z from 'zod/mini'
import { createKept, parseKept } from '../../ui/kept.ts'

const choice = z.object({ place: z.enum(['device', 'tenant']), id: z.string() })

type DefaultView = z.infer<typeof choice>

export const keptDefault = createKept('hindsight.default-view')

export function defaultView(text: string | undefined, tenant: string): DefaultView | undefined {
  return all(text)[tenant]
}

/** @param view undefined: none is */
export function setDefaultView(tenant: string, view: DefaultView | undefined): void {
  const { [tenant]: _, ...others } = all(keptDefault.read())
  const next = view === undefined ? others : { ...others, [tenant]: view }
  keptDefault.write(Object.keys(next).length === 0 ? undefined : JSON.stringify(next))
}

function all(text: string | undefined): Readonly<Record<string, DefaultView>> {
  const read = z.record(z.string(), choice).safeParse(parseKept(text))
  return read.success ? read.data : {}
}
