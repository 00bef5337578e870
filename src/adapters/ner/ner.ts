import type { DialogueInput, TextInput } from '../../media/inputs.js'
import { ownValue } from '../../own-value.js'
import { parseOptions } from '../../parse-options.js'
import type { Adapter, Item, Outcome } from '../adapter.js'
import { defineAdapter } from '../define-adapter.js'
import { attempt } from '../text/attempt.js'
import { describeOptions } from '../text/describe-options.js'
import { answeringSpans } from '../text/drawn-spans.js'
import type { Entity } from '../text/entity.js'
import { textsOf } from '../text/item-texts.js'
import { loadOptions } from '../text/load-options.js'
import { TRANSFORMERS_CONFIG } from '../text/model-folder.js'
import { modelSource } from '../text/model-source.js'
import { orDispose } from '../text/or-dispose.js'
import { runGrouped } from '../text/run-grouped.js'
import { SPAN_FILLS, spansOf } from '../text/span-findings.js'
import { loadTextModel } from '../text/text-model.js'
import { classesOf, detectScheme, readTags } from './label-scheme.js'
import { type NerOptions, nerOptions } from './options.js'
import { createRecognizer, type Recognizer } from './recognizer.js'

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
export function ner(options: NerOptions): Adapter<NerModel, typeof SPAN_FILLS> {
  const settings = parseOptions({ name: 'ner', page: 'docs/ner.md' }, nerOptions, options)
  const source = modelSource(settings, TRANSFORMERS_CONFIG)
  const keeps = ({ label, score }: Entity) =>
    score >= (ownValue(settings.labelThresholds, label) ?? settings.scoreThreshold)

  const findings = async (
    recognizer: Recognizer,
    items: readonly Item<TextInput | DialogueInput>[],
    signal: AbortSignal,
  ): Promise<Outcome[]> => {
    const texts = items.map((item) => attempt(() => textsOf(item, settings.maxCharacters)))
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
        : of.flatMap((text, place) => spansOf((entities[index]?.[place] ?? []).filter(keeps), text)),
    )
  }

  const adapter = defineAdapter({
    name: settings.name,
    version: '1.0.0',
    fills: SPAN_FILLS,
    options: describeOptions(settings),
    batchSize: settings.batchSize,
    controls: settings.controls,
    labelMap: settings.labelMap,
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
  return answeringSpans(adapter)
}
