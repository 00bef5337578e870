/** A source opened: its bytes as a stream, and what is known of them before they are read. */

import { PrelabelError } from '../errors.js'
import { redactUrl } from '../label-studio/redact.js'
import { readDataUri } from './data-uri.js'
import { type FetchSetting, fetchMedia } from './fetch-media.js'
import { connectionError } from './http-errors.js'
import type { Source } from './source.js'

export interface OpenedSource {
  readonly body: AsyncIterable<Uint8Array>
  /** Bytes that the source says it has. */
  readonly size: number | undefined
  readonly contentType: string | undefined
  /** Fit for messages: redacted. */
  readonly name: string
  /** The file that the bytes come from, when it lies on disk. */
  readonly path: string | undefined
}

/** After one of these the next source is tried. */
const NEXT_AFTER = new Set(['media-not-found', 'media-unauthorized', 'media-http-status'])

/** Opens the first source that can be opened. @throws PrelabelError what the last one failed with */
export async function openFirst(
  sources: readonly Source[],
  setting: FetchSetting,
  signal: AbortSignal,
): Promise<OpenedSource> {
  let failure: unknown
  for (const source of sources) {
    try {
      return await openSource(source, setting, signal)
    } catch (error) {
      if (!PrelabelError.isInstance(error) || !NEXT_AFTER.has(error.code)) throw error
      failure = error
    }
  }
  throw failure
}

function openSource(source: Source, setting: FetchSetting, signal: AbortSignal): Promise<OpenedSource> {
  if (source.kind === 'remote') return openRemote(source.url, setting, signal)
  if (source.kind === 'file') return openFile(source.path, source.roots, signal)
  return openInline(source.uri)
}

async function openInline(uri: string): Promise<OpenedSource> {
  const { bytes, contentType } = readDataUri(uri)
  return { body: once(bytes), size: bytes.length, contentType, name: redactUrl(uri), path: undefined }
}

async function openRemote(url: string, setting: FetchSetting, signal: AbortSignal): Promise<OpenedSource> {
  const { headers, body } = await fetchMedia(url, setting, signal)
  const length =
    headers.get('content-encoding') === null ? Number(headers.get('content-length') ?? Number.NaN) : Number.NaN
  return {
    body: body === null ? once(new Uint8Array()) : withNamedErrors(body, new URL(url)),
    size: Number.isNaN(length) ? undefined : length,
    contentType: headers.get('content-type') ?? undefined,
    name: redactUrl(url),
    path: undefined,
  }
}

async function openFile(path: string, roots: readonly string[], signal: AbortSignal): Promise<OpenedSource> {
  const { findLocalFile, streamLocalFile } = await import('./local-file.js')
  const file = await findLocalFile(path, roots)
  return {
    body: streamLocalFile(file.path, signal),
    size: file.size,
    contentType: undefined,
    name: path,
    path: file.path,
  }
}

async function* once(bytes: Uint8Array) {
  yield bytes
}

async function* withNamedErrors(body: AsyncIterable<Uint8Array>, url: URL) {
  try {
    yield* body
  } catch (cause) {
    throw connectionError(url, cause, false)
  }
}
