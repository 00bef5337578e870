import { ownValue } from '../../own-value.js'
import { parseOptions } from '../../parse-options.js'
import type { ClassScore, Finding } from '../../results/findings.js'
import type { Adapter, Outcome } from '../adapter.js'
import { defineAdapter } from '../define-adapter.js'
import { attempt } from '../text/attempt.js'
import { describeOptions } from '../text/describe-options.js'
import { loadOptions } from '../text/load-options.js'
import { TRANSFORMERS_CONFIG } from '../text/model-folder.js'
import { modelSource } from '../text/model-source.js'
import { wholeText } from '../text/parts.js'
import { runGrouped } from '../text/run-grouped.js'
import { loadTextModel } from '../text/text-model.js'
import { type Classifier, createClassifier } from './classifier.js'
import { type TextClassificationOptions, textClassificationOptions } from './options.js'

const FILLS = {
  Choices: ['Text', 'HyperText', 'Paragraphs'],
  Taxonomy: ['Text', 'HyperText', 'Paragraphs'],
} as const

/** What {@link textClassification} has loaded. */
export interface TextClassificationModel {
  readonly classifier: Classifier
  dispose(): Promise<void>
}

/**
 * Classes of a whole text by a sequence-classification model on onnxruntime: sentiment, topics, intents, … A dialogue
 * is read as one text, a line for each utterance.
 *
 * @example
 * textClassification({ model: 'models/sentiment', labelMap: { LABEL_0: 'Negative', LABEL_1: 'Positive' } })
 *
 * @throws PrelabelError `invalid-options`
 */
export function textClassification(options: TextClassificationOptions): Adapter<TextClassificationModel, typeof FILLS> {
  const settings = parseOptions(
    { name: 'textClassification', page: 'docs/text-classification.md' },
    textClassificationOptions,
    options,
  )
  const source = modelSource(settings, TRANSFORMERS_CONFIG)

  const findings = (classes: readonly Required<ClassScore>[], multiLabel: boolean): Finding[] => {
    const threshold = settings.scoreThreshold ?? (multiLabel ? 0.5 : 0)
    const kept = classes
      .filter(({ label, score }) => score >= (ownValue(settings.labelThresholds, label) ?? threshold))
      .slice(0, settings.topK ?? (multiLabel ? undefined : 1))
    return kept.length === 0 ? [] : [{ kind: 'classification', classes: kept }]
  }

  return defineAdapter({
    name: settings.name,
    version: '1.0.0',
    fills: FILLS,
    options: describeOptions(settings),
    batchSize: settings.batchSize,
    controls: settings.controls,
    labelMap: settings.labelMap,
    async inspect() {
      const { config, fingerprint } = await source.describe()
      const classes = config.labels
      const manner = (settings.multiLabel ?? config.multiLabel) ? 'multi-label' : 'single-label'
      return {
        classes,
        kinds: ['classification'],
        fingerprint,
        summary: `text classification, ${classes.length} classes, ${manner}`,
      }
    },
    async load() {
      const model = await loadTextModel(
        await source.fetch(),
        loadOptions('prelabel/text-classification', 'sequences', settings),
      )
      return { classifier: createClassifier(model, settings), dispose: () => model.dispose() }
    },
    async predict(items, { model, signal }) {
      const texts = items.map((item) => attempt(() => wholeText(item, settings)))
      const readable = texts.map((text) => (text instanceof Error || text.trim() === '' ? [] : [text]))
      const { classifier } = model
      const classes = await runGrouped(readable, (all) => classifier.classify(all, signal))
      return texts.map((text, index): Outcome => {
        if (text instanceof Error) return text
        return (classes[index] ?? []).flatMap((of) => findings(of, classifier.multiLabel))
      })
    },
    dispose: (model) => model.dispose(),
  })
}
