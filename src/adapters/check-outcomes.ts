import { PrelabelError } from '../errors.js'
import type { Outcome } from './contract/predict.js'

/**
 * What an adapter answered, whose author may not have been held by types: an entry that is no outcome becomes an Error,
 * so that its item fails alone.
 *
 * @param name the adapter's
 * @param count how many items it was asked about
 * @returns one outcome for each item
 * @throws PrelabelError `adapter-outcome-count`
 */
export function checkOutcomes(name: string, outcomes: readonly Outcome[], count: number): readonly Outcome[] {
  if (Array.isArray(outcomes) && outcomes.length === count) return outcomes.map((outcome) => checked(name, outcome))
  const given = Array.isArray(outcomes) ? String(outcomes.length) : 'no list of'
  throw new PrelabelError(`the adapter ${name} gave ${given} outcomes for ${count} items`, {
    code: 'adapter-outcome-count',
    hint: 'Return one outcome for each item, in order: findings, an empty list, or an Error.',
  })
}

function checked(name: string, outcome: Outcome): Outcome {
  if (Array.isArray(outcome) || outcome instanceof Error) return outcome
  return new PrelabelError(`the adapter ${name} gave an outcome that is neither a list nor an Error`, {
    code: 'adapter-outcome-invalid',
    hint: 'Return a list of findings for each item; an empty one when nothing was found.',
  })
}
