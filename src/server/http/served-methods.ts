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

interface Route {
  readonly parts: readonly string[]
  readonly methods: readonly string[]
}

export function createServedMethods(): ServedMethods {
  const routes: Route[] = []
  // A word where another path has a hole is closer: `/v1/engagements/count/…` is no engagement of a tenant.
  const closest = (path: string): readonly Route[] => {
    const parts = path.split('/').map(decoded)
    const fitting = routes.filter((route) => fits(route.parts, parts))
    const fewest = Math.min(...fitting.map(({ parts }) => holes(parts)))
    return fitting.filter((route) => holes(route.parts) === fewest)
  }
  return {
    add({ url, method }) {
      // A catch-all answers for no path in particular.
      if (!url.endsWith('*')) routes.push({ parts: url.split('/'), methods: [method].flat() })
    },
    at(url) {
      const [path = ''] = url.split('?', 1)
      const methods = new Set((path === '*' ? routes : closest(path)).flatMap((route) => route.methods))
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

function holes(pattern: readonly string[]): number {
  return pattern.filter((part) => part.startsWith(':')).length
}

/** Escaped letters are the same path (RFC 3986, section 6.2.2.2). */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
