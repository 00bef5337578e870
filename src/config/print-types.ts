/** Writes the shape of a config as TypeScript source, for configs that are read from a file or are too long to type. */

import { z } from 'zod'
import type { ControlTag, LabelingConfig } from './labeling-config.js'
import { parseConfig } from './parse-config.js'
import { taskFields } from './task-fields.js'

/**
 * TypeScript source that exports the shape of a config, the same that a literal would have.
 *
 * @param xml the config
 * @param name the exported type's name
 * @throws IssuesError `invalid-config`
 * @example printTypes(readFileSync('config.xml', 'utf8')) // export type Shape = { data: …; objects: …; controls: … }
 */
export function printTypes(xml: string, name = 'Shape'): string {
  return `/** The labeling config as types; written by \`prelabel types\`. */\nexport type ${name} = ${printShape(parseConfig(xml))}\n`
}

/** The shape as a type expression. */
function printShape(config: LabelingConfig): string {
  const controls = [...config.controls.values()].map(
    (control) => `    ${keyOf(control.name)}: ${printControl(control)}`,
  )
  const objects = [...config.objects.values()].map(({ name, tag }) => `    ${keyOf(name)}: ${quote(tag)}`)
  const data = [...dataOf(config)].map(([key, types]) => `    ${quote(key)}: ${[...types].join(' | ')}`)
  return `{\n  data: ${block(data)}\n  objects: ${block(objects)}\n  controls: ${block(controls)}\n}`
}

function block(lines: readonly string[]): string {
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n  }`
}

function printControl({ tag, toName, labels, openVocabulary, multiple }: ControlTag): string {
  const option = openVocabulary === true ? 'string' : union(labels.map(quote))
  return `{ tag: ${quote(tag)}; to: ${union(toName.map(typeOfName))}; option: ${option}; many: ${multiple} }`
}

function union(types: readonly string[]): string {
  return types.length === 0 ? 'never' : types.join(' | ')
}

/** Types of the task's fields by their first step; what lies deeper is unknown. */
function dataOf(config: LabelingConfig): Map<string, Set<string>> {
  const data = new Map<string, Set<string>>()
  for (const { steps, schema } of taskFields(config)) {
    const [key = '', ...deeper] = steps
    const types = data.get(key) ?? new Set()
    types.add(deeper.length > 0 ? 'unknown' : printJsonType(z.toJSONSchema(schema)))
    data.set(key, types.has('unknown') ? new Set(['unknown']) : types)
  }
  return data
}

/** The few forms that object tags need. */
function printJsonType(schema: z.core.JSONSchema._JSONSchema): string {
  if (typeof schema === 'boolean') return 'unknown'
  const { type, anyOf, items, additionalProperties } = schema
  if (anyOf !== undefined) return anyOf.map(printJsonType).join(' | ')
  if (Array.isArray(type)) return type.map((one) => printJsonType({ ...schema, type: one })).join(' | ')
  if (type === 'string' || type === 'number') return type
  if (type === 'object') return `Record<string, ${printJsonType(additionalProperties ?? true)}>`
  if (type !== 'array') return 'unknown'
  const item = printJsonType(Array.isArray(items) || items === undefined ? true : items)
  return `readonly ${item.includes('|') ? `(${item})` : item}[]`
}

const PLACEHOLDER = /\{\{[^{}]*\}\}/g

/** A name in a `<Repeater>` stands for every number in its place. */
function typeOfName(name: string): string {
  if (!name.includes('{{')) return quote(name)
  const parts = name.split(PLACEHOLDER).map((part) => part.replace(/[\\`$]/g, '\\$&'))
  return `\`${parts.join(`\${number}`)}\``
}

function keyOf(name: string): string {
  return name.includes('{{') ? `[name: ${typeOfName(name)}]` : quote(name)
}

function quote(text: string): string {
  return JSON.stringify(text)
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029')
}
