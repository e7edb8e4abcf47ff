/** The part of the environment that is of an upstream. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const clients = '{"PremierTenant":{"clientId":"crm","clientSecret":"hunter2: really"}}'
const url = 'https://live.example'
let folder: string
let file: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  file = path.join(folder, 'clients.json')
  await writeFile(file, clients)
})
afterAll(() => rm(folder, { recursive: true }))

it('is absent unless an address is given', () => {
  expect(readConfig({}).upstream).toBeUndefined()
})

it('takes credentials from the environment or a file, and hosts', () => {
  const expected = new Map([['PremierTenant', { name: 'crm', secret: 'hunter2: really' }]])
  const hosts = ' media.example, cdn.example:8443,93.184.216.34'
  const stated = readConfig({ UPSTREAM_URL: url, UPSTREAM_CLIENTS: clients, UPSTREAM_RECORDING_HOSTS: hosts })
  expect(stated.upstream?.url.origin).toBe(url)
  expect(stated.upstream?.clients).toEqual(expected)
  expect([...(stated.upstream?.recordingHosts ?? [])]).toEqual([
    'https://media.example',
    'https://cdn.example:8443',
    'https://93.184.216.34',
  ])
  const kept = readConfig({ UPSTREAM_URL: url, UPSTREAM_CLIENTS_FILE: file })
  expect(kept.upstream?.clients).toEqual(expected)
  expect(readConfig({ UPSTREAM_URL: 'http://127.0.0.1:8080' }).upstream?.clients.size).toBe(0)
})

it.each([
  ['UPSTREAM_URL', ''],
  ['UPSTREAM_URL', 'live.example'],
  ['UPSTREAM_URL', 'http://live.example'],
  ['UPSTREAM_URL', 'http://10.0.0.1'],
  ['UPSTREAM_URL', 'http://localhost.evil.example'],
  ['UPSTREAM_URL', 'https://live.example/v1'],
  ['UPSTREAM_URL', 'https://user:hunter2@live.example'],
  ['UPSTREAM_URL', 'https://:secret@live.example'],
  ['UPSTREAM_CLIENTS', ''],
  ['UPSTREAM_CLIENTS', 'crm:hunter2'],
  ['UPSTREAM_CLIENTS', '{"PremierTenant":{"clientId":"crm"}}'],
  ['UPSTREAM_CLIENTS', '{"PremierTenant":{"clientId":"a:b","clientSecret":"hunter2"}}'],
  ['UPSTREAM_CLIENTS', '{"PremierTenant":{"clientId":"a","clientSecret":"hunter2","more":1}}'],
  ['UPSTREAM_CLIENTS', '{"../x":{"clientId":"a","clientSecret":"hunter2"}}'],
  ['UPSTREAM_CLIENTS_FILE', '/no/such/file'],
  ['UPSTREAM_RECORDING_HOSTS', ''],
  ['UPSTREAM_RECORDING_HOSTS', 'media.example,'],
  ['UPSTREAM_RECORDING_HOSTS', 'https://media.example'],
  ['UPSTREAM_RECORDING_HOSTS', 'media.example/path'],
  ['UPSTREAM_RECORDING_HOSTS', 'media.example:99999'],
  ['UPSTREAM_RECORDING_HOSTS', '127.0.0.1'],
  ['UPSTREAM_RECORDING_HOSTS', '0x7f.1'],
  ['UPSTREAM_RECORDING_HOSTS', '[::1]:8443'],
  ['UPSTREAM_RECORDING_HOSTS', '169.254.169.254'],
  ['UPSTREAM_RECORDING_HOSTS', '*.example'],
  ['UPSTREAM_EMAIL', ''],
  ['UPSTREAM_EMAIL', 'ana@x.example:hunter2'],
  ['UPSTREAM_PASSWORD', ''],
])('stops at %s=%j and names it', (name, value) => {
  const env = { UPSTREAM_URL: url, [name]: value }
  expect(() => readConfig(env)).toThrow(ConfigError)
  expect(() => readConfig(env)).toThrow(new RegExp(`^${name} is .*expected `))
  expect(() => readConfig(env)).not.toThrow(/hunter2/)
})

it('knows whom a sync asks as, or that it has to be asked', () => {
  const person = { UPSTREAM_EMAIL: 'ana@x.example', UPSTREAM_PASSWORD: 'correct: horse' }
  expect(readConfig({ UPSTREAM_URL: url, ...person }).upstreamPerson).toEqual({
    email: 'ana@x.example',
    password: 'correct: horse',
  })
  expect(readConfig({ UPSTREAM_URL: url }).upstreamPerson).toEqual({ email: undefined, password: undefined })
})

it.each([
  [{ UPSTREAM_CLIENTS: clients }, 'UPSTREAM_CLIENTS'],
  [{ UPSTREAM_RECORDING_HOSTS: 'media.example' }, 'UPSTREAM_RECORDING_HOSTS'],
])('stops at %j without an address', (env, name) => {
  expect(() => readConfig(env)).toThrow(new RegExp(`${name} is set, and UPSTREAM_URL is not`))
})

it('stops at credentials in both places', () => {
  const env = { UPSTREAM_URL: url, UPSTREAM_CLIENTS: clients, UPSTREAM_CLIENTS_FILE: file }
  expect(() => readConfig(env)).toThrow(/UPSTREAM_CLIENTS is set, and so is UPSTREAM_CLIENTS_FILE/)
})
