/**
 * For Vitest: one PostgreSQL for a whole run, started when the first test file asks for it. Files are processes of their own;
 * they ask by connecting to a port, and are told the address once the server is there.
 */
import { createServer } from 'node:net'
import type { TestProject } from 'vitest/node'
import { type Cluster, startCluster } from './cluster.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Port that gives a `ClusterAddress` as JSON to whoever connects. */
    postgresPort: number
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<Cluster> | undefined
  const server = createServer((socket) => {
    starting ??= startCluster()
    socket.on('error', () => {})
    starting.then(
      ({ address }) => socket.end(JSON.stringify(address)),
      (error: unknown) => socket.end(JSON.stringify({ failed: String(error) })),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('No port to ask for PostgreSQL at')
  provide('postgresPort', address.port)
  return async () => {
    server.close()
    await (await starting)?.stop()
  }
}
