/** Connections to hosts that others name: what a name stands for is checked as the connection is made, every time anew. */
import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent } from 'undici'
import { isPublicAddress } from './public-address.ts'
import type { UpstreamLimits } from './upstream-limits.ts'

/** Which addresses names stand for, and which of them may be connected to. */
export interface AddressRule {
  readonly resolve: LookupFunction
  allows(address: string): boolean
}

export const publicAddresses: AddressRule = { resolve: lookup, allows: isPublicAddress }

/** An address lies where nobody may be sent to. */
export class AddressRefused extends Error {}

/**
 * The addresses that were checked are those that are connected to, so that a second answer of the DNS changes nothing; one
 * bad address among several refuses them all. Certificates are verified, as Node does unless told otherwise.
 */
export function createGuardedAgent({ resolve, allows }: AddressRule, limits: UpstreamLimits): Agent {
  const checked: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const addresses = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found
      const [first] = addresses ?? []
      if (error || first === undefined) callback(error ?? new AddressRefused('no address'), '')
      else if (!addresses.every(({ address }) => allows(address)))
        callback(new AddressRefused(`${hostname} stands for an address that nobody may be sent to`), '')
      else if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
  return new Agent({
    connect: { lookup: checked, timeout: limits.connectMs },
    connections: limits.recordingConnections,
    pipelining: 1,
  })
}

/** Names are checked as they are looked up; an address in a URL is looked up by nobody. @throws AddressRefused */
export function checkLiteral({ hostname }: URL, { allows }: AddressRule): void {
  const literal = hostname.replace(/^\[|\]$/g, '')
  if (isIP(literal) !== 0 && !allows(literal))
    throw new AddressRefused(`${hostname} is an address that nobody may be sent to`)
}
