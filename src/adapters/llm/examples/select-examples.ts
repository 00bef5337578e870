/** Which examples a task is shown. */

import { PrelabelError } from '../../../errors.js'
import { ownValue } from '../../../own-value.js'
import type { Item } from '../../adapter.js'
import type { AnswerSheet } from '../answer-sheet.js'
import type { Shot } from '../prompt/build-request.js'
import { contentOf } from '../prompt/task-content.js'
import { inputsOfExample, type LlmExample } from './example.js'
import { annotatedResult, plainAnswer } from './plain-answers.js'
import { createSimilarityIndex, type SimilarityIndex } from './similarity.js'

export interface ExampleOptions {
  readonly from: readonly LlmExample[]
  /** How many a task is shown. @default 4 */
  readonly count: number
  /** The first ones, in their order; or those that share most words with the task, of different answers in turn. @default 'similar' */
  readonly select: 'fixed' | 'similar'
}

export interface ExampleSelector {
  /** Examples for a task, the closest last; never the task itself, by id or by text. */
  for(item: Item, sheet: AnswerSheet): readonly Shot[]
}

interface Candidate extends Shot {
  readonly text: string
  readonly similarity: number
}

export function createExampleSelector({ from, count, select }: ExampleOptions): ExampleSelector {
  let index:
    | { readonly key: string; readonly texts: readonly string[]; readonly similarity: SimilarityIndex }
    | undefined

  /** Texts of the examples, as the objects of these items show them. */
  function indexFor(item: Item) {
    const key = item.inputs.map(({ object }) => object.name).join('\0')
    if (index?.key !== key) {
      const texts = from.map((example) => textOf({ task: example, inputs: inputsOfExample(example, item.inputs) }))
      index = { key, texts, similarity: createSimilarityIndex(texts) }
    }
    return index
  }

  return {
    for(item, sheet) {
      const { texts, similarity } = indexFor(item)
      const own = normalise(textOf(item))
      const similarities = select === 'similar' ? similarity.to(own) : []
      const candidates = from.flatMap((example, place): Candidate[] => {
        const text = texts[place] ?? ''
        const leaks = (example.id !== undefined && example.id === item.task.id) || normalise(text) === own
        const answers = leaks ? undefined : answersOf(example, item, sheet)
        if (answers === undefined) return []
        const shown = { task: { data: example.data }, inputs: inputsOfExample(example, item.inputs) }
        return [{ item: shown, answers, text, similarity: similarities[place] ?? 0 }]
      })
      return select === 'fixed' ? candidates.slice(0, count) : nearestOfEach(candidates, count).reverse()
    },
  }
}

/** The nearest of each different answer, then the second nearest of each, …: most similar first. */
function nearestOfEach(candidates: readonly Candidate[], count: number): Candidate[] {
  const sorted = [...candidates].sort((a, b) => b.similarity - a.similarity)
  const seen = new Map<string, number>()
  const ranked = sorted.map((candidate) => {
    const answer = JSON.stringify(candidate.answers)
    const rank = seen.get(answer) ?? 0
    seen.set(answer, rank + 1)
    return { candidate, rank }
  })
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ candidate }) => candidate)
    .sort((a, b) => b.similarity - a.similarity)
}

/**
 * An example's answers by the sheet's keys; undefined when an annotation does not answer every question any more.
 *
 * @throws PrelabelError `invalid-llm-example` when the author's own answers do not fit the controls
 */
function answersOf(example: LlmExample, item: Item, sheet: AnswerSheet): Record<string, unknown> | undefined {
  const inputs = inputsOfExample(example, item.inputs)
  const results = (example.results ?? []).flatMap((result) => {
    const { data } = annotatedResult.safeParse(result)
    return data === undefined ? [] : [data]
  })
  const answers: Record<string, unknown> = {}
  for (const { control, key, form } of sheet.questions) {
    const plain =
      example.answers === undefined ? plainAnswer(control, results, inputs) : ownValue(example.answers, control.name)
    const answer = form.write(plain ?? null)
    // Quotes and lists to rank are those of the example, not of the task: only the shape is checked.
    const wrong = form.schema.safeParse(answer).error?.issues[0]
    if (wrong === undefined) answers[key] = answer
    else if (example.answers === undefined) return undefined
    else throw unfitting(control.name, wrong.message)
  }
  return answers
}

function unfitting(control: string, message: string): PrelabelError {
  return new PrelabelError(`an example's answer for ${JSON.stringify(control)} does not fit: ${message}`, {
    code: 'invalid-llm-example',
    path: `examples.answers.${control}`,
    hint: 'Give every control an answer of the kind it takes, with labels as the config writes them.',
  })
}

function textOf(shown: Pick<Item, 'task' | 'inputs'>): string {
  return contentOf(shown, undefined)
    .texts.map(({ text }) => text)
    .join('\n')
}

function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}
