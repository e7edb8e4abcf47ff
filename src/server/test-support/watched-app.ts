/** What tests know of an app from within: its log, and whether its answers are as described. */
import { Writable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { watchAnswer } from './described-answers.ts'

/** @returns gains a line for every answer that is not as the API's description has it */
export function watchAll(app: FastifyInstance): readonly string[] {
  const wrong: string[] = []
  for (const event of ['request', 'checkExpectation'])
    app.server.prependListener(event, (request, response) =>
      watchAnswer(request, response, (line) => wrong.push(line)),
    )
  return wrong
}

export function keptLog(): { readonly log: { readonly text: string }; readonly sink: Writable } {
  const log = { text: '' }
  const sink = new Writable({
    write(chunk, _, done) {
      log.text += String(chunk)
      done()
    },
  })
  return { log, sink }
}
