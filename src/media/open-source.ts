/** A source opened: its bytes as a stream, and what is known of them before they are read. */

import { redactUrl } from '../label-studio/redact.js'
import { oneChunk, tooLarge } from './collect-bytes.js'
import { readDataUri } from './data-uri.js'
import { discard, type FetchSetting, fetchMedia } from './fetch-media.js'
import type { StoredFile } from './file-store.js'
import { connectionError } from './http-errors.js'
import type { FieldOwner } from './label-studio-source.js'
import type { Source } from './source.js'

export interface OpenedSource {
  readonly body: AsyncIterable<Uint8Array>
  readonly contentType: string | undefined
  /** Fit for messages: redacted. */
  readonly name: string
  /** The file that the bytes come from, when they lie on disk. */
  readonly file?: SourceFile
}

export interface SourceFile {
  readonly path: string
  /** SHA-256, when it is known. */
  readonly hash: string | undefined
  /** Gives up a file of the cache, which may be removed from then on. */
  release(): Promise<void>
}

/** How to open. */
export interface Opening {
  readonly setting: FetchSetting
  /** The task whose field it is. */
  readonly owner: FieldOwner
  /** Most bytes: a source that says it has more is not read at all. */
  readonly cap: number
  readonly signal: AbortSignal
}

/** Opens one place. Remote ones are fetched: nothing is looked up in a cache here. */
export function openSource(source: Source, opening: Opening): Promise<OpenedSource> {
  switch (source.kind) {
    case 'file':
      return openFile(source.path, source.roots, opening)
    case 'inline':
      return openInline(source.uri, opening)
    case 'remote':
      return openRemote(source.url, opening)
  }
}

/** Opens what the cache has. */
export async function openKept(
  { path, hash, contentType, release }: StoredFile,
  name: string,
  signal: AbortSignal,
): Promise<OpenedSource> {
  const { streamLocalFile } = await import('./local-file.js')
  return { body: streamLocalFile(path, signal), contentType, name, file: { path, hash, release } }
}

async function openInline(uri: string, { cap }: Opening): Promise<OpenedSource> {
  const { bytes, contentType } = readDataUri(uri)
  if (bytes.length > cap) throw tooLarge(redactUrl(uri), cap)
  return { body: oneChunk(bytes), contentType, name: redactUrl(uri) }
}

async function openRemote(url: string, { setting, owner, cap, signal }: Opening): Promise<OpenedSource> {
  const response = await fetchMedia(url, setting, owner, signal)
  const { headers, body } = response
  const isCompressed = headers.get('content-encoding') !== null
  if (!isCompressed && Number(headers.get('content-length')) > cap) {
    await discard(response)
    throw tooLarge(redactUrl(url), cap)
  }
  return {
    body: body === null ? oneChunk(new Uint8Array()) : withNamedErrors(body, new URL(url)),
    contentType: headers.get('content-type') ?? undefined,
    name: redactUrl(url),
  }
}

async function openFile(path: string, roots: readonly string[], { cap, signal }: Opening): Promise<OpenedSource> {
  const { findLocalFile, streamLocalFile } = await import('./local-file.js')
  const found = await findLocalFile(path, roots)
  if (found.size > cap) throw tooLarge(path, cap)
  const file = { path: found.path, hash: undefined, release: async () => undefined }
  return { body: streamLocalFile(found.path, signal), contentType: undefined, name: path, file }
}

async function* withNamedErrors(body: AsyncIterable<Uint8Array>, url: URL) {
  try {
    yield* body
  } catch (cause) {
    throw connectionError(url, cause, false, true)
  }
}
