import { describe, expect, test } from 'vitest'
import { readAddress } from './recording-address.ts'

const page = 'https://hindsight.example/PremierTenant/engagements?open=e1'

describe('readAddress', () => {
  test.each(['/v1/recordings/PremierTenant/r1', 'https://hindsight.example/v1/recordings/PremierTenant/r1'])(
    '%s is here',
    (uri) => {
      const src = 'https://hindsight.example/v1/recordings/PremierTenant/r1'
      expect(readAddress(uri, page)).toEqual({ kind: 'here', src })
    },
  )

  test('a path that begins with two slashes after our own host stays on our host', () => {
    expect(readAddress('https://hindsight.example//evil.example/a', page)).toEqual({
      kind: 'here',
      src: 'https://hindsight.example//evil.example/a',
    })
  })

  test.each([
    ['https://media.example/a.webm', 'media.example'],
    ['http://hindsight.example/a.webm', 'hindsight.example'],
    ['https://hindsight.example:8443/a.webm', 'hindsight.example:8443'],
    ['//media.example/a.webm', 'media.example'],
    ['\\\\media.example\\a.webm', 'media.example'],
  ])('%s is kept at %s', (uri, host) => {
    expect(readAddress(uri, page)).toMatchObject({ kind: 'elsewhere', host })
  })

  test('a password in an address is shown to nobody', () => {
    expect(readAddress('https://ana:secret@media.example/a.webm', page)).toEqual({
      kind: 'elsewhere',
      host: 'media.example',
      href: 'https://media.example/a.webm',
    })
  })

  test.each([undefined, '', '  '])('%j is no address', (uri) => {
    expect(readAddress(uri, page)).toEqual({ kind: 'none' })
  })

  test.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'data:audio/webm;base64,AAAA',
    'blob:https://hindsight.example/1',
    'file:///etc/passwd',
    'ftp://media.example/a.webm',
    'https://[',
  ])('%j is not usable', (uri) => {
    expect(readAddress(uri, page)).toEqual({ kind: 'unusable' })
  })
})
