/** `DATABASE_URL`: one PostgreSQL, by one address or by those of its primary and its replicas. */
import type { PostgresHost, PostgresSettings } from './store/engine/postgres/settings.ts'

const usualPort = 5432
const sslModes = ['disable', 'require', 'verify-full'] as const
const known = new Set(['sslmode', 'sslrootcert'])

/**
 * Hosts are separated by commas, which the platform's own URL does not take.
 * @returns nothing where it makes no sense, a parameter that we would not heed included
 */
export function parseDatabaseUrl(text: string): PostgresSettings | undefined {
  const parts = /^postgres(?:ql)?:\/\/([^:@/?#]+)(?::([^@/?#]*))?@([^@/?#]+)\/([^/?#]+)(?:\?([^#]*))?$/.exec(
    text,
  )
  if (parts === null) return undefined
  const [, user, password, hostList = '', database, query = ''] = parts
  const [first, ...rest] = hostList.split(',').map(parseHost)
  const params = new URLSearchParams(query)
  const sslMode = sslModes.find((mode) => mode === (params.get('sslmode') ?? 'disable'))
  if (first === undefined || sslMode === undefined) return undefined
  if ([...params.keys()].some((name) => !known.has(name) || params.getAll(name).length > 1)) return undefined
  try {
    const others = rest.flatMap((host) => (host === undefined ? [] : [host]))
    if (others.length !== rest.length) return undefined
    return {
      user: decodeURIComponent(user ?? ''),
      password: password === undefined ? undefined : decodeURIComponent(password),
      hosts: [first, ...others],
      database: decodeURIComponent(database ?? ''),
      sslMode,
      sslRootCert: params.get('sslrootcert') ?? undefined,
    }
  } catch {
    // An escape that is none.
    return undefined
  }
}

function parseHost(text: string): PostgresHost | undefined {
  const parts = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/.exec(text)
  const host = parts?.[1] ?? parts?.[2]
  const port = Number(parts?.[3] ?? usualPort)
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port }
}
