import { PrelabelError } from '../errors.js'
import { isPlainObject } from './find-non-json.js'

/**
 * What `fit` returned, as it will be after a restart. Undefined stays undefined.
 *
 * @param adapter its name, for the message
 * @throws PrelabelError `fit-not-json` for what JSON would lose: a Map, a typed array, NaN, a cycle
 */
export function learntJson(adapter: string, learnt: unknown): unknown {
  if (learnt === undefined) return undefined
  try {
    return JSON.parse(JSON.stringify(learnt, refuseLoss))
  } catch (cause) {
    throw new PrelabelError(`${adapter}: \`fit\` returned what is not plain JSON`, {
      code: 'fit-not-json',
      hint: 'Return plain objects, lists, strings, finite numbers, booleans and null; what was remembered before stays.',
      cause,
    })
  }
}

function refuseLoss(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} at "${key}"`)
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !isPlainObject(value))
    throw new TypeError(`${Object.prototype.toString.call(value)} at "${key}"`)
  return value
}
