import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRecordingAddresses } from './recording-addresses.ts'

const secret = 'a secret for tests, longer than 32 characters'
const upstream = new URL('https://live.example')
const addresses = createRecordingAddresses(secret, upstream, new Set(['https://media.example']))

function idOf(uri: string, tenant = 'T', by = addresses): string {
  const [, id] = /^\/v1\/recordings\/T\/([\w-]+)$/.exec(by.oursFor(tenant, uri)) ?? []
  return id ?? 'not ours'
}

it('stand for what they were made from, for their tenant alone', () => {
  fc.assert(
    fc.property(fc.webPath(), fc.webQueryParameters(), (path, query) => {
      const url = new URL(`https://media.example${path}?${query}`)
      const id = idOf(url.href)
      expect(addresses.open('T', id)?.href).toBe(url.href)
      expect(addresses.open('Other', id)).toBeUndefined()
      expect(idOf(url.href)).toBe(id)
      expect(id).not.toContain(Buffer.from('media.example').toString('base64url').slice(0, 12))
    }),
  )
})

it.each([
  ['/v1/recordings/T/abc', 'https://live.example/v1/recordings/T/abc'],
  ['media/a.webm', 'https://live.example/media/a.webm'],
  ['https://live.example/a?key=secret', 'https://live.example/a?key=secret'],
  ['https://media.example:443/a', 'https://media.example/a'],
])('are made of %s', (uri, meant) => {
  expect(addresses.open('T', idOf(uri))?.href).toBe(meant)
})

it.each([
  'http://live.example/a',
  'https://live.example:8443/a',
  'https://media.example.evil.example/a',
  'https://user@media.example/a',
  '//other.example/a',
  'http://127.0.0.1/a',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://',
  '',
  `https://media.example/${'x'.repeat(2000)}`,
])('are not made of %s, which stays as it is', (uri) => {
  expect(addresses.oursFor('T', uri)).toBe(uri)
})

it('cannot be made by others', () => {
  const id = idOf('https://media.example/a')
  const bytes = Buffer.from(id, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(addresses.open('T', changed.toString('base64url'))).toBeUndefined()
  }
  for (const none of ['', 'x', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAA', id.slice(0, -8), '../../etc'])
    expect(addresses.open('T', none)).toBeUndefined()
  const elsewhere = createRecordingAddresses(
    `another ${secret}`,
    upstream,
    new Set(['https://media.example']),
  )
  expect(elsewhere.open('T', id)).toBeUndefined()
})

it('end when their host is taken off the list', () => {
  const id = idOf('https://media.example/a')
  expect(createRecordingAddresses(secret, upstream, new Set()).open('T', id)).toBeUndefined()
})
