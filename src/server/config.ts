/** The environment, read once. Nonsense in it is an error that names the variable, never a default. */
import { isIPv4, isIPv6 } from 'node:net'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { parseDatabaseUrl } from './database-settings.ts'
import type { RecordingsPlace } from './media/open-media.ts'
import { parseAccessKey, parseRecordingsUrl, parseRegion } from './media/recordings-settings.ts'
import type { UpstreamSettings } from './source/upstream/open-upstream.ts'
import type { PostgresSettings } from './store/engine/postgres/settings.ts'
import {
  parseClients,
  parseOrigin,
  parseRecordingHosts,
  parseUpstreamUrl,
  readClientsFile,
} from './upstream-settings.ts'

const mostWorkers = 64
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

export interface Config {
  /** TCP port; 0 takes any free one. */
  readonly port: number
  readonly host: string
  /** The address people reach us at, where it differs from host and port: behind a proxy that ends TLS, say. */
  readonly publicUrl: URL | undefined
  /** Addresses or networks of the proxies in front of us, which tell where a request came from. */
  readonly trustedProxies: readonly string[]
  /** Absolute path of the folder that holds the database, the session secret and, where no bucket has them, the recordings. */
  readonly dataDir: string
  /** The PostgreSQL that holds the database in place of the folder; absent: the folder does. */
  readonly database: PostgresSettings | undefined
  readonly recordings: RecordingsPlace
  /** How far one of its replicas may be behind for reads to go to it. */
  readonly replicaLagMs: number
  /** `auto`: `serve` fills an empty database with the demo tenant. */
  readonly demo: 'auto' | 'off'
  /** Seals sessions and signs tokens; absent: made once and kept in the data folder. */
  readonly sessionSecret: string | undefined
  /** How many days audit records are kept. */
  readonly auditDays: number
  /** The Live Experience host that has the engagements; absent: we have them ourselves. */
  readonly upstream: UpstreamSettings | undefined
  /** Whom `sync` asks the upstream as; what is absent is asked of standard input. */
  readonly upstreamPerson: { readonly email: string | undefined; readonly password: string | undefined }
  /** How many processes `serve` answers with, all on the one port. */
  readonly workers: number
  readonly logLevel: (typeof logLevels)[number]
}

/** One or more variables hold nonsense; each line of the message names one and says what would be accepted. */
export class ConfigError extends Error {}

const shortestSecret = 32
/** Named when they are wrong, never shown. */
const secrets: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'SESSION_SECRET',
  'UPSTREAM_CLIENTS',
  'UPSTREAM_EMAIL',
  'UPSTREAM_PASSWORD',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
])

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const wrong: string[] = []
  // A variable set to nothing is a mistake in a unit file or a shell more often than a wish for the default.
  const read = <T>(
    name: string,
    fallback: T,
    parse: (text: string) => T | undefined,
    expected: string,
  ): T => {
    const text = env[name]
    if (text === undefined) return fallback
    const value = parse(text)
    if (value !== undefined) return value
    // An address may hold a password.
    const shown = secrets.has(name) || text.includes('@') ? 'set, but' : `${JSON.stringify(text)}:`
    wrong.push(`${name} is ${shown} expected ${expected}`)
    return fallback
  }
  const oneOf =
    <W extends string>(words: readonly W[]) =>
    (text: string) =>
      words.find((word) => word === text)

  const readUpstream = (): UpstreamSettings | undefined => {
    const url = read(
      'UPSTREAM_URL',
      undefined,
      parseUpstreamUrl,
      'an https address without a path, such as https://live.example (http only of this machine)',
    )
    const credentials = 'JSON such as {"PremierTenant":{"clientId":"…","clientSecret":"…"}}'
    const stated = read('UPSTREAM_CLIENTS', undefined, parseClients, credentials)
    const kept = read(
      'UPSTREAM_CLIENTS_FILE',
      undefined,
      readClientsFile,
      `a file that can be read and holds ${credentials}`,
    )
    const recordingHosts = read(
      'UPSTREAM_RECORDING_HOSTS',
      new Set<string>(),
      parseRecordingHosts,
      'hosts of the public internet, separated by commas, such as media.example,cdn.example:8443',
    )
    if (stated !== undefined && kept !== undefined)
      wrong.push('UPSTREAM_CLIENTS is set, and so is UPSTREAM_CLIENTS_FILE: expected one of them')
    if (url !== undefined) return { url, clients: stated ?? kept ?? new Map(), recordingHosts }
    for (const name of Object.keys(env).filter(
      (one) => one.startsWith('UPSTREAM_') && one !== 'UPSTREAM_URL',
    ))
      wrong.push(`${name} is set, and UPSTREAM_URL is not: expected both, or neither`)
    return undefined
  }

  const readRecordings = (): RecordingsPlace => {
    const place = read(
      'RECORDINGS_URL',
      undefined,
      parseRecordingsUrl,
      'a bucket, with a prefix or without, such as s3://recordings or s3://recordings/hindsight',
    )
    const endpoint = read(
      'S3_ENDPOINT',
      undefined,
      parseOrigin,
      'an http or https address without a path, such as https://s3.example',
    )
    const region = read('S3_REGION', 'us-east-1', parseRegion, 'the name of a region, such as eu-central-1')
    const accessKeyId = read('S3_ACCESS_KEY_ID', undefined, parseAccessKey, 'the id of an access key')
    const secretAccessKey = read('S3_SECRET_ACCESS_KEY', undefined, parseAccessKey, 'its secret')
    if (env.RECORDINGS_URL === undefined) {
      for (const name of Object.keys(env).filter((one) => one.startsWith('S3_')))
        wrong.push(`${name} is set, and RECORDINGS_URL is not: expected both, or neither`)
      return { kind: 'folder' }
    }
    for (const name of ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'].filter((one) => env[one] === undefined))
      wrong.push(`${name} is not set, and RECORDINGS_URL is: expected both, or neither`)
    return place && accessKeyId && secretAccessKey
      ? { kind: 'bucket', ...place, endpoint, region, accessKeyId, secretAccessKey }
      : { kind: 'folder' }
  }

  const upstreamPerson = {
    email: read('UPSTREAM_EMAIL', undefined, parsePerson, 'the email of a user of the upstream'),
    password: read('UPSTREAM_PASSWORD', undefined, (text) => text || undefined, 'the password of that user'),
  }

  const config: Config = {
    port: read('PORT', 8080, parsePort, 'a whole number from 0 to 65535'),
    host: read('HOST', '127.0.0.1', parseHost, 'a host name or an IP address'),
    publicUrl: read(
      'PUBLIC_URL',
      undefined,
      parseOrigin,
      'an http or https address without a path, such as https://hindsight.example',
    ),
    trustedProxies: read(
      'TRUSTED_PROXY',
      [],
      parseNetworks,
      'addresses or networks, separated by commas, such as 10.0.0.7,192.168.0.0/16',
    ),
    dataDir: path.resolve(
      read(
        'DATA_DIR',
        './data',
        (text) => (text.trim() === '' || text.includes('\0') ? undefined : text),
        'a folder',
      ),
    ),
    database: read(
      'DATABASE_URL',
      undefined,
      parseDatabaseUrl,
      'an address such as postgres://user:password@host:5432/database, hosts separated by commas; sslmode and sslrootcert are the parameters that it may have',
    ),
    recordings: readRecordings(),
    replicaLagMs: read(
      'DATABASE_REPLICA_LAG',
      1000,
      parseLag,
      'milliseconds from 300 to 60000: a replica is asked a few times a second where it is',
    ),
    demo: read('DEMO', 'auto', oneOf(['auto', 'off'] as const), 'auto or off'),
    sessionSecret: read(
      'SESSION_SECRET',
      undefined,
      (text) => (text.length >= shortestSecret ? text : undefined),
      `at least ${shortestSecret} characters`,
    ),
    upstream: readUpstream(),
    upstreamPerson,
    auditDays: read('AUDIT_DAYS', 365, parseDays, 'a whole number of days from 1 to 36500'),
    workers: read('WORKERS', 1, parseWorkers, `a whole number from 1 to ${mostWorkers}, or per-core`),
    logLevel: read('LOG_LEVEL', 'info', oneOf(logLevels), logLevels.join(', ')),
  }
  // Any instance has to open the sessions of all others.
  if (config.database !== undefined && env.SESSION_SECRET === undefined)
    wrong.push('DATABASE_URL is set, and SESSION_SECRET is not: expected both, the same for every instance')
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'))
  return config
}

/** A colon would end it: name and password are sent with one between them. */
function parsePerson(text: string): string | undefined {
  return text.trim() === '' || text.includes(':') ? undefined : text
}

function parsePort(text: string): number | undefined {
  const port = Number(text)
  return /^\d{1,5}$/.test(text) && port <= 65_535 ? port : undefined
}

function parseLag(text: string): number | undefined {
  const ms = Number(text)
  return /^\d{1,5}$/.test(text) && ms >= 300 && ms <= 60_000 ? ms : undefined
}

function parseDays(text: string): number | undefined {
  const days = Number(text)
  return /^\d{1,5}$/.test(text) && days >= 1 && days <= 36_500 ? days : undefined
}

/** Cores are those that this process may run on. */
function parseWorkers(text: string): number | undefined {
  if (text === 'per-core') return Math.min(availableParallelism(), mostWorkers)
  const workers = Number(text)
  return /^\d{1,2}$/.test(text) && workers >= 1 && workers <= mostWorkers ? workers : undefined
}

function parseHost(text: string): string | undefined {
  const bare = /^[A-Za-z0-9._-]+$|^[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?$/.test(text)
  return bare && text.length <= 253 ? text : undefined
}

function parseNetworks(text: string): readonly string[] | undefined {
  const networks = text.split(',').map((part) => part.trim())
  const known = networks.every((network) => {
    const [address = '', prefix, ...rest] = network.split('/')
    const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0
    const fits = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits)
    return bits > 0 && fits && rest.length === 0 && !address.includes('%')
  })
  return known ? networks : undefined
}
