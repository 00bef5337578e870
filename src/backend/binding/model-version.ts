import type { ModelInfo } from '../../adapters/adapter.js'
import type { ControlTag, LabelingConfig, LabelOption } from '../../config/index.js'
import { regionTexts } from '../../results/render/companions.js'
import { shapeOf } from '../../results/types/families.js'
import type { Binding, BoundControl } from './bind-adapters.js'
import { isCondition, isCosmetic } from './cosmetic-attributes.js'

/**
 * The model version: a readable name and 8 hex digits of a hash over all that decides the predictions, and nothing else.
 * That is, for each binding: the adapter's name, version, options and label map, the fingerprint of the weights, and
 * the names, vocabulary and other telling attributes of its controls and objects. Label Studio predicts a task again
 * when this differs from the version of the prediction it has; so adapters that answer only what is drawn do not count,
 * unless there are no others.
 */
export async function modelVersionOf(
  name: string | undefined,
  config: LabelingConfig,
  all: readonly Binding[],
): Promise<string> {
  const predicting = all.filter(({ answers }) => answers !== 'prompts')
  const bindings = predicting.length === 0 ? all : predicting
  const readable = name ?? ([...new Set(bindings.map(({ runtime }) => runtime.adapter.name))].join('+') || 'unbound')
  return `${readable}-${await shortHash(bindings.map((binding) => essenceOf(config, binding)))}`
}

function essenceOf(config: LabelingConfig, { runtime: { adapter }, info, objects, controls, remembered }: Binding) {
  const drawing = controls.some(({ control }) => objects.some((object) => shapeOf(control, object) !== undefined))
  const texts = drawing ? objects.flatMap((object) => regionTexts(config, object)) : []
  return {
    adapter: adapter.name,
    version: adapter.version,
    options: adapter.options,
    labelMap: adapter.labelMap,
    fingerprint: info.fingerprint,
    classes: info.classes,
    remembered,
    objects: objects.map(({ name, tag, value, attributes }) => ({ name, tag, value, ...telling(attributes) })),
    controls: controls.map((bound) => ({
      ...essenceOfControl(bound),
      ...(bound.info === info ? {} : { model: modelOf(bound.info) }),
    })),
    // What is written in a region goes on these, whoever fills them.
    ...(texts.length === 0 ? {} : { texts: texts.map(essenceOfTag) }),
  }
}

function modelOf({ fingerprint, classes }: ModelInfo): unknown {
  return { fingerprint, classes }
}

function essenceOfControl({ control, labelSource }: BoundControl) {
  return { ...essenceOfTag(control), ...(labelSource === control ? {} : { labels: essenceOfTag(labelSource) }) }
}

function essenceOfTag({ name, tag, toName, options, attributes, perRegion, repeatedOn }: ControlTag) {
  // Conditions decide of which regions it is asked.
  const counts = (key: string) => !isCosmetic(key) && (perRegion || !isCondition(key))
  return { name, tag, toName, options: options.map(optionOf), repeatedOn, ...telling(attributes, counts) }
}

function optionOf({ label, predictedValues, attributes, children }: LabelOption): unknown {
  return { label, predictedValues, ...telling(attributes), children: children.map(optionOf) }
}

function telling(attributes: Readonly<Record<string, string>>, counts = (key: string) => !isCosmetic(key)) {
  const entries = Object.entries(attributes).filter(([key]) => counts(key))
  return { attributes: entries.toSorted(byKey) }
}

async function shortHash(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value, sortKeys))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Objects with their keys in order, so that the order in which options were written does not count. */
function sortKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(byKey))
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
