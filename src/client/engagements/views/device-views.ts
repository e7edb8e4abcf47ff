/** Views that were saved on this device. What cannot be read of them is left as it is: a newer version may have written it. */
import * as z from 'zod/mini'
import { type ViewContent, viewContent } from '../../../contract/model/view.ts'
import { viewsTexts } from '../../texts/en/views.ts'
import { createKept, parseKept } from '../../ui/kept.ts'

const entry = z.object({ tenant: z.string(), id: z.string(), content: viewContent })

export interface DeviceView {
  readonly id: string
  readonly content: ViewContent
}

export const keptViews = createKept('hindsight.views')

const mostDeviceViews = 100

/** By name. */
export function deviceViews(text: string | undefined, tenant: string): readonly DeviceView[] {
  return entries(text)
    .flatMap((one) => {
      const read = entry.safeParse(one)
      return read.success && read.data.tenant === tenant ? [read.data] : []
    })
    .toSorted((a, b) => a.content.name.localeCompare(b.content.name))
}

/** @throws Error in words for people: a name that is taken, or too many */
export function saveDeviceView(tenant: string, id: string, content: ViewContent): void {
  const all = entries(keptViews.read())
  const others = deviceViews(keptViews.read(), tenant).filter((view) => view.id !== id)
  const folded = content.name.toLowerCase()
  if (others.some((view) => view.content.name.toLowerCase() === folded))
    throw new Error(viewsTexts().nameTaken(content.name))
  if (others.length >= mostDeviceViews) throw new Error(viewsTexts().tooMany(mostDeviceViews))
  keptViews.write(JSON.stringify([...all.filter((one) => !isOf(one, tenant, id)), { tenant, id, content }]))
}

export function removeDeviceView(tenant: string, id: string): void {
  const all = entries(keptViews.read())
  keptViews.write(JSON.stringify(all.filter((one) => !isOf(one, tenant, id))))
}

function entries(text: string | undefined): readonly unknown[] {
  const value = parseKept(text)
  return Array.isArray(value) ? value : []
}

function isOf(one: unknown, tenant: string, id: string): boolean {
  const read = z.object({ tenant: z.literal(tenant), id: z.literal(id) }).safeParse(one)
  return read.success
}
