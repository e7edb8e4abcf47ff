/** A client has no other way out of waiting for a server that is silent than to give up the connection. */
import type { Socket } from 'node:net'
import type { PoolClient } from 'pg'

export function breakOff(client: PoolClient): void {
  const { connection } = client as PoolClient & { readonly connection: { readonly stream: Socket } }
  connection.stream.destroy()
}

/**
 * Whatever was sent and not answered fails by this.
 * @returns what tells that it was answered
 */
export function breakOffAfter(ms: number, client: PoolClient): () => void {
  let answered = false
  const unlessAnswered = () => {
    if (!answered) breakOff(client)
  }
  // A process that was busy for as long reads first what came meanwhile.
  const timer = setTimeout(() => setImmediate(() => setImmediate(unlessAnswered)), ms)
  return () => {
    answered = true
    clearTimeout(timer)
  }
}
