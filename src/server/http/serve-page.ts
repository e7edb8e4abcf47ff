/** The built page: one document for every address of it, and its hashed assets. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import serveStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { constantText } from './constant-text.ts'
import { nothingAt, sendProblem } from './http-problem.ts'

/** Addresses under these are the API's; a page never answers there. */
const notPages = new Set(['v1', 'session', 'assets'])

export async function servePage(app: FastifyInstance, pageDir: string): Promise<void> {
  const document = await readFile(path.join(pageDir, 'index.html'), 'utf8')
  const sendPage = constantText('text/html', document)

  await app.register(serveStatic, {
    root: pageDir,
    index: false,
    // The files are known when we start; what is none of them is answered below.
    wildcard: false,
    dotfiles: 'ignore',
    // Its own default would win over ours.
    cacheControl: false,
    // What the build puts beside a file is sent in its place, and has no address of its own.
    preCompressed: true,
    globIgnore: ['**/*.{br,gz}'],
    // Names under assets hold a hash of what is in them.
    setHeaders: (reply, file) => {
      const hashed = file.startsWith(path.join(pageDir, 'assets'))
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/', sendPage)
  app.get('/:tenant/engagements', async (request: FastifyRequest<{ Params: { tenant: string } }>, reply) =>
    notPages.has(request.params.tenant) ? sendProblem(reply, nothingAt(request)) : sendPage(request, reply),
  )
  // A person at a mistyped address gets the page, which says so; everybody else the problem.
  app.get('/*', async (request, reply) => {
    const [, first = ''] = request.url.split(/[/?]/)
    const person = !notPages.has(first) && request.headers.accept?.includes('text/html') === true
    return person ? sendPage(request, reply.code(404)) : sendProblem(reply, nothingAt(request))
  })
}
