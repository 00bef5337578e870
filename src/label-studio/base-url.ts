/** Where a Label Studio is: its origin and the path prefix under which a proxy may have put it. */

import { PrelabelError } from '../errors.js'
import { redactUrl } from './redact.js'

/** Joins paths to Label Studio's URL and knows which URLs are its own. */
export interface BaseUrl {
  /** Without a trailing slash, query, user or password: `https://example.com/annotate`. */
  readonly href: string
  readonly origin: string
  /** Path prefix without a trailing slash: `/annotate`; empty at the root. */
  readonly prefix: string
  /** The absolute URL of a path of Label Studio. A path that has the prefix already does not get it twice. */
  join(path: string): string
  /** The path within Label Studio, query included, of one of its own URLs; `undefined` for other URLs. */
  pathOf(url: URL): string | undefined
}

/** @throws PrelabelError `label-studio-url` when `url` is no http(s) URL */
export function parseBaseUrl(url: string): BaseUrl {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new PrelabelError(`not the URL of a Label Studio: ${redactUrl(url)}`, {
      code: 'label-studio-url',
      hint: 'Give it with its scheme, such as http://label-studio:8080 or https://example.com/annotate.',
    })
  }
  const { origin } = parsed
  const prefix = parsed.pathname.replace(/\/+$/, '')
  const withoutPrefix = (path: string) =>
    prefix !== '' && (path === prefix || path.startsWith(`${prefix}/`)) ? path.slice(prefix.length) : path
  return {
    href: origin + prefix,
    origin,
    prefix,
    join: (path) => `${origin}${prefix}/${withoutPrefix(path).replace(/^\/+/, '')}`,
    pathOf(candidate) {
      if (candidate.origin !== origin) return undefined
      const inside = prefix === '' || candidate.pathname.startsWith(`${prefix}/`)
      return inside ? candidate.pathname.slice(prefix.length) + candidate.search : undefined
    },
  }
}
