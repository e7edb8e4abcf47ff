/** Which engagements were heard: those played from end to end on this device, unless somebody marked them otherwise. */
import * as z from 'zod/mini'
import { heardWhole } from '../../player/heard.ts'
import { heardStore } from '../../player/heard-store.ts'
import { createKept, parseKept } from '../../ui/kept.ts'

const mark = z.object({
  tenant: z.string(),
  id: z.string(),
  /** Marks from before there were other ones say nothing. */
  heard: z._default(z.boolean(), true),
})

type Mark = z.infer<typeof mark>

export const keptReviewed = createKept('hindsight.reviewed')

/** Beyond them the oldest are forgotten. */
const mostMarks = 5000

/** Tells when a mark or what was heard has changed. */
export function followReviewed(listener: () => void): () => void {
  const ends = [keptReviewed.subscribe(listener), heardStore.subscribe(listener)]
  return () => {
    for (const end of ends) end()
  }
}

/** Those of the ids that were heard. */
export function reviewedOf(tenant: string, ids: readonly string[]): readonly string[] {
  const marked = new Map(
    marks(keptReviewed.read()).flatMap((one) => (one.tenant === tenant ? [[one.id, one.heard]] : [])),
  )
  return ids.filter((id) => marked.get(id) ?? wasPlayed(tenant, id))
}

export function setReviewed(tenant: string, id: string, to: boolean): void {
  const others = marks(keptReviewed.read()).filter((one) => one.tenant !== tenant || one.id !== id)
  // What playing says by itself needs no mark.
  const own = to === wasPlayed(tenant, id) ? [] : [{ tenant, id, heard: to }]
  const next = [...others, ...own].slice(-mostMarks)
  keptReviewed.write(next.length === 0 ? undefined : JSON.stringify(next))
}

function wasPlayed(tenant: string, id: string): boolean {
  const heard = heardStore.heardOf(tenant, id)
  return heard !== undefined && heardWhole(heard.spans, heard.lengthSeconds)
}

function marks(text: string | undefined): readonly Mark[] {
  const value = parseKept(text)
  if (!Array.isArray(value)) return []
  return value.flatMap((one) => {
    const read = mark.safeParse(one)
    return read.success ? [read.data] : []
  })
}
