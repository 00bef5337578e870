import type { MaskChoice, SamPrompt } from '../model/sam-model.js'
import type { Offer } from './read-masks.js'

/** Part of a part, part, and whole: without the mask that decoders of four give first, for prompts that leave no doubt. */
export function levels(offers: readonly Offer[]): readonly Offer[] {
  return offers.length === 4 ? offers.slice(1) : offers
}

/** @see MaskChoice */
export function chooseMask(offers: readonly Offer[], choice: MaskChoice, prompt: SamPrompt): Offer | undefined {
  if (choice === 'auto' && offers.length === 4 && promptSize(prompt) > 2) return offers[0]
  const masks = levels(offers)
  const best = masks.reduce<Offer | undefined>(
    (best, offer) => (best === undefined || offer.score > best.score ? offer : best),
    undefined,
  )
  return typeof choice === 'number' ? (masks[choice] ?? best) : best
}

/** How many points the decoder sees, as Meta's exporter counts them. */
function promptSize({ points, box }: SamPrompt): number {
  return points.length + (box === undefined ? 0 : 2)
}
