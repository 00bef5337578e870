/** A source opened: its bytes as a stream, and what is known of them before they are read. */

import { PrelabelError } from '../errors.js'
import { redactUrl } from '../label-studio/redact.js'
import { tooLarge } from './collect-bytes.js'
import type { DownloadCache } from './create-download-cache.js'
import { readDataUri } from './data-uri.js'
import { discard, type FetchSetting, fetchMedia } from './fetch-media.js'
import { connectionError } from './http-errors.js'
import type { FieldOwner } from './label-studio-source.js'
import type { Source } from './source.js'

export interface OpenedSource {
  readonly body: AsyncIterable<Uint8Array>
  readonly contentType: string | undefined
  /** Fit for messages: redacted. */
  readonly name: string
  /** The file that the bytes come from, when they lie on disk. */
  readonly file: SourceFile | undefined
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
  /** When given, what does not lie on disk is put there first. */
  readonly downloads: DownloadCache | undefined
  /** Most bytes: a source that says it has more is not read at all. */
  readonly cap: number
  readonly signal: AbortSignal
}

/** After one of these the next source is tried. */
const NEXT_AFTER = new Set(['media-not-found', 'media-unauthorized', 'media-http-status'])

/**
 * Opens the first source that can be opened.
 *
 * @throws PrelabelError what the first one failed with, and in its message what the others failed with
 */
export async function openFirst(sources: readonly Source[], opening: Opening): Promise<OpenedSource> {
  const failures: PrelabelError[] = []
  for (const source of sources) {
    try {
      return await openSource(source, opening)
    } catch (error) {
      if (!PrelabelError.isInstance(error) || !NEXT_AFTER.has(error.code)) throw error
      failures.push(error)
    }
  }
  throw joinFailures(failures)
}

function openSource(source: Source, opening: Opening): Promise<OpenedSource> {
  if (source.kind === 'file') return openFile(source.path, source.roots, opening)
  const open = source.kind === 'remote' ? openRemote : openInline
  const where = source.kind === 'remote' ? source.url : source.uri
  return opening.downloads === undefined ? open(where, opening) : openKept(where, opening, opening.downloads, open)
}

async function openInline(uri: string, { cap }: Opening): Promise<OpenedSource> {
  const { bytes, contentType } = readDataUri(uri)
  if (bytes.length > cap) throw tooLarge(redactUrl(uri), cap)
  return { body: once(bytes), contentType, name: redactUrl(uri), file: undefined }
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
    body: body === null ? once(new Uint8Array()) : withNamedErrors(body, new URL(url)),
    contentType: headers.get('content-type') ?? undefined,
    name: redactUrl(url),
    file: undefined,
  }
}

async function openKept(
  where: string,
  opening: Opening,
  downloads: DownloadCache,
  open: (where: string, opening: Opening) => Promise<OpenedSource>,
): Promise<OpenedSource> {
  const { path, hash, contentType, release } =
    (await downloads.find(where)) ?? (await downloads.keep(where, await open(where, opening), opening.cap))
  const { streamLocalFile } = await import('./local-file.js')
  return {
    body: streamLocalFile(path, opening.signal),
    contentType,
    name: redactUrl(where),
    file: { path, hash, release },
  }
}

async function openFile(path: string, roots: readonly string[], { cap, signal }: Opening): Promise<OpenedSource> {
  const { findLocalFile, streamLocalFile } = await import('./local-file.js')
  const found = await findLocalFile(path, roots)
  if (found.size > cap) throw tooLarge(path, cap)
  const file = { path: found.path, hash: undefined, release: async () => undefined }
  return { body: streamLocalFile(found.path, signal), contentType: undefined, name: path, file }
}

function joinFailures(failures: readonly PrelabelError[]): PrelabelError {
  const [first, ...others] = failures
  const rest = others.map(({ message }) => `, and ${message}`).join('')
  return new PrelabelError(`${first?.message ?? 'there is nothing to open'}${rest}`, {
    code: first?.code ?? 'media-value',
    ...(first?.hint === undefined ? {} : { hint: first.hint }),
  })
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
