/**
 * For `node --import`: holds every answer of whatever server the process starts to the API's description. What is wrong is
 * written to the descriptor that the module's own address names (`?into=3`), or added to the file that it names, which the
 * workers of a server have as well; a line each and at once, so that a process which is killed loses none.
 */
import { subscribe } from 'node:diagnostics_channel'
import { openSync, writeSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { watchAnswer } from './described-answers.ts'

const named = new URL(import.meta.url).searchParams.get('into') ?? ''
if (named === '') throw new Error('watch-process needs ?into= with the number of a descriptor, or a path')
// Now, as there may be no descriptor left later.
const into = /^\d+$/.test(named) ? Number(named) : openSync(named, 'a')

// https://nodejs.org/api/diagnostics_channel.html#http: before the server's own listeners, and for odd requests as well.
subscribe('http.server.request.start', (message) => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
  watchAnswer(request, response, (wrong) => writeSync(into, `${wrong}\n`))
})
