/** Names are real to the agent: only what they stand for is the test's own. */
import type { LookupFunction } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FakeUpstream, startFakeUpstream } from '../../test-support/upstream/fake-upstream.ts'
import { AddressRefused, checkLiteral, createGuardedAgent, publicAddresses } from './guarded-agent.ts'
import { upstreamLimits } from './upstream-limits.ts'

let host: FakeUpstream

beforeEach(async () => {
  host = await startFakeUpstream()
})
afterEach(() => host.stop())

/** Names stand for these addresses, one list after the other. */
function names(...answers: readonly (readonly string[])[]): LookupFunction {
  let asked = 0
  return (_, { all }, callback) => {
    const found = answers[Math.min(asked++, answers.length - 1)] ?? []
    const addresses = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (all) callback(null, addresses)
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family)
  }
}

async function ask(resolve: LookupFunction, allows = publicAddresses.allows) {
  const agent = createGuardedAgent({ resolve, allows }, { ...upstreamLimits, connectMs: 300 })
  const origin = host.origin.replace('127.0.0.1', 'media.example')
  try {
    const { statusCode } = await agent.request({ origin, path: '/', method: 'GET' })
    return statusCode
  } catch (error) {
    return error
  } finally {
    await agent.destroy()
  }
}

const onlyOurs = (address: string) => address === '127.0.0.1'

it('connects to what a name stands for where that is allowed', async () => {
  expect(await ask(names(['127.0.0.1']), onlyOurs)).toBe(401)
  expect(host.asked).toHaveLength(1)
})

it.each([
  [['127.0.0.1']],
  [['::1']],
  [['::ffff:127.0.0.1']],
  [['10.0.0.1']],
  [['169.254.169.254']],
  [['fe80::1']],
  [['93.184.216.34', '127.0.0.1']],
])('connects to nothing where a name stands for %j', async (addresses) => {
  expect(await ask(names(addresses))).toBeInstanceOf(AddressRefused)
  expect(host.asked).toEqual([])
  expect(await host.connections()).toBe(0)
})

it('asks the DNS once for a connection: its second answer changes nothing', async () => {
  // 192.0.2.0/24 leads nowhere (RFC 5737); the second answer would lead to the fake.
  const error = await ask(names(['192.0.2.1'], ['127.0.0.1']), (address) => address === '192.0.2.1')
  expect(error).not.toBe(401)
  expect(host.asked).toEqual([])
})

it('checks a name anew for each connection', async () => {
  const resolve = names(['127.0.0.1'], ['10.0.0.1'])
  expect(await ask(resolve, onlyOurs)).toBe(401)
  expect(await ask(resolve, onlyOurs)).toBeInstanceOf(AddressRefused)
})

it.each([
  'http://127.0.0.1/',
  'http://127.1/',
  'http://0x7f000001/',
  'http://2130706433/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://169.254.169.254/latest/meta-data',
  'http://[fd00::1]/',
])('refuses the address in %s', (url) => {
  expect(() => checkLiteral(new URL(url), publicAddresses)).toThrow(AddressRefused)
})

it('lets public addresses pass, and names, which are checked later', () => {
  for (const url of ['https://93.184.216.34/', 'https://[2606:4700:4700::1111]/', 'https://media.example/'])
    expect(() => checkLiteral(new URL(url), publicAddresses)).not.toThrow()
})
