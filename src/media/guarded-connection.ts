/**
 * Connections that look at the address they are about to connect to, so that a name cannot lead to a private address,
 * whatever it resolved to before. Node only: this module is imported when the first URL is fetched.
 */

import { type LookupAddress, type LookupAllOptions, lookup as systemLookup } from 'node:dns'
import { Agent, fetch as undiciFetch } from 'undici'
import { type AddressGuard, addressError } from './address-guard.js'
import type { Fetch } from './options.js'

/** Fetches through the guard, or, for hosts that the guard trusts by name, without it. */
export interface Connections {
  readonly guarded: Fetch
  readonly trusted: Fetch
  dispose(): Promise<void>
}

/** `dns.lookup`, asked for all addresses. */
export type Lookup = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

export function openConnections(guard: AddressGuard, lookup: Lookup = systemLookup): Connections {
  const guarded = new Agent({
    connect: {
      lookup(hostname, options, callback) {
        lookup(hostname, { ...options, all: true }, (error, addresses) => {
          const [first] = addresses ?? []
          if (error !== null || first === undefined)
            return callback(error ?? new Error(`${hostname}: no address`), '', 0)
          if (addresses.some(({ address }) => guard.isRefused(address))) return callback(addressError(hostname), '', 0)
          return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family)
        })
      },
    },
  })
  const trusted = new Agent()
  return {
    guarded: (url, init) => undiciFetch(url, { ...init, dispatcher: guarded }),
    trusted: (url, init) => undiciFetch(url, { ...init, dispatcher: trusted }),
    async dispose() {
      await Promise.all([guarded.destroy(), trusted.destroy()])
    },
  }
}
