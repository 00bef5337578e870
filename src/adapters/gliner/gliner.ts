import type { DialogueInput, TextInput } from '../../media/inputs.js'
import { ownValue } from '../../own-value.js'
import { parseOptions } from '../../parse-options.js'
import type { Finding } from '../../results/findings.js'
import type { Adapter, Item, Outcome } from '../adapter.js'
import { defineAdapter } from '../define-adapter.js'
import { attempt } from '../text/attempt.js'
import { type Candidate, candidatesOf } from '../text/candidates.js'
import { describeOptions } from '../text/describe-options.js'
import { answeringSpans } from '../text/drawn-spans.js'
import { type ItemText, textsOf } from '../text/item-texts.js'
import { openOptions } from '../text/load-options.js'
import { modelSource } from '../text/model-source.js'
import { SPAN_FILLS, spansOf } from '../text/span-findings.js'
import { labelWatch } from '../text/unknown-labels.js'
import { GLINER_CONFIG } from './config.js'
import { type Extractor, loadExtractor } from './extractor.js'
import { type GlinerOptions, glinerOptions } from './options.js'

/** What {@link gliner} has loaded. */
export type GlinerModel = Extractor

/** A control of an item, and the texts to look for its labels in. */
interface Asked {
  readonly item: number
  readonly control: string
  readonly texts: readonly ItemText[]
  /** What is asked for, and the label it stands for. */
  readonly labels: ReadonlyMap<string, string>
}

/**
 * Named entities of any labels without training: a GLiNER model on onnxruntime is given the labels of the config in
 * words, and marks what they name with exact offsets. Long texts are read in overlapping windows; nothing is cut off.
 *
 * @example
 * gliner({ model: 'models/gliner_small-v2.1', prompts: { PER: 'person', ORG: 'company or institution' } })
 *
 * @throws PrelabelError `invalid-options`
 */
export function gliner(options: GlinerOptions): Adapter<GlinerModel, typeof SPAN_FILLS> {
  const settings = parseOptions({ name: 'gliner', page: 'docs/zero-shot.md' }, glinerOptions, options)
  const source = modelSource(settings, GLINER_CONFIG)
  const { prompts, scoreThreshold, labelThresholds, nested, multiLabel, stride, maxCharacters } = settings

  const warnOfLabels = labelWatch({ prompts: Object.keys(prompts), labelThresholds: Object.keys(labelThresholds) })

  /** Labels that are said in the same words are one to the model; the first of them is meant. */
  const inWords = (candidates: readonly Candidate[]): ReadonlyMap<string, string> =>
    new Map([...candidates].reverse().map(({ label, words }) => [ownValue(prompts, label) ?? words, label]))

  const askFor = (of: Item<TextInput | DialogueInput>, item: number): Asked[] => {
    const texts = textsOf(of, maxCharacters)
    return of.controls
      .map((control) => ({ item, control: control.name, texts, labels: inWords(candidatesOf(control, of.task)) }))
      .filter(({ labels }) => labels.size > 0)
  }

  const adapter = defineAdapter({
    name: settings.name,
    version: '1.0.0',
    fills: SPAN_FILLS,
    options: describeOptions(settings),
    batchSize: settings.batchSize,
    controls: settings.controls,
    async inspect() {
      const { config, fingerprint } = await source.describe()
      return {
        kinds: ['span'],
        fingerprint,
        summary: `GLiNER, entities of the config's labels, windows of ${config.maxWords} words`,
      }
    },
    async load() {
      const { microBatch, microBatchTokens } = settings
      const open = openOptions('prelabel/gliner', settings)
      return loadExtractor(await source.fetch(), { ...open, microBatch, microBatchTokens, overlap: stride })
    },
    async predict(items, { model, signal, logger }) {
      warnOfLabels(items, logger)
      const asked = items.map((item, index) => attempt(() => askFor(item, index)))
      const found = items.map((): Finding[] => [])
      for (const group of sameLabels(asked.flatMap((of) => (of instanceof Error ? [] : of)))) {
        const texts = group.flatMap((of) => of.texts.map((text) => ({ ...of, ...text })))
        const labels = [...(group[0]?.labels ?? [])]
        const entities = await model.extract({
          texts: texts.map(({ text }) => text),
          labels: labels.map(([words]) => words),
          thresholds: labels.map(([, label]) => ownValue(labelThresholds, label) ?? scoreThreshold),
          nested,
          multiLabel,
          signal,
        })
        texts.forEach((text, index) => {
          for (const span of spansOf(entities[index] ?? [], text))
            found[text.item]?.push({ ...span, label: text.labels.get(span.label) ?? span.label, control: text.control })
        })
      }
      return asked.map((of, index): Outcome => (of instanceof Error ? of : (found[index] ?? [])))
    },
    dispose: (model) => model.dispose(),
  })
  return answeringSpans(adapter)
}

/** One run of the model has one list of labels. */
function sameLabels(asked: readonly Asked[]): Asked[][] {
  const groups = new Map<string, Asked[]>()
  for (const of of asked) {
    const key = JSON.stringify([...of.labels])
    groups.set(key, [...(groups.get(key) ?? []), of])
  }
  return [...groups.values()]
}
