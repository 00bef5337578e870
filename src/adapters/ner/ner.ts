import type { DialogueInput, TextInput } from '../../media/inputs.js'
import type { Span } from '../../results/findings.js'
import type { Adapter, Item, Outcome } from '../adapter.js'
import { defineAdapter } from '../define-adapter.js'
import { attempt } from '../text/attempt.js'
import { textsOf } from '../text/item-texts.js'
import { loadOptions } from '../text/load-options.js'
import { modelSource } from '../text/model-source.js'
import { orDispose } from '../text/or-dispose.js'
import { describeOptions, parseOptions } from '../text/parse-options.js'
import { runGrouped } from '../text/run-grouped.js'
import { loadTextModel } from '../text/text-model.js'
import type { Entity } from './aggregate.js'
import { classesOf, detectScheme, readTags } from './label-scheme.js'
import { type NerOptions, nerOptions } from './options.js'
import { createRecognizer, type Recognizer } from './recognizer.js'

const FILLS = {
  Labels: ['Text', 'HyperText'],
  HyperTextLabels: ['HyperText'],
  ParagraphLabels: ['Paragraphs'],
} as const

/** What {@link ner} has loaded. */
export interface NerModel {
  readonly recognizer: Recognizer
  dispose(): Promise<void>
}

/**
 * Named entities by a token-classification model on onnxruntime: every entity as a `span` with exact offsets.
 * Long texts are read in overlapping windows; nothing is cut off.
 *
 * @example
 * ner({ model: 'models/bert-base-NER', scoreThreshold: 0.5, labelMap: { PER: 'Person' } })
 *
 * @throws PrelabelError `invalid-options`
 */
export function ner(options: NerOptions): Adapter<NerModel, typeof FILLS> {
  const settings = parseOptions('ner', nerOptions, options)
  const source = modelSource(settings)
  const keeps = ({ label, score }: Entity) => score >= (settings.labelThresholds[label] ?? settings.scoreThreshold)

  const findings = async (
    recognizer: Recognizer,
    items: readonly Item<TextInput | DialogueInput>[],
    signal: AbortSignal,
  ): Promise<Outcome[]> => {
    const texts = items.map(({ input }) => attempt(() => textsOf(input, settings.maxCharacters)))
    const readable = texts.map((of) => (of instanceof Error ? [] : of))
    const entities = await runGrouped(readable, (all) =>
      recognizer.recognize(
        all.map(({ text }) => text),
        signal,
      ),
    )
    return texts.map((of, index) =>
      of instanceof Error
        ? of
        : of.flatMap((text, place) => (entities[index]?.[place] ?? []).filter(keeps).flatMap(spanIn(text))),
    )
  }

  return defineAdapter({
    name: settings.name,
    version: '1.0.0',
    fills: FILLS,
    options: describeOptions(settings),
    batchSize: settings.batchSize,
    ...(settings.controls === undefined ? {} : { controls: settings.controls }),
    ...(settings.labelMap === undefined ? {} : { labelMap: settings.labelMap }),
    async inspect() {
      const { config, fingerprint } = await source.describe()
      const { labels } = config
      const classes = classesOf(readTags(labels, settings.scheme ?? detectScheme(labels)))
      return {
        classes,
        kinds: ['span'],
        fingerprint,
        summary: `token classification, ${classes.length} classes, windows of ${settings.maxTokens ?? config.maxTokens} tokens`,
      }
    },
    async load() {
      const model = await loadTextModel(await source.fetch(), loadOptions('prelabel/ner', 'tokens', settings))
      return {
        recognizer: await orDispose(model, () => createRecognizer(model, settings)),
        dispose: () => model.dispose(),
      }
    },
    predict: (items, { model, signal }) => findings(model.recognizer, items, signal),
    dispose: (model) => model.dispose(),
  })
}

/** Entities without any text (a token that is only a space) are no findings. */
function spanIn({ utterance }: { readonly utterance?: number }): (entity: Entity) => Span[] {
  return ({ label, score, start, end }) => {
    if (end <= start) return []
    return [{ kind: 'span', label, score, start, end, ...(utterance === undefined ? {} : { utterance }) }]
  }
}
