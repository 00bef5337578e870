/** Files that Label Studio itself serves: uploads, local storages, cloud storages. */

import type { BaseUrl } from '../label-studio/base-url.js'
import type { Source } from './source.js'

/**
 * Paths under which Label Studio serves media. The token goes to these alone: task data must not make the backend read
 * Label Studio's API with its own rights.
 */
const MEDIA_PATHS =
  /^\/(data\/(upload|local-files)\/?|storage-data\/uploaded\/?|(tasks|projects)\/[^/]+\/(resolve|presign)\/?|static\/)/

/** An encoded slash in the path could become a way out of it behind a proxy; no file of Label Studio has one. */
const ENCODED_SLASH = /%2f|%5c/i

export function isLabelStudioPath(path: string): boolean {
  return MEDIA_PATHS.test(path) && !ENCODED_SLASH.test(path.split('?', 1)[0] ?? '')
}

/**
 * The places of one of Label Studio's paths. An upload is also asked for at `/storage-data/uploaded/`, where it is when
 * Label Studio keeps uploads in a cloud behind nginx; a Label Studio with uploads on disk answers 400 there.
 */
export function labelStudioSources(path: string, base: BaseUrl, localFiles: string | undefined): readonly Source[] {
  const itself: Source = { kind: 'remote', url: base.join(path) }
  const upload = /^\/data\/(upload\/[^?#]+)/.exec(path)?.[1]
  if (upload !== undefined) {
    const filepath = encodeURIComponent(decodePath(upload)).replaceAll('%2F', '/')
    return [itself, { kind: 'remote', url: base.join(`/storage-data/uploaded/?filepath=${filepath}`) }]
  }
  const localFile = localFiles === undefined ? undefined : localFilePath(path)
  if (localFiles === undefined || localFile === undefined) return [itself]
  return [{ kind: 'file', path: localFile, roots: [localFiles] }, itself]
}

/** The path within the document root: the last `d` of `/data/local-files/?d=…`. */
function localFilePath(path: string): string | undefined {
  if (!path.startsWith('/data/local-files')) return undefined
  const value = new URL(path, 'http://label-studio').searchParams.getAll('d').at(-1)
  return value?.replace(/^\/+/, '') || undefined
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
