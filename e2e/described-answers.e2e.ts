/** Every answer that a browser test causes is held to the API's description; this holds the holding. */
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { removeServer, startServer } from './server.ts'
import { expect, test } from './test.ts'

test('a wrong answer of the server fails the test that caused it', async ({ request }) => {
  const server = await startServer(process.env.E2E_FILLED_DATA)
  await server.stop()
  const database = new DatabaseSync(path.join(server.dataDir, 'hindsight.db'))
  database.exec(`update document set doc = '{"id":7}'`)
  database.close()
  await server.start()
  const { origin, tenant, email, password } = server
  const signedIn = await request.post(`${origin}/session`, {
    headers: { origin },
    data: { tenant, email, password },
  })
  expect(signedIn.status()).toBe(200)
  expect((await request.get(`${origin}/v1/engagements/${tenant}`)).status()).toBe(200)
  await expect(removeServer(server)).rejects.toThrow(
    /^Not as described:\nGET \/v1\/engagements\/\w+ 200: .*id must be string/,
  )
})
