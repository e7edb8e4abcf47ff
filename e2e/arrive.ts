/** Engagements that arrive while a page is open. */
import { hindsight, type Server } from './server.ts'
import { expect } from './test.ts'

/** Imports calls that began a moment ago, so that they would be the first rows; their user is the name at the host. */
export async function arrive(
  { dataDir, tenant }: Server,
  name: string,
  count = 1,
  host = 'new.example',
): Promise<void> {
  const startDate = new Date(Date.now() - 1000).toISOString()
  const users = [{ uri: `${name}@${host}`, association: 'MEMBER' }]
  const lines = Array.from(
    { length: count },
    (_, n) => `${JSON.stringify({ id: `${name} ${n}`, startDate, status: 'successful', users })}\n`,
  )
  const printed = await hindsight(['import', '-', '--tenant', tenant], dataDir, lines.join(''))
  expect(printed).toContain(`${count} new`)
}
