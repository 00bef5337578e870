import { withoutBox } from '../prompting/stand-in.js'
import type { Decoder } from './decoder.js'
import type { SamPrompt } from './sam-model.js'

/** A model's decoders: one, or one for points and one for boxes. */
export interface Decoders {
  readonly points: Decoder
  readonly boxes?: Decoder
}

/** Which decoder is asked what. */
export interface Route {
  readonly decoder: Decoder
  readonly prompt: SamPrompt
}

/** How a prompt is put to a model. */
export interface Routes {
  readonly told: SamPrompt
  readonly routes: readonly Route[]
  /** Whether one decoder is told everything; otherwise the masks have to be held against the prompt. */
  readonly exact: boolean
}

/**
 * A decoder that takes points and boxes is asked once. Where they are two, a prompt with both asks both; where there is
 * none for boxes, a point in the middle of the box stands in.
 */
export function routesFor({ points, boxes }: Decoders, told: SamPrompt): Routes {
  const { box, mask } = told
  if (told.points.length === 0 && box === undefined && mask === undefined) return { told, routes: [], exact: true }
  const takesBoxes = points.layout.style === 'meta' || points.layout.boxes !== undefined
  if (box === undefined || takesBoxes) return { told, routes: [{ decoder: points, prompt: told }], exact: true }
  const pointRoute = { decoder: points, prompt: withoutBox(told) }
  if (boxes === undefined) return { told, routes: [pointRoute], exact: false }
  const boxRoute = { decoder: boxes, prompt: { points: [], box } }
  if (told.points.length === 0) return { told, routes: [boxRoute], exact: true }
  return { told, routes: [boxRoute, pointRoute], exact: false }
}

/** More gain nothing on a processor, and their masks take memory. */
const CHUNK = 16

/** Puts neighbours together that can be asked in one run of a decoder. */
export function* chunksOf(all: Iterable<Routes>): Generator<Routes[]> {
  let chunk: Routes[] = []
  for (const next of all) {
    const [first] = chunk
    if (first !== undefined && (chunk.length === CHUNK || !canJoin(first, next))) {
      yield chunk
      chunk = []
    }
    chunk.push(next)
  }
  if (chunk.length > 0) yield chunk
}

/** Exports of transformers have a dimension for prompts; where points and boxes go in together it is 1 for one of them. */
function canJoin(a: Routes, b: Routes): boolean {
  const [one, another] = [a.routes[0], b.routes[0]]
  if (one === undefined || another === undefined || one.decoder !== another.decoder) return false
  const { style, points, boxes } = one.decoder.layout
  return (
    style === 'transformers' &&
    (points === undefined || boxes === undefined) &&
    a.routes.length === 1 &&
    b.routes.length === 1 &&
    one.prompt.points.length === another.prompt.points.length
  )
}
