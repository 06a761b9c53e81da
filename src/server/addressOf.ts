import { isIPv6 } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/** The eight groups of an IPv6 address. The parser of URLs writes an IPv4 part in groups and drops zeros in front. */
function groupsOf(address: string): string[] {
  const [before = [], behind] = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((part) => (part ? part.split(':') : []))
  if (!behind) return before
  return [...before, ...Array<string>(8 - before.length - behind.length).fill('0'), ...behind]
}

/**
 * What one subscriber has: an IPv4 address, of IPv6 the first 64 bits, since whoever has one address has all of these.
 * An IPv4 address that is written as IPv6 (`::ffff:192.0.2.1`) is itself. What is no address stays as it is.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '')
  if (!isIPv6(plain)) return address
  const groups = groupsOf(plain)
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return `${groups.slice(0, 4).join(':')}::/64`
  return groups
    .slice(6)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((bits) => [bits >> 8, bits & 255])
    .join('.')
}

/** The /48 of an IPv6 /64: whoever asks for one may have all 65,536 of it. An IPv4 address is itself. */
export function wideNetworkOf(network: string): string {
  return network.endsWith('::/64') ? `${network.split(':').slice(0, 3).join(':')}::/48` : network
}

/** Where a call comes from: the socket's network, or what the outermost of our own proxies has seen. */
export function createAddressOf(proxies: number) {
  return (c: Context): string => {
    const forwarded = (c.req.header('X-Forwarded-For') ?? '').split(',').map((part) => part.trim())
    const seen = proxies > 0 ? forwarded.at(-proxies) : undefined
    return networkOf(seen || (c.env?.incoming ? getConnInfo(c).remote.address : undefined) || 'unknown')
  }
}
