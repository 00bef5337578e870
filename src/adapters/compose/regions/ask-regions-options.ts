import { z } from 'zod'
import { PrelabelError } from '../../../errors.js'
import { adapterName } from '../../adapter-name.js'
import { adapterSchema } from '../adapter-schema.js'

export const askRegionsOptions = z.strictObject({
  name: adapterName('ask-regions'),
  /** Finds the regions: a detector, a recogniser of entities, rules, … */
  find: adapterSchema,
  /** Is asked about each region: of what lies in it, it says what the per-region controls ask for. */
  ask: adapterSchema,
  /** Only these controls, by name: those of the regions, and those that are asked about them. */
  controls: z.array(z.string()).optional(),
  /** Most regions of one object that are asked about, the surest first; others stay without answers. @default 50 */
  maxRegions: z.int().positive().default(50),
  /**
   * What an annotator draws in interactive pre-annotation is a region too: rectangles and masks on pictures. For a `find`
   * that answers no drawings itself.
   * @default false
   */
  drawn: z.boolean().default(false),
  /** How much of its surroundings the cut-out of a picture shows on each side, as a part of the region's width and height. @default 0.1 */
  padding: z.number().min(0).max(2).default(0.1),
})

/** Options of {@link askRegions}. */
export interface AskRegionsOptions extends z.input<typeof askRegionsOptions> {
  /** Name of the adapter, part of the model version; give one when several of its kind serve one project. @default 'ask-regions' */
  readonly name?: string | undefined
}
export type AskRegionsSettings = z.output<typeof askRegionsOptions>

/** @throws PrelabelError `invalid-options` when these two cannot work together */
export function checkPair({ find, ask, drawn }: AskRegionsSettings): void {
  if (find.answersRegions === true) {
    const hint = 'Give `find` what finds the regions alone, and let `ask` be a composition.'
    throw wrong('find', `${find.name} answers about its regions itself`, hint)
  }
  if (drawn && find.prompts !== undefined) {
    throw wrong('drawn', `${find.name} answers what is drawn`, 'Leave it out: what `find` answers is asked about.')
  }
  if (ask.answers === 'prompts') {
    throw wrong('ask', `${ask.name} answers nothing but what is drawn`, 'Take an adapter that answers about tasks.')
  }
}

function wrong(option: string, message: string, hint: string): PrelabelError {
  return new PrelabelError(`askRegions: ${message}`, { code: 'invalid-options', path: `askRegions.${option}`, hint })
}
