import { levels } from '../prompting/choose-mask.js'
import { fitness } from '../prompting/fitness.js'
import type { Frame } from '../prompting/frame.js'
import { maskExtent } from '../prompting/mask-extent.js'
import type { Offer } from '../prompting/read-masks.js'
import { stabilityOf } from '../prompting/stability.js'
import { upsample } from '../prompting/upsample.js'
import type { Routes } from './routes.js'
import type { SamCandidate } from './sam-model.js'

/** Best first: by predicted IoU where the model was told everything, else by how well a mask obeys the prompt. */
export function rankOffers(offers: readonly Offer[], { exact, told }: Routes, frame: Frame): Offer[] {
  return levels(offers)
    .map((offer) => ({ offer, worth: exact ? offer.score : fitness(offer, told, frame) }))
    .sort((a, b) => b.worth - a.worth)
    .map(({ offer }) => offer)
}

export function candidatesOf(offers: readonly Offer[], routes: Routes, frame: Frame): SamCandidate[] {
  return rankOffers(offers, routes, frame).map((offer) => candidate(offer, frame))
}

function candidate({ score, lowRes }: Offer, frame: Frame): SamCandidate {
  // The logits are a part of all that the decoder gave, which need not be kept for them.
  const kept = { ...lowRes, data: lowRes.data.slice() }
  const extent = maskExtent(kept, frame)
  return {
    score,
    stability: stabilityOf(kept, frame),
    ...(extent === undefined ? {} : { box: extent.box }),
    lowRes: kept,
    upsample: () => upsample(kept, frame),
  }
}
