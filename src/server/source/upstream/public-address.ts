/** Addresses that anybody may be sent to: those of the public internet, and nothing that lies behind us. */
import ipaddr from 'ipaddr.js'

/**
 * Neither loopback, private, link-local, shared, multicast nor reserved. What carries an IPv4 address inside an IPv6 one
 * (mapped, NAT64, 6to4, Teredo) is refused with them, whatever it carries.
 */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'unicast'
}
