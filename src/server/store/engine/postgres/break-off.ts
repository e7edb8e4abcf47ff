/** A client has no other way out of waiting for a server that is silent than to give up the connection. */
import type { Socket } from 'node:net'
import type { ClientBase } from 'pg'

export function breakOff(client: ClientBase): void {
  const { connection } = client as ClientBase & { readonly connection: { readonly stream: Socket } }
  connection.stream.destroy()
}

/**
 * Whatever was sent and not answered fails by this.
 * @returns what tells that it was answered
 */
export function breakOffAfter(ms: number, client: ClientBase): () => void {
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
