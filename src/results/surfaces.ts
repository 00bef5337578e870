/** What is known of the things that regions lie on: given by the caller, or read from the task. */

import { type ObjectTag, readField } from '../config/index.js'
import type { ImageSurface, Surface } from './surface.js'
import type { Task } from './task.js'
import { createTextIndex, type HtmlIndex, indexHyperText, type TextIndex } from './text/index.js'

/** Surfaces by object name; a list for objects with several pages. */
export type GivenSurfaces = Readonly<Record<string, Surface | readonly Surface[] | undefined>>

export interface Surfaces {
  set(objectName: string, surface: Surface, page?: number): void
  size(objectName: string, page?: number): ImageSurface | undefined
  /** Seconds, of a surface with `duration`. */
  duration(objectName: string): number | undefined
  text(objectName: string, object: ObjectTag): TextIndex | undefined
  html(objectName: string, object: ObjectTag): HtmlIndex | undefined
  utterances(objectName: string, object: ObjectTag): readonly string[] | undefined
}

export function createSurfaces(task: Task | undefined, given: GivenSurfaces = {}): Surfaces {
  const known = new Map<string, Surface>()
  const keyOf = (objectName: string, page = 0) => `${page} ${objectName}`
  const texts = remember((name, object) => indexed(createTextIndex, textOf(known.get(keyOf(name))), object, task))
  const pages = remember((name, object) => {
    return indexed((html) => indexHyperText(object, html), htmlOf(known.get(keyOf(name))), object, task)
  })
  const set = (objectName: string, surface: Surface, page?: number) => {
    known.set(keyOf(objectName, page), surface)
    texts.forget()
    pages.forget()
  }
  for (const [objectName, surface] of Object.entries(given)) {
    if (isList(surface)) for (const [page, one] of surface.entries()) set(objectName, one, page)
    else if (surface !== undefined) set(objectName, surface)
  }
  return {
    set,
    size: (objectName, page) => imageSize(known.get(keyOf(objectName, page))),
    duration: (objectName) => numberIn(known.get(keyOf(objectName)), 'duration'),
    text: texts.get,
    html: pages.get,
    utterances: (objectName, object) => utterancesOf(known.get(keyOf(objectName))) ?? dialogueOfTask(object, task),
  }
}

/** Indexes are made once for each object, until a surface changes. */
function remember<T>(make: (objectName: string, object: ObjectTag) => T) {
  let made: Map<string, T> | undefined
  return {
    forget() {
      made = undefined
    },
    get(objectName: string, object: ObjectTag): T | undefined {
      made ??= new Map()
      if (!made.has(objectName)) made.set(objectName, make(objectName, object))
      return made.get(objectName)
    },
  }
}

function indexed<T>(
  index: (text: string) => T,
  given: string | undefined,
  object: ObjectTag,
  task: Task | undefined,
): T | undefined {
  const text = given ?? textOfTask(object, task)
  return text === undefined ? undefined : index(text)
}

function isList(surface: Surface | readonly Surface[] | undefined): surface is readonly Surface[] {
  return Array.isArray(surface)
}

function imageSize(surface: Surface | undefined): ImageSurface | undefined {
  const width = numberIn(surface, 'width')
  const height = numberIn(surface, 'height')
  return width === undefined || height === undefined ? undefined : { width, height }
}

function numberIn(surface: Surface | undefined, key: string): number | undefined {
  const number: unknown = surface === undefined ? undefined : Reflect.get(surface, key)
  return typeof number === 'number' && number > 0 ? number : undefined
}

function textOf(surface: Surface | undefined): string | undefined {
  return surface !== undefined && 'text' in surface && typeof surface.text === 'string' ? surface.text : undefined
}

function htmlOf(surface: Surface | undefined): string | undefined {
  return surface !== undefined && 'html' in surface && typeof surface.html === 'string' ? surface.html : undefined
}

function utterancesOf(surface: Surface | undefined): readonly string[] | undefined {
  if (surface === undefined || !('utterances' in surface) || !Array.isArray(surface.utterances)) return undefined
  return surface.utterances.map((utterance: unknown) => textIn(utterance, 'text'))
}

/** The text that the task itself holds: not one that it names by URL or holds encoded. */
function textOfTask(object: ObjectTag, task: Task | undefined): string | undefined {
  const { encoding = 'none' } = object.attributes
  const field = encoding === 'none' ? fieldOf(object, task) : undefined
  return typeof field === 'string' ? field : undefined
}

function dialogueOfTask(object: ObjectTag, task: Task | undefined): readonly string[] | undefined {
  const field = fieldOf(object, task)
  const key = object.attributes.textKey ?? 'text'
  return Array.isArray(field) ? field.map((utterance: unknown) => textIn(utterance, key)) : undefined
}

const TEXT_TAGS = ['Text', 'HyperText', 'Paragraphs']

function fieldOf(object: ObjectTag, task: Task | undefined): unknown {
  const holdsText = TEXT_TAGS.includes(object.tag) && object.attributes.valueType !== 'url'
  return task === undefined || !holdsText ? undefined : readField(object, task.data)
}

function textIn(utterance: unknown, key: string): string {
  const text: unknown = typeof utterance === 'object' && utterance !== null ? Reflect.get(utterance, key) : undefined
  return typeof text === 'string' ? text : ''
}
