/** What the fetches of one loader share, made from its options; connections are opened when first needed. */

import { PrelabelError } from '../errors.js'
import { createAuthorization } from '../label-studio/authorization.js'
import type { BaseUrl } from '../label-studio/base-url.js'
import { type AddressGuard, createAddressGuard } from './address-guard.js'
import type { FetchSetting } from './fetch-media.js'
import type { Connections } from './guarded-connection.js'
import type { CheckedMediaOptions } from './options.js'

export function createFetchSetting(
  { labelStudio, allow, limits, fetch }: CheckedMediaOptions,
  base: BaseUrl | undefined,
): FetchSetting & { dispose(): Promise<void> } {
  const guard = createAddressGuard(allow)
  const token = labelStudio?.token
  let connections: Promise<Connections> | undefined
  return {
    guard,
    base,
    authorization:
      labelStudio === undefined || token === undefined
        ? undefined
        : createAuthorization({ url: labelStudio.url, token }),
    redirects: limits.redirects,
    async fetchFor(trusted) {
      if (fetch !== undefined) return fetch
      connections ??= openGuarded(guard)
      const opened = await connections
      return trusted ? opened.trusted : opened.guarded
    },
    async dispose() {
      await (await connections)?.dispose()
      connections = undefined
    },
  }
}

async function openGuarded(guard: AddressGuard): Promise<Connections> {
  const { openConnections } = await import('./guarded-connection.js').catch((cause: unknown) => {
    throw new PrelabelError('this runtime has no connections that can be guarded, so URLs are not fetched', {
      code: 'media-no-guard',
      hint: 'Pass the media option `fetch` if the runtime itself keeps requests off private addresses.',
      cause,
    })
  })
  return openConnections(guard)
}
