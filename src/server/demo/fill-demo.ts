/** Writes the demo tenant into a store; doing it again refreshes what goes by the clock and changes nothing else. */
import { pathOf, routes } from '../../contract/routes.ts'
import { commitHeld, type TakenIn } from '../media/commit-held.ts'
import type { HeldMedia } from '../media/held-media.ts'
import { AccountExists } from '../store/accounts.ts'
import type { BatchCounts, HeldRecording } from '../store/engagement-writer.ts'
import type { Store } from '../store/store.ts'
import { conversationFile } from './conversations.ts'
import { demoAccount, demoAdmin } from './demo-account.ts'
import { type DemoEngagement, demoEngagements } from './demo-engagements.ts'

type DemoStore = Pick<Store, 'writer' | 'accounts' | 'findRecording'>

const { tenant } = demoAccount
const batchRows = 2000

export async function fillDemo(
  { accounts, writer, findRecording }: DemoStore,
  media: HeldMedia,
  nowMs: number,
): Promise<BatchCounts> {
  for (const account of [demoAccount, demoAdmin]) {
    await accounts.add(account).catch((error: unknown) => {
      if (!(error instanceof AccountExists)) throw error
    })
  }
  const total = { added: 0, changed: 0, unchanged: 0 }
  const again = ({ made }: Row) => withRecordings(made, media)
  let batch: Row[] = []
  const flush = async () => {
    const held = { tenant, writer, media, findRecording, again }
    const { added, changed, unchanged } = await commitHeld(batch, held, (rows) => writer.write(tenant, rows))
    total.added += added
    total.changed += changed
    total.unchanged += unchanged
    batch = []
  }
  for (const made of demoEngagements(nowMs)) {
    batch.push(await withRecordings(made, media))
    if (batch.length === batchRows) await flush()
  }
  await flush()
  return total
}

interface Row extends TakenIn {
  readonly made: DemoEngagement
}

async function withRecordings(made: DemoEngagement, media: HeldMedia): Promise<Row> {
  const { call, files } = made
  if (files.length === 0) return { engagement: call, held: [], known: [], made }
  const held: HeldRecording[] = []
  for (const file of files) held.push(await media.takeIn(tenant, call.id, file, conversationFile(file)))
  const recordings = call.recordings?.map((recording, index) => ({
    ...recording,
    uri: pathOf(routes.recording, { tenant, recordingId: held[index]?.id ?? '' }),
  }))
  return { engagement: { ...call, recordings }, held, known: [], made }
}
