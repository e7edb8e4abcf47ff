/** What a batch changes, found out before anything of it is written. */
import { writeEngagement } from '../../../../contract/representation/json.ts'
import type { BatchCounts, IncomingEngagement } from '../../engagement-writer.ts'
import { type Columns, columnsOf, participants } from '../../sortable-columns.ts'
import { type DurationChanges, gatherDurationChanges } from './duration-counts.ts'
import { gatherStartChanges, type StartChanges } from './start-counts.ts'

/** An engagement as it is to be, or as it is. */
export interface Version {
  readonly key: number
  readonly doc: string
  readonly columns: Columns
  readonly people: ReadonlySet<string>
}

export interface Changes {
  readonly counts: BatchCounts
  readonly before: ReadonlyMap<string, Version>
  /** By id, those that are other than before. */
  readonly after: ReadonlyMap<string, Version>
  readonly lastKey: number
  readonly starts: StartChanges
  readonly durations: DurationChanges
}

export function versionOf(key: number, doc: string): [string, Version] {
  const engagement: IncomingEngagement['engagement'] = JSON.parse(doc)
  const columns = columnsOf(engagement)
  return [idOf(engagement), { key, doc, columns, people: peopleOf(engagement) }]
}

/** As the database knows it: in UTF-8, which has no halves of characters. */
export function idOf({ id }: IncomingEngagement['engagement']): string {
  return id.toWellFormed()
}

function peopleOf(engagement: IncomingEngagement['engagement']): ReadonlySet<string> {
  return new Set([...participants(engagement)].map((email) => email.toWellFormed()))
}

/** One after the other, as if each had been written by itself: an id twice in a batch is added, then changed. */
export function changesOf(
  batch: readonly IncomingEngagement[],
  before: ReadonlyMap<string, Version>,
  lastKey: number,
): Changes {
  const counts = { added: 0, changed: 0, unchanged: 0 }
  const after = new Map<string, Version>()
  const [starts, durations] = [gatherStartChanges(), gatherDurationChanges()]
  let newest = lastKey
  for (const { engagement, moved } of batch) {
    const doc = moved?.doc ?? writeEngagement(engagement)
    const columns = columnsOf(engagement)
    const id = idOf(engagement)
    const known = after.get(id) ?? before.get(id)
    if (known?.doc === doc) {
      counts.unchanged++
      continue
    }
    if (known === undefined) counts.added++
    else {
      counts.changed++
      starts.add(known.columns, -1)
      durations.add(known.columns, -1)
    }
    starts.add(columns, 1)
    durations.add(columns, 1)
    const key = known?.key ?? moved?.key ?? ++newest
    after.set(id, { key, doc, columns, people: peopleOf(engagement) })
  }
  return { counts, before, after, lastKey: newest, starts, durations }
}
