/** JSON schemas in the subset that every provider enforces. */

import { z } from 'zod'
import type { JsonSchema } from './provider.js'

/** Keywords that some provider refuses; they are said in the description instead, and checked when the reply is read. */
const BOUNDS = [
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'pattern',
  'multipleOf',
] as const

/** A zod schema as JSON schema without bounds: every property required, none beyond them. */
export function portableSchema(schema: z.ZodType): JsonSchema {
  const { $schema, ...written } = z.toJSONSchema(schema)
  return withoutBounds(written)
}

function withoutBounds(schema: JsonSchema): JsonSchema {
  const kept = Object.entries(schema).flatMap(([key, value]) => (isBound(key) ? [] : [[key, visit(key, value)]]))
  const said = BOUNDS.flatMap((key) => (isWorthSaying(schema[key]) ? `${key} ${schema[key]}` : []))
  const description = [schema.description, ...said].filter((text) => text !== undefined).join(', ')
  return { ...Object.fromEntries(kept), ...(description === '' ? {} : { description }) }
}

function visit(key: string, value: unknown): unknown {
  if (key === 'properties' && isSchema(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, visit('', inner)]))
  }
  if (key === 'enum' || key === 'required') return value
  if (Array.isArray(value)) return value.map((entry) => visit('', entry))
  return isSchema(value) ? withoutBounds(value) : value
}

function isBound(key: string): boolean {
  return (BOUNDS as readonly string[]).includes(key)
}

/** zod bounds whole numbers by what a double can hold: no news to a model. */
function isWorthSaying(bound: unknown): boolean {
  return bound !== undefined && !(typeof bound === 'number' && Math.abs(bound) === Number.MAX_SAFE_INTEGER)
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
