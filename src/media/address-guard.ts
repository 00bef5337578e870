/** Which hosts and addresses media may be fetched from. */

import { PrelabelError } from '../errors.js'
import { contains, type Network, parseAddress, parseHost, parseNetwork } from './address.js'

/**
 * Networks that a URL in task data must not reach: everything that is not a public unicast address. From the IANA
 * special-purpose registries for IPv4 and IPv6. Of IPv6, `2000::/3` alone is global unicast, and all else refused;
 * addresses that lead to an IPv4 address are judged as that one.
 */
const REFUSED = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/3',
  '2001::/23',
  '2001:db8::/32',
  '3fff::/20',
  '4000::/2',
  '8000::/1',
]

/** Decides about hosts and addresses. */
export interface AddressGuard {
  /** True for a host that was allowed by name, with or without its port: its addresses are not looked at. */
  isTrusted(url: URL): boolean
  /** True for an address that must not be connected to. */
  isRefused(address: string): boolean
  /** @throws PrelabelError `media-address` when the host is a literal address that is refused */
  check(url: URL): void
}

/**
 * @param allow what is allowed besides public addresses: an address, a network (`10.0.0.0/8`), a host name, a host
 *   name with port
 */
export function createAddressGuard(allow: readonly string[]): AddressGuard {
  const refused = parseNetworks(REFUSED)
  const allowed = parseNetworks(allow)
  const names = new Set(allow.flatMap((entry) => (parseNetwork(entry) === undefined ? (parseHost(entry) ?? []) : [])))

  const isRefused = (address: string) => {
    const bytes = parseAddress(address)
    if (bytes === undefined) return true
    return refused.some((net) => contains(net, bytes)) && !allowed.some((net) => contains(net, bytes))
  }
  return {
    isTrusted: (url) => names.has(url.hostname) || names.has(`${url.hostname}:${portOf(url)}`),
    isRefused,
    check(url) {
      if (parseAddress(url.hostname) !== undefined && isRefused(url.hostname)) throw addressError(url.hostname)
    },
  }
}

/** The error for a host that leads to a refused address. The address itself is not told: it would map the network. */
export function addressError(host: string): PrelabelError {
  return new PrelabelError(`${host} is not a public address, and task data may not lead there`, {
    code: 'media-address',
    hint: "If it is a server of yours, list it in the media option `allow`, such as ['10.0.0.0/8'] or ['minio:9000'].",
  })
}

function parseNetworks(texts: readonly string[]): Network[] {
  return texts.flatMap((text) => parseNetwork(text) ?? [])
}

function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80')
}
