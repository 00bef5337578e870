/** The value of a task's field, read as the places where its bytes may be. */

import { PrelabelError } from '../errors.js'
import type { BaseUrl } from '../label-studio/base-url.js'
import { redactUrl } from '../label-studio/redact.js'
import { checkOwner, type FieldOwner, isLabelStudioPath, labelStudioSources } from './label-studio-source.js'

/** One place to try. */
export type Source =
  | { readonly kind: 'inline'; readonly uri: string }
  | { readonly kind: 'remote'; readonly url: string }
  /** A path or `file:` URL, to be looked for in `roots` alone. */
  | { readonly kind: 'file'; readonly path: string; readonly roots: readonly string[] }

/** The URL or path: may hold a presigned URL's secrets. */
export function addressOf(source: Source): string {
  if (source.kind === 'file') return source.path
  return source.kind === 'remote' ? source.url : source.uri
}

/** What a message may say of it. */
export function nameOf(source: Source): string {
  return source.kind === 'file' ? source.path : redactUrl(addressOf(source))
}

/** What values are resolved against. */
export interface SourceContext extends FieldOwner {
  readonly base: BaseUrl | undefined
  readonly roots: readonly string[]
  readonly localFiles: string | undefined
}

const CLOUD = /^(s3|gs|azure-blob):/i
/** A scheme has two letters at least: `C:\pictures` is a path. */
const SCHEME = /^([a-z][a-z0-9+.-]+):/i

/**
 * The places to try for a field's value, in order; never empty.
 *
 * @throws PrelabelError `media-value`, `media-scheme`, `media-no-label-studio`, `media-no-task`, `media-other-task`, `media-path`
 */
export function findSources(value: unknown, context: SourceContext): readonly Source[] {
  if (typeof value !== 'string' || value.trim() === '') throw valueError(value)
  const text = value.trim()
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase()
  if (scheme === 'data') return [{ kind: 'inline', uri: text }]
  if (CLOUD.test(text)) return [cloudSource(text, context)]
  if (scheme === 'http' || scheme === 'https') return webSources(text, context)
  if (text.startsWith('//')) return webSources(`https:${text}`, context)
  if (scheme !== undefined && scheme !== 'file') {
    throw new PrelabelError(`cannot read media from ${scheme}: (${redactUrl(text)})`, {
      code: 'media-scheme',
      hint: 'Understood are http(s), s3, gs, azure-blob, data and file URLs, paths of Label Studio, and paths under `roots`.',
    })
  }
  return pathSources(text, context)
}

function valueError(value: unknown): PrelabelError {
  const found = typeof value === 'string' ? 'empty' : value === null ? 'null' : typeof value
  return new PrelabelError(`the field holds no URL or path: it is ${Array.isArray(value) ? 'a list' : found}`, {
    code: 'media-value',
    hint: 'Check that the task has the field which the tag names in `value`, and that it is a URL or path.',
  })
}

function webSources(text: string, context: SourceContext): readonly Source[] {
  if (!URL.canParse(text)) {
    throw new PrelabelError(`not a URL: ${redactUrl(text)}`, {
      code: 'media-value',
      hint: 'Correct it in the task: a URL is such as https://example.com/a.jpg.',
    })
  }
  const { base, localFiles } = context
  const url = new URL(text)
  const path = base === undefined ? undefined : (base.pathOf(url) ?? pathOnLoopback(url, base))
  if (base !== undefined && path !== undefined && isLabelStudioPath(path)) {
    checkOwner(path, context)
    return labelStudioSources(path, base, localFiles)
  }
  return [{ kind: 'remote', url: url.href }]
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/

/**
 * A Label Studio that takes itself for `localhost` writes that into tasks; from here it is where the options say. On
 * one machine the port tells whether it is meant.
 */
function pathOnLoopback(url: URL, base: BaseUrl): string | undefined {
  const own = new URL(base.origin)
  const isMeant = LOOPBACK.test(url.hostname) && (!LOOPBACK.test(own.hostname) || own.port === url.port)
  return isMeant ? pathWithin(url.pathname + url.search, base) : undefined
}

/** An upload as exports name it, without the `/data/` of Label Studio's pages. */
const EXPORTED_UPLOAD = /^\/?(upload\/\d+\/[^/?#]+)$/

function pathSources(text: string, context: SourceContext): readonly Source[] {
  const { base, roots, localFiles } = context
  const upload = EXPORTED_UPLOAD.exec(text)?.[1]
  if (upload !== undefined && (base !== undefined || roots.length === 0)) {
    const files: readonly Source[] = roots.length > 0 ? [{ kind: 'file', path: text, roots }] : []
    return [...files, ...pathSources(`/data/${upload}`, { ...context, roots: [] })]
  }
  if (text.startsWith('/')) {
    const path = pathWithin(text, base)
    if (isLabelStudioPath(path)) {
      if (base !== undefined) {
        checkOwner(path, context)
        return labelStudioSources(path, base, localFiles)
      }
      throw new PrelabelError(`${redactUrl(text)} is a file of Label Studio, and it is not known where that is`, {
        code: 'media-no-label-studio',
        hint: 'Set LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY, or the media option `labelStudio`.',
      })
    }
  }
  if (roots.length > 0) return [{ kind: 'file', path: text, roots }]
  throw new PrelabelError(`local paths are not read: ${redactUrl(text)}`, {
    code: 'media-path',
    hint: 'List the directories whose files may be read in the media option `roots`.',
  })
}

/** Without dots, and without the prefix of Label Studio's URL when it has that. */
function pathWithin(text: string, base: BaseUrl | undefined): string {
  const origin = base?.origin ?? 'http://label-studio'
  if (!URL.canParse(text, origin)) return text
  const url = new URL(text, origin)
  return base?.pathOf(url) ?? url.pathname + url.search
}

/** Label Studio resolves a cloud URI with the credentials of the project's storage, and answers with a presigned URL. */
function cloudSource(uri: string, { base, taskId }: SourceContext): Source {
  if (base === undefined) {
    throw new PrelabelError(`${redactUrl(uri)} is read through Label Studio, and it is not known where that is`, {
      code: 'media-no-label-studio',
      hint: 'Set LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY, or the media option `labelStudio`.',
    })
  }
  if (taskId === undefined) {
    throw new PrelabelError(`${redactUrl(uri)} can be read only for a task that is in Label Studio`, {
      code: 'media-no-task',
      hint: 'Label Studio reads cloud storages for a task it has: give the task its `id`, or an http(s) URL instead.',
    })
  }
  const encoded = encodeBase64Url(uri)
  return { kind: 'remote', url: base.join(`/tasks/${encodeURIComponent(taskId)}/resolve/?fileuri=${encoded}`) }
}

function encodeBase64Url(text: string): string {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_')
}
