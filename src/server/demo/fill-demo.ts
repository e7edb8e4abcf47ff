/** Writes the demo tenant into a store; doing it again refreshes what goes by the clock and changes nothing else. */
import { pathOf, routes } from '../../contract/routes.ts'
import { fileHold } from '../media/file-hold.ts'
import type { HeldMedia } from '../media/held-media.ts'
import { AccountExists, type Accounts } from '../store/accounts.ts'
import type {
  BatchCounts,
  EngagementWriter,
  HeldRecording,
  IncomingEngagement,
} from '../store/engagement-writer.ts'
import { conversationFile } from './conversations.ts'
import { demoAccount, demoAdmin } from './demo-account.ts'
import { type DemoEngagement, demoEngagements } from './demo-engagements.ts'

interface DemoTarget {
  readonly writer: EngagementWriter
  readonly accounts: Accounts
  readonly media: HeldMedia
  readonly nowMs: number
}

const { tenant } = demoAccount
const batchRows = 2000

export async function fillDemo({ writer, accounts, media, nowMs }: DemoTarget): Promise<BatchCounts> {
  for (const account of [demoAccount, demoAdmin]) {
    await accounts.add(account).catch((error: unknown) => {
      if (!(error instanceof AccountExists)) throw error
    })
  }
  const total = { added: 0, changed: 0, unchanged: 0 }
  let batch: IncomingEngagement[] = []
  const hold = fileHold(writer)
  const flush = async () => {
    const { added, changed, unchanged } = await writer.write(tenant, batch)
    hold.end()
    total.added += added
    total.changed += changed
    total.unchanged += unchanged
    batch = []
  }
  try {
    for (const made of demoEngagements(nowMs)) {
      if (made.files.length > 0) await hold.begin()
      batch.push(await withRecordings(made, media))
      if (batch.length === batchRows) await flush()
    }
    await flush()
    return total
  } finally {
    hold.end()
  }
}

async function withRecordings(
  { call, files }: DemoEngagement,
  media: HeldMedia,
): Promise<IncomingEngagement> {
  if (files.length === 0) return { engagement: call, held: [] }
  const held: HeldRecording[] = []
  for (const file of files) held.push(await media.takeIn(tenant, call.id, file, conversationFile(file)))
  const recordings = call.recordings?.map((recording, index) => ({
    ...recording,
    uri: pathOf(routes.recording, { tenant, recordingId: held[index]?.id ?? '' }),
  }))
  return { engagement: { ...call, recordings }, held }
}
