import type { ModelInfo } from '../../adapters/adapter.js'
import type { LabelOption } from '../../config/index.js'
import type { Binding, BoundControl } from './bind-adapters.js'

/** Attributes that change how a tag looks or is used in the editor, and nothing that a model says. */
const COSMETIC = new Set(
  `background color fillcolor fillopacity strokecolor strokewidth strokestyle opacity size style classname hotkey
  granularity showinline showlabels showlineannotations required requiredmessage visiblewhen whentagname whenlabelvalue whenchoicevalue
  zoom zoomby zoomcontrol negativezoom rotatecontrol brightnesscontrol contrastcontrol gammacontrol width maxwidth height
  highlightcolor savetextresult smart smartonly snap pointsize pointstyle cursor layout title rows editable placeholder
  showsubmitbutton skipduplicates allownested legend selected waveheight defaultzoom defaultvolume volume speed hotkeys`.split(
    /\s+/,
  ),
)

/**
 * The model version: a readable name and 8 hex digits of a hash over all that decides the predictions, and nothing else.
 * That is, for each binding: the adapter's name, version, options and label map, the fingerprint of the weights, and
 * the names, vocabulary and other telling attributes of its controls and objects. Label Studio predicts a task again
 * when this differs from the version of the prediction it has; so adapters that answer only what is drawn do not count,
 * unless there are no others.
 */
export async function modelVersionOf(name: string | undefined, all: readonly Binding[]): Promise<string> {
  const predicting = all.filter(({ answers }) => answers !== 'prompts')
  const bindings = predicting.length === 0 ? all : predicting
  const readable = name ?? ([...new Set(bindings.map(({ runtime }) => runtime.adapter.name))].join('+') || 'unbound')
  return `${readable}-${await shortHash(bindings.map(essenceOf))}`
}

function essenceOf({ runtime: { adapter }, info, objects, controls, remembered }: Binding): unknown {
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
  }
}

function modelOf({ fingerprint, classes }: ModelInfo): unknown {
  return { fingerprint, classes }
}

function essenceOfControl({ control, labelSource }: BoundControl) {
  const { name, tag, toName, options, attributes } = control
  const labels = labelSource === control ? {} : { labels: labelSource.options.map(optionOf) }
  // They decide of which regions it is asked.
  const condition = control.perRegion ? { shownWhen: control.shownWhen } : {}
  return { name, tag, toName, options: options.map(optionOf), ...labels, ...condition, ...telling(attributes) }
}

function optionOf({ label, predictedValues, attributes, children }: LabelOption): unknown {
  return { label, predictedValues, ...telling(attributes), children: children.map(optionOf) }
}

function telling(attributes: Readonly<Record<string, string>>): { attributes: unknown } {
  return { attributes: Object.entries(attributes).filter(([key]) => !COSMETIC.has(key.toLowerCase())) }
}

async function shortHash(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value, sortKeys))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Objects with their keys in order, so that the order in which options were written does not count. */
function sortKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
