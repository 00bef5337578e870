/** Options of the media loader. */

import { z } from 'zod'
import { accessWith, readLabelStudioEnvironment } from '../label-studio/environment.js'
import { checkToken } from '../label-studio/token.js'
import { parseOptions } from '../parse-options.js'
import { parseHost, parseNetwork } from './address.js'

/** The least that is needed of `fetch`; the one of every runtime fits. */
export type Fetch = (
  url: string,
  init: { readonly headers: Record<string, string>; readonly redirect: 'manual'; readonly signal: AbortSignal },
) => Promise<FetchResponse>

export interface FetchResponse {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  readonly body: AsyncIterable<Uint8Array> | null
}

/** Caps; a field above one of them fails alone, with a `media-…` error that names the cap. */
export interface MediaLimits {
  /** Bytes of a picture. @default 64 MiB */
  readonly imageBytes: number
  /** Width × height of a picture. @default 100 million */
  readonly pixels: number
  /** Bytes of a text or dialogue. @default 16 MiB */
  readonly textBytes: number
  /** Bytes of a sound or video file. @default 2 GiB */
  readonly fileBytes: number
  /** Seconds for a picture, text or dialogue, redirects included, from when it has its turn. @default 30 */
  readonly seconds: number
  /** Seconds for a sound or video file, from when it has its turn. @default 300 */
  readonly fileSeconds: number
  /** Redirects followed for one field. @default 5 */
  readonly redirects: number
  /** Fields of lists that are fetched at the same time, and as many of what a person waits for; others wait. @default 8 */
  readonly concurrency: number
}

/** A cache of fetched media on disk. */
export interface MediaCacheOptions {
  /** A directory for this cache alone; made when it is missing. */
  readonly directory: string
  /** Bytes that all files together may take, but for those in use; the ones used longest ago go first. @default 4 GiB */
  readonly maxBytes?: number
  /** How long a fetched file stands for its URL. @default 3600 */
  readonly maxAgeSeconds?: number
}

export interface MediaLoaderOptions {
  /**
   * The Label Studio whose uploads, local files and cloud storages are read, and a token of either kind.
   * @default LABEL_STUDIO_URL (or LABEL_STUDIO_HOST) and LABEL_STUDIO_API_KEY (or LABEL_STUDIO_ACCESS_TOKEN); the latter
   * also for a `url` without `token`
   */
  readonly labelStudio?: { readonly url: string; readonly token?: string }
  /** Directories whose files tasks may name: by `file:` URL, absolute path, or path relative to one of them. */
  readonly roots?: readonly string[]
  /**
   * Where the document root of Label Studio's local storages is mounted here: read before Label Studio is asked.
   * @default LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT
   */
  readonly localFiles?: string
  /**
   * Where media may be fetched from besides public addresses and Label Studio: addresses (`127.0.0.1`), networks
   * (`10.0.0.0/8`), host names with or without port (`minio:9000`).
   */
  readonly allow?: readonly string[]
  readonly limits?: Partial<MediaLimits>
  readonly cache?: MediaCacheOptions
  /**
   * Fetches instead of Node's guarded connections, where those do not exist (edge runtimes). Literal addresses and
   * redirects are still checked, but not what a host name resolves to: that must be the runtime's care.
   */
  readonly fetch?: Fetch
  /** Where the variables are looked up. @default process.env, where there is one */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

const MIB = 1024 ** 2

const positive = z.number().positive()
const whole = z.int().nonnegative()

const limitsSchema = z.strictObject({
  imageBytes: positive.default(64 * MIB),
  pixels: positive.default(100e6),
  textBytes: positive.default(16 * MIB),
  fileBytes: positive.default(2048 * MIB),
  seconds: positive.default(30),
  fileSeconds: positive.default(300),
  redirects: whole.default(5),
  concurrency: z.int().positive().default(8),
})

const optionsSchema = z.strictObject({
  labelStudio: z.strictObject({ url: z.string(), token: z.string().trim().optional() }).optional(),
  roots: z.array(z.string().min(1)).default([]),
  localFiles: z.string().min(1).optional(),
  allow: z
    .array(
      z
        .string()
        .refine(
          (entry) => parseNetwork(entry) !== undefined || parseHost(entry) !== undefined,
          'expected an address, network or host',
        ),
    )
    .default([]),
  limits: limitsSchema.default(limitsSchema.parse({})),
  cache: z
    .strictObject({
      directory: z.string().min(1),
      maxBytes: positive.default(4096 * MIB),
      maxAgeSeconds: z.number().nonnegative().default(3600),
    })
    .optional(),
  fetch: z.custom<Fetch>((value) => typeof value === 'function', 'expected a function').optional(),
  environment: z.record(z.string(), z.string().optional()).optional(),
})

export type CheckedMediaOptions = z.infer<typeof optionsSchema>

/** @throws PrelabelError `media-options` */
export function checkMediaOptions(options: MediaLoaderOptions): CheckedMediaOptions {
  const owner = { name: 'media', code: 'media-options', page: 'docs/media.md' }
  const checked = parseOptions(owner, optionsSchema, options)
  const token = checked.labelStudio?.token
  if (token !== undefined) checkToken(token, 'media.labelStudio.token', owner.code)
  return withEnvironment(checked)
}

function withEnvironment(options: CheckedMediaOptions): CheckedMediaOptions {
  const environment = options.environment ?? globalThis.process?.env ?? {}
  const found = readLabelStudioEnvironment(environment)
  const labelStudio = accessWith(options.labelStudio, found)
  return { ...options, labelStudio, localFiles: options.localFiles ?? found.localFiles }
}
