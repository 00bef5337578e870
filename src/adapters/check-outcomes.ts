import { PrelabelError } from '../errors.js'
import type { Outcome } from './contract/predict.js'
import { wrongFinding } from './wrong-finding.js'

/**
 * What an adapter answered, whose author may not have been held by types: an entry that is no outcome, or holds
 * something that is no finding, becomes an Error, so that its item fails alone.
 *
 * @param name the adapter's
 * @param count how many items it was asked about
 * @returns one outcome for each item
 * @throws PrelabelError `adapter-outcome-count`
 */
export function checkOutcomes(name: string, outcomes: readonly Outcome[], count: number): readonly Outcome[] {
  if (Array.isArray(outcomes) && outcomes.length === count)
    return Array.from(outcomes, (outcome) => checked(name, outcome))
  const given = Array.isArray(outcomes) ? String(outcomes.length) : 'no list of'
  throw new PrelabelError(`the adapter ${name} gave ${given} outcomes for ${count} items`, {
    code: 'adapter-outcome-count',
    hint: 'Return one outcome for each item, in order: findings, an empty list, or an Error.',
  })
}

function checked(name: string, outcome: Outcome): Outcome {
  if (Array.isArray(outcome)) {
    const wrong = wrongFinding(outcome)
    return wrong === undefined ? outcome : invalid(`${name} gave a ${wrong.path} that is ${wrong.is}`, wrong.path)
  }
  if (outcome instanceof Error) return outcome
  return invalid(`${name} gave an outcome that is neither a list nor an Error`)
}

function invalid(message: string, path?: string): PrelabelError {
  return new PrelabelError(`the adapter ${message}`, {
    code: 'adapter-outcome-invalid',
    hint: 'Return a list of findings for each item; an empty one when nothing was found.',
    ...(path === undefined ? {} : { path }),
  })
}
