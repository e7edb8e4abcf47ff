/** Which engagements somebody marked as heard on this device. */
import * as z from 'zod/mini'
import { createKept, parseKept } from '../../ui/kept.ts'

const mark = z.object({ tenant: z.string(), id: z.string() })

type Mark = z.infer<typeof mark>

export const keptReviewed = createKept('hindsight.reviewed')

/** Beyond them the oldest are forgotten. */
const mostMarks = 5000

export function isReviewed(text: string | undefined, tenant: string, id: string): boolean {
  return marks(text).some((one) => one.tenant === tenant && one.id === id)
}

export function setReviewed(tenant: string, id: string, to: boolean): void {
  const others = marks(keptReviewed.read()).filter((one) => one.tenant !== tenant || one.id !== id)
  const next = to ? [...others, { tenant, id }].slice(-mostMarks) : others
  keptReviewed.write(next.length === 0 ? undefined : JSON.stringify(next))
}

function marks(text: string | undefined): readonly Mark[] {
  const value = parseKept(text)
  if (!Array.isArray(value)) return []
  return value.flatMap((one) => {
    const read = mark.safeParse(one)
    return read.success ? [read.data] : []
  })
}
