import { z } from 'zod'
import { PrelabelError } from '../../errors.js'
import { adapterName } from '../adapter-name.js'
import { adapterSchema } from './adapter-schema.js'

/** How findings of several adapters become one answer. */
const MERGE_RULES = ['union', 'priority', 'vote', 'longest'] as const
export type MergeRule = (typeof MERGE_RULES)[number]

export const composeOptions = z.strictObject({
  name: adapterName('compose'),
  /** The adapters, in order of priority. */
  adapters: z.array(adapterSchema).min(1),
  /**
   * `union`: all findings, the same thing once. `priority`: what overlaps a finding of an earlier adapter is left out.
   * `vote`: only what enough adapters find. `longest`: of spans and segments that overlap, the longest.
   * @default 'union'
   */
  merge: z.enum(MERGE_RULES).default('union'),
  /** How many adapters must find a thing, with `vote`. @default more than half of those asked */
  minVotes: z.number().int().positive().optional(),
  /** Two findings of a class are the same thing when their intersection over union is at least this. @default 0.5 */
  minOverlap: z.number().min(0.01).max(1).default(0.5),
  /** When one adapter fails for a task: the task fails too, or is answered by the others. @default 'fail' */
  onFailure: z.enum(['fail', 'ignore']).default('fail'),
  /** Only these controls, by name. */
  controls: z.array(z.string()).optional(),
})

/** Options of {@link compose}. */
export interface ComposeOptions extends z.input<typeof composeOptions> {
  /** Name of the adapter, part of the model version; give one when several of its kind serve one project. @default 'compose' */
  readonly name?: string | undefined
}
export type ComposeSettings = z.output<typeof composeOptions>

/** @throws PrelabelError `invalid-options` when the adapters cannot be composed as asked */
export function checkMembers({ adapters, minVotes }: ComposeSettings): void {
  const whole = adapters.filter(({ scope }) => scope === 'task')
  if (whole.length > 0 && whole.length < adapters.length)
    throw wrong(
      'adapters',
      `${whole.map(({ name }) => name).join(', ')} looks at whole tasks and the others at one object at a time`,
      'Compose adapters that look at the same.',
    )
  if (minVotes !== undefined && minVotes > adapters.length)
    throw wrong('minVotes', `${adapters.length} adapters cannot give ${minVotes} votes`, 'Ask for fewer votes.')
}

function wrong(option: string, message: string, hint: string): PrelabelError {
  return new PrelabelError(`compose: ${message}`, { code: 'invalid-options', path: `compose.${option}`, hint })
}
