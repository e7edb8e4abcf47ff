/** A small history with everything in it that a copy could lose. */
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { pathOf, routes } from '../../contract/routes.ts'
import { openMediaFolder } from '../media/media-folder.ts'
import type { Store } from '../store/store.ts'
import { type OracleRow, rowArbitrary } from './engagement-oracle.ts'

/** In Premier. */
export const person = { email: 'ana@x.example', password: 'correct horse battery' }
export const formerPerson = { email: 'gone@x.example', password: 'another password' }
export const oddTenants = ['Premier', 'Beta', 'Staffed'] as const

const batchRows = 10
const day = 86_400_000

/** @param folder of the recordings */
export async function writeOddHistory(store: Store, folder: string): Promise<void> {
  await writeRows(store)
  await writeRecordings(store, folder)
  await writePeople(store)
  await writeSync(store)
  writeAudit(store)
}

/** Two tenants take turns, so that neither has all keys in a row; then some change and some go, the newest among them. */
async function writeRows({ writer }: Store): Promise<void> {
  const unique = { minLength: 90, maxLength: 90, selector: ({ id }: OracleRow) => id }
  const [sampled = []] = fc.sample(fc.uniqueArray(rowArbitrary, unique), { numRuns: 1, seed: 11 })
  const rows: readonly OracleRow[] = [...sampled, ...oddRows]
  for (let at = 0; at < rows.length; at += batchRows) {
    const batch = rows.slice(at, at + batchRows).map((engagement) => ({ engagement, held: [] }))
    await writer.write('Premier', batch)
    if (at % 20 === 0) await writer.write('Beta', batch.slice(0, 7))
  }
  const long = ['a', 'b', 'c'].map((id) => ({ ...plain, id: `long ${id}`, reason: id.repeat(600_000) }))
  await writer.write(
    'Beta',
    long.map((engagement) => ({ engagement, held: [] })),
  )
  const changed = rows.slice(20, 40).map((row) => ({ ...row, status: 'successful', duration: 77 }))
  await writer.write(
    'Premier',
    changed.map((engagement) => ({ engagement, held: [] })),
  )
  const removal = { atMs: Date.now(), subject: person.email, address: '127.0.0.1' }
  for (const { id } of [...rows.slice(50, 60), ...rows.slice(-1)]) await writer.remove('Premier', id, removal)
}

const plain = { associateInitiated: false }
const oddRows: readonly OracleRow[] = [
  { ...plain, id: 'nul \u0000 in it', status: 'successful', users: [{ uri: 'n\u0000ul@x.example' }] },
  { ...plain, id: '\u0001\u0002', status: 'successful', reason: '\u0000\u0001' },
  { ...plain, id: 'half \ud800', status: 'unsuccessful', users: [{ uri: 'half\udc00@x.example' }] },
  { ...plain, id: '😀', status: '', startDate: '1969-12-31T23:59:59Z', duration: 0.125 },
  {
    ...plain,
    id: 'unknown fields',
    status: 'successful',
    7: 'seven',
    nested: { b: [1e21, null] },
  } as OracleRow,
  { ...plain, id: 'newest', status: 'successful' },
]

/** One that is there, one whose bytes are others now, and one that went with its engagement. */
async function writeRecordings({ writer }: Store, folder: string): Promise<void> {
  const media = openMediaFolder(folder)
  const header = Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex')
  const record = async (id: string) => {
    const file = path.join(folder, 'taken.webm')
    await writeFile(file, Buffer.concat([header, randomBytes(100)]))
    const held = await media.takeIn('Premier', id, 'taken.webm', file)
    const uri = pathOf(routes.recording, { tenant: 'Premier', recordingId: held.id })
    const engagement = { ...plain, id, status: 'successful', recordings: [{ uri }] }
    await writer.write('Premier', [{ engagement, held: [held] }])
  }
  for (const id of ['kept', 'replaced', 'replaced', 'removed']) await record(id)
  await writer.remove('Premier', 'removed', { atMs: Date.now(), subject: undefined, address: '::1' })
}

async function writePeople({ accounts, views }: Store): Promise<void> {
  for (const one of [person, formerPerson])
    await accounts.add({ tenant: 'Premier', role: 'supervisor', ...one })
  await accounts.add({ tenant: 'Staffed', role: 'admin', ...person })
  await accounts.setPassword('Staffed', person.email, 'a second password')
  await accounts.disable('Premier', formerPerson.email)
  await accounts.addClient('Beta', 'exporter', 'a secret of a program')
  await accounts.addClient('Beta', 'revoked', 'a secret of another')
  await accounts.revokeClient('Beta', 'revoked')
  const deed = { atMs: Date.now(), by: person.email }
  const content = { format: 1, parameters: [{ name: 'status', values: ['all'] }] }
  await views.create('Premier', 'one', { ...content, name: 'Refused Čalls' }, deed)
  const made = await views.create('Premier', 'two', { ...content, name: 'Two' }, deed)
  if (made.kind !== 'done') throw new Error('No view was made')
  const later = { atMs: deed.atMs + 5, by: 'ben@x.example' }
  await views.replace('Premier', 'two', made.view.revision, { ...content, name: 'Two, changed' }, later)
}

async function writeSync({ writer }: Store): Promise<void> {
  const key = { tenant: 'Beta', scope: 'host \u0000 2026', status: 'successful' } as const
  await writer.write(
    'Beta',
    [],
    [
      { kind: 'put', key, state: { wholeMs: undefined, underWay: { begunMs: day, reachedMs: 2 * day } } },
      { kind: 'put', key: { ...key, status: 'unsuccessful' }, state: { wholeMs: 5, underWay: undefined } },
      { kind: 'note-gap', key, gap: { fromMs: day, toMs: day + 999 }, notedMs: 3 },
    ],
  )
}

/** Several of the same moment, which only their order tells apart. */
function writeAudit({ audit }: Store): void {
  const common = { tenant: 'Premier', address: '::1', action: 'list' } as const
  for (const target of ['status=all', 'odd \u0000', undefined, 'b', 'a'])
    audit.record({ ...common, atMs: 1_780_000_000_000, subject: undefined, target })
  audit.record({ ...common, tenant: 'Beta', atMs: 1, subject: 'exporter', target: undefined })
  audit.record({ ...common, tenant: 'Beta', atMs: 1, subject: 'exporter', target: undefined })
}
