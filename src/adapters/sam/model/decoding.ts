import { inTurns, type Steps } from '../../../inference/pictures/in-turns.js'
import type { Tensor } from '../../../inference/session.js'
import { cleanMask } from '../../../results/mask/clean-mask.js'
import { emptyMask } from '../../../results/mask/mask-pixels.js'
import { chooseMask } from '../prompting/choose-mask.js'
import { type Frame, frameOf } from '../prompting/frame.js'
import type { Offer } from '../prompting/read-masks.js'
import { withoutMask } from '../prompting/stand-in.js'
import { upsample } from '../prompting/upsample.js'
import { candidatesOf, rankOffers } from './candidates.js'
import { askDecoder } from './decoder.js'
import type { PicturePlan } from './picture-plan.js'
import { chunksOf, type Decoders, type Routes, routesFor } from './routes.js'
import type { DecodeOptions, Embedding, SamAnswer, SamModel, SamPrompt } from './sam-model.js'

/** The decoder's half of a model. */
export type Decoding = Pick<SamModel, 'decode' | 'decodeAll' | 'takesMask'>

/** @param constants what the decoders get besides each picture's embedding */
export function createDecoding(
  decoders: Decoders,
  { size, resize }: PicturePlan,
  constants: Readonly<Record<string, Tensor>>,
): Decoding {
  const takesMask = decoders.points.layout.mask !== undefined
  const route = (prompt: SamPrompt, frame: Frame) =>
    routesFor(decoders, takesMask ? prompt : withoutMask(prompt, frame))
  const feeds = ({ tensors }: Embedding) => ({ ...tensors, ...constants })

  /** What all routes of one prompt offer. */
  async function offersOf({ routes }: Routes, embedding: Embedding, frame: Frame): Promise<Offer[]> {
    const asked = routes.map(({ decoder, prompt }) => askDecoder(decoder, feeds(embedding), [prompt], frame))
    return (await Promise.all(asked)).flat(2)
  }

  /** What is offered for each of some prompts that can be asked together. */
  function offersOfChunk(chunk: readonly Routes[], embedding: Embedding, frame: Frame): Promise<Offer[][]> {
    const [route, ...others] = chunk.flatMap(({ routes }) => routes)
    if (route === undefined || chunk.length === 1)
      return Promise.all(chunk.map((routes) => offersOf(routes, embedding, frame)))
    const prompts = [route, ...others].map(({ prompt }) => prompt)
    return askDecoder(route.decoder, feeds(embedding), prompts, frame)
  }

  return {
    takesMask,
    async decode(embedding, prompt, options = {}) {
      options.signal?.throwIfAborted()
      const frame = frameOf(embedding, size, resize)
      const routes = route(prompt, frame)
      const best = bestOf(await offersOf(routes, embedding, frame), routes, frame, options)
      return best === undefined ? emptyAnswer(embedding) : inTurns(answer(best, frame, options))
    },
    async *decodeAll(embedding, prompts, signal) {
      const frame = frameOf(embedding, size, resize)
      const routes = Array.from(prompts, (prompt) => route(prompt, frame))
      for (const chunk of chunksOf(routes)) {
        signal?.throwIfAborted()
        const offers = await offersOfChunk(chunk, embedding, frame)
        for (const [i, each] of chunk.entries()) yield candidatesOf(offers[i] ?? [], each, frame)
      }
    },
  }
}

function bestOf(
  offers: readonly Offer[],
  routes: Routes,
  frame: Frame,
  { choice = 'best' }: DecodeOptions,
): Offer | undefined {
  return routes.exact ? chooseMask(offers, choice, routes.told) : rankOffers(offers, routes, frame)[0]
}

function* answer({ score, lowRes }: Offer, frame: Frame, options: DecodeOptions): Steps<SamAnswer> {
  const whole = upsample(lowRes, frame)
  yield
  const { minArea = 0, minHoleArea = 0 } = options
  const mask = minArea > 0 || minHoleArea > 0 ? cleanMask(whole, { minArea, minHoleArea }) : whole
  // The logits are a part of all that the decoder gave, which need not be kept for them.
  return { mask, score, lowRes: { ...lowRes, data: lowRes.data.slice() } }
}

function emptyAnswer({ width, height }: Embedding): SamAnswer {
  return { mask: emptyMask(width, height), score: 0, lowRes: { width: 1, height: 1, data: Float32Array.of(-1) } }
}
