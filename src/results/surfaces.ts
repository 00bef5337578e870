/** What is known of the things that regions lie on: given by the caller, or read from the task. */

import type { ObjectTag } from '../config/index.js'
import { readField } from '../config/index.js'
import type { ImageSurface, Surface } from './surface.js'
import type { Task } from './task.js'
import { createTextIndex, type TextIndex } from './text/index.js'

/** Surfaces by object name, or for objects with several pages a list in their order. */
export type GivenSurfaces = Readonly<Record<string, Surface | readonly Surface[]>>

export interface Surfaces {
  set(objectName: string, surface: Surface, page?: number): void
  size(objectName: string, page?: number): ImageSurface | undefined
  /** The text of the object, or of one utterance of a dialogue. */
  text(objectName: string, object: ObjectTag, utterance?: number): TextIndex | undefined
}

export function createSurfaces(task: Task | undefined, given: GivenSurfaces = {}): Surfaces {
  const known = new Map<string, Surface>()
  const texts = new Map<string, TextIndex | undefined>()
  const keyOf = (objectName: string, page = 0) => `${page} ${objectName}`
  const set = (objectName: string, surface: Surface, page?: number) => {
    known.set(keyOf(objectName, page), surface)
    texts.clear()
  }
  for (const [objectName, surface] of Object.entries(given)) {
    if (isList(surface)) for (const [page, one] of surface.entries()) set(objectName, one, page)
    else set(objectName, surface)
  }
  return {
    set,
    size: (objectName, page) => imageSize(known.get(keyOf(objectName, page))),
    text(objectName, object, utterance) {
      const key = `${utterance ?? ''} ${objectName}`
      if (!texts.has(key)) {
        const surface = known.get(keyOf(objectName))
        const text = surface === undefined ? textOfTask(object, task) : textOf(surface)
        texts.set(key, text === undefined ? undefined : createTextIndex(text))
      }
      return texts.get(key)
    },
  }
}

function isList(surface: Surface | readonly Surface[]): surface is readonly Surface[] {
  return Array.isArray(surface)
}

function imageSize(surface: Surface | undefined): ImageSurface | undefined {
  if (surface === undefined || !('width' in surface) || !('height' in surface)) return undefined
  const { width, height } = surface
  return typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0
    ? { width, height }
    : undefined
}

function textOf(surface: Surface): string | undefined {
  return 'text' in surface && typeof surface.text === 'string' ? surface.text : undefined
}

/** The text that the task itself holds: not one that it names by URL or holds encoded. */
function textOfTask(object: ObjectTag, task: Task | undefined): string | undefined {
  const { valueType, encoding } = object.attributes
  const encoded = encoding !== undefined && encoding !== 'none'
  if (task === undefined || object.tag !== 'Text' || valueType === 'url' || encoded) return undefined
  const field = readField(object, task.data)
  return typeof field === 'string' ? field : undefined
}
