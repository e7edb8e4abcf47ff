/** Which methods each path is served with, gathered from the routes themselves: what `Allow` says. */
import type { RouteOptions } from 'fastify'

export interface ServedMethods {
  /** To be told of every route as it is made. */
  add(route: Pick<RouteOptions, 'url' | 'method'>): void
  /** Those at a path or URL, OPTIONS among them; none where nothing is served. `*` is the server as a whole. */
  at(url: string): readonly string[]
}

/** The order to name them in. */
const inOrder = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

export function createServedMethods(): ServedMethods {
  const routes: { readonly parts: readonly string[]; readonly methods: readonly string[] }[] = []
  return {
    add({ url, method }) {
      // A catch-all answers for no path in particular.
      if (!url.endsWith('*')) routes.push({ parts: url.split('/'), methods: [method].flat() })
    },
    at(url) {
      const [path = ''] = url.split('?', 1)
      const parts = path.split('/')
      const fitting = path === '*' ? routes : routes.filter((route) => fits(route.parts, parts))
      const methods = new Set(fitting.flatMap((route) => route.methods))
      return methods.size === 0 ? [] : [...inOrder.filter((method) => methods.has(method)), 'OPTIONS']
    },
  }
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  return (
    pattern.length === parts.length &&
    pattern.every((part, index) => part.startsWith(':') || part === parts[index])
  )
}
