import { isSecretName } from '../label-studio/credentials.js'
import { redactText } from '../label-studio/redact.js'
import { describeError } from './describe-error.js'

/** Deeper than what is logged or answered. */
const DEEPEST = 12
const CUT = '…'

/**
 * A copy of a value in which every string, names of fields included, is without secrets, so is what stands under the name
 * of one, and every error says its code and message alone. Never throws: what cannot be read is left out, and what holds itself is cut.
 */
export function redactValue(value: unknown): unknown {
  const copies = new Map<object, unknown>()

  function redact(one: unknown, depth: number): unknown {
    if (typeof one === 'string') return redactText(one)
    if (typeof one === 'bigint') return String(one)
    if (typeof one !== 'object' || one === null) return one
    if (copies.has(one)) return copies.get(one)
    if (depth === DEEPEST) return CUT
    copies.set(one, CUT)
    const copy = attempt(() => copyOf(one, depth + 1))
    copies.set(one, copy)
    return copy
  }

  function copyOf(one: object, depth: number): unknown {
    if (one instanceof Error) return redact(describeError(one), depth)
    if (ArrayBuffer.isView(one)) return `${one.byteLength} bytes`
    if (Array.isArray(one)) return one.map((entry) => redact(entry, depth))
    if ('toJSON' in one && typeof one.toJSON === 'function') return redact(one.toJSON(), depth)
    const fields = Object.keys(one).map((name) => [redactText(name), attempt(() => fieldOf(one, name, depth))])
    return Object.fromEntries(fields)
  }

  function fieldOf(owner: object, name: string, depth: number): unknown {
    const field: unknown = Reflect.get(owner, name)
    return saysSomething(field) && isSecretName(name) ? CUT : redact(field, depth)
  }

  return redact(value, 0)
}

/** What may be a secret; that there is none, or whether, may be told. */
function saysSomething(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== 'boolean'
}

/** Getters may throw. */
function attempt(read: () => unknown): unknown {
  try {
    return read()
  } catch {
    return undefined
  }
}
