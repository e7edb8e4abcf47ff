/** Readers and writers that stand still: nobody waits for them, and no connection to a database does. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

/** More than a pool has connections. */
const slow = 20
let server: RunningServer
let headers: { authorization: string }

beforeAll(async () => {
  server = await startServer()
  headers = await server.bearer('T')
  // More than what lies between two processes.
  const batch = Array.from({ length: 1000 }, (_, n) => ({
    engagement: { id: `call ${n}`, associateInitiated: false, context: randomBytes(6000).toString('base64') },
    held: [],
  }))
  await server.store.writer.write('T', batch)
})
afterAll(() => server.stop())

function begin(request: string): Socket {
  const { hostname, port } = new URL(server.origin)
  const socket = connect(Number(port), hostname)
  socket.write(`${request} HTTP/1.1\r\nHost: h\r\nAuthorization: ${headers.authorization}\r\n`)
  return socket
}

it('answers everybody else', async () => {
  const readers = Array.from({ length: slow }, () => begin('GET /v1/engagements/export/T?status=all'))
  for (const reader of readers) reader.write('\r\n')
  // Its head is there, and the rest is not read.
  await Promise.all(readers.map((reader) => once(reader, 'readable')))
  const halves = Array.from({ length: slow }, (_, n) => begin(`PUT /v1/views/T/view-${n}`))
  for (const half of halves)
    half.write('Content-Type: application/json\r\nIf-None-Match: *\r\nContent-Length: 100\r\n\r\n{"name":')
  const ask = async () =>
    (await fetch(`${server.origin}/v1/engagements/T?status=all&limit=1`, { headers })).status
  const statuses = await Promise.all(Array.from({ length: slow }, ask))
  expect(new Set(statuses)).toEqual(new Set([200]))
  if (server.stores.database !== undefined) {
    const superuser = await server.stores.database.superuser()
    const busy = async () => {
      const { rows } = await superuser.query(`select state from pg_stat_activity
        where usename = current_schema() and application_name like 'hindsight %' and state <> 'idle'`)
      return rows
    }
    await expect.poll(busy).toEqual([])
    await superuser.end()
  }
  // None of them had come to its end.
  expect(readers.filter((reader) => reader.readableEnded || reader.destroyed)).toEqual([])
  for (const socket of [...readers, ...halves]) socket.destroy()
  await expect.poll(ask).toBe(200)
})
