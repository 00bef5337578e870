import type { ControlTag } from '../../config/labeling-config.js'
import type { DialogueInput, TextInput } from '../../media/inputs.js'
import { ownValue } from '../../own-value.js'
import { parseOptions } from '../../parse-options.js'
import type { Finding } from '../../results/findings.js'
import type { Adapter, Item, Outcome } from '../adapter.js'
import { defineAdapter } from '../define-adapter.js'
import { attempt } from '../text/attempt.js'
import { type Candidate, candidatesOf } from '../text/candidates.js'
import { describeOptions } from '../text/describe-options.js'
import { loadOptions } from '../text/load-options.js'
import { TRANSFORMERS_CONFIG } from '../text/model-folder.js'
import { modelSource } from '../text/model-source.js'
import { orDispose } from '../text/or-dispose.js'
import { wholeText } from '../text/parts.js'
import { runGrouped } from '../text/run-grouped.js'
import { loadTextModel } from '../text/text-model.js'
import { labelWatch } from '../text/unknown-labels.js'
import { createJudge, type Judge, type Question } from './entailment.js'
import { type ZeroShotOptions, zeroShotOptions } from './options.js'

const FILLS = { Choices: ['Text', 'HyperText', 'Paragraphs'] } as const

/** What {@link zeroShot} has loaded. */
export interface ZeroShotModel {
  readonly judge: Judge
  dispose(): Promise<void>
}

interface Asked extends Question {
  readonly control: string
  readonly candidates: readonly Candidate[]
}

/**
 * Choices without training: a natural-language-inference model judges, for each choice of the config, whether the text
 * entails a sentence made of it. A choice's `hint` says it in better words than its value.
 *
 * @example
 * zeroShot({ model: 'models/nli-deberta-v3-small', hypothesisTemplate: 'This text is about {}.' })
 *
 * @throws PrelabelError `invalid-options`
 */
export function zeroShot(options: ZeroShotOptions): Adapter<ZeroShotModel, typeof FILLS> {
  const settings = parseOptions({ name: 'zeroShot', page: 'docs/zero-shot.md' }, zeroShotOptions, options)
  const source = modelSource(settings, TRANSFORMERS_CONFIG)
  const warnOfLabels = labelWatch({ labelThresholds: Object.keys(settings.labelThresholds) })

  const ask = (text: string, control: ControlTag, item: Item<TextInput | DialogueInput>): Asked => {
    const candidates = candidatesOf(control, item.task)
    const hypotheses = candidates.map(({ words }) => settings.hypothesisTemplate.replaceAll('{}', () => words))
    return { text, control: control.name, candidates, hypotheses, independent: settings.multiLabel ?? control.multiple }
  }
  const questionsOf = (item: Item<TextInput | DialogueInput>): Asked[] => {
    const text = wholeText(item, settings)
    if (text.trim() === '') return []
    return item.controls.map((control) => ask(text, control, item)).filter(({ candidates }) => candidates.length > 0)
  }
  const answer = ({ control, candidates, independent }: Asked, scores: readonly number[]): Finding[] => {
    const threshold = settings.scoreThreshold ?? (independent ? 0.5 : 0)
    const classes = candidates
      .map(({ label }, index) => ({ label, score: scores[index] ?? 0 }))
      .filter(({ label, score }) => score >= (ownValue(settings.labelThresholds, label) ?? threshold))
      .sort((a, b) => b.score - a.score)
      .slice(0, settings.topK ?? (independent ? undefined : 1))
    return classes.length === 0 ? [] : [{ kind: 'classification', control, classes }]
  }

  return defineAdapter({
    name: settings.name,
    version: '1.0.0',
    fills: FILLS,
    options: describeOptions(settings),
    batchSize: settings.batchSize,
    controls: settings.controls,
    async inspect() {
      return {
        kinds: ['classification'],
        fingerprint: (await source.describe()).fingerprint,
        summary: `zero-shot classification, “${settings.hypothesisTemplate}”`,
      }
    },
    async load() {
      const model = await loadTextModel(await source.fetch(), loadOptions('prelabel/zero-shot', 'sequences', settings))
      return {
        judge: await orDispose(model, () => createJudge(model, settings.longTexts)),
        dispose: () => model.dispose(),
      }
    },
    async predict(items, { model, signal, logger }) {
      warnOfLabels(items, logger)
      const asked = items.map((item) => attempt(() => questionsOf(item)))
      const questions = asked.map((of) => (of instanceof Error ? [] : of))
      const scores = await runGrouped(questions, (all) => model.judge.judge(all, signal))
      return asked.map((of, index): Outcome => {
        if (of instanceof Error) return of
        return of.flatMap((question, place) => answer(question, scores[index]?.[place] ?? []))
      })
    },
    dispose: (model) => model.dispose(),
  })
}
