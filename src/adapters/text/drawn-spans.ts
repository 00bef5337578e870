/** Models of entities in interactive pre-annotation: what was marked roughly is cut to what the model sees there. */

import type { Finding, Span } from '../../results/findings.js'
import type { Prompt } from '../../results/read/prompt.js'
import type { Adapter, Fills } from '../adapter.js'

/** Lets an adapter that finds spans answer marked spans with those of them that touch the mark. */
export function answeringSpans<M, F extends Fills>(adapter: Adapter<M, F>): Adapter<M, F> {
  return {
    ...adapter,
    prompts: ['span', 'paragraph-span'],
    async predict(items, context) {
      const outcomes = await adapter.predict(items, context)
      return outcomes.map((outcome, index) => {
        const drawn = items[index]?.context
        return drawn === undefined || outcome instanceof Error ? outcome : touching(outcome, drawn.prompts)
      })
    },
  }
}

/**
 * The spans that touch what was marked. A single one takes the label that the annotator chose; of several, each has the
 * model's. Nothing where nothing is touched: what was marked stays then.
 */
export function touching(found: readonly Finding[], marked: readonly Prompt[]): readonly Finding[] {
  const touched = new Map<Finding, Finding>()
  for (const { shape, labels } of marked) {
    const here = found.filter((finding) => finding.kind === 'span').filter((span) => touches(span, shape))
    const [label] = labels
    for (const span of here) touched.set(span, here.length === 1 && label !== undefined ? { ...span, label } : span)
  }
  return [...touched.values()]
}

function touches({ start, end, utterance = 0 }: Span, shape: Prompt['shape']): boolean {
  if (shape.kind === 'span') return start < shape.end && shape.start < end
  if (shape.kind !== 'paragraph-span') return false
  const { utterance: first, endUtterance: last = first } = shape
  const startsBefore = utterance < last || (utterance === last && start < shape.end)
  const endsAfter = utterance > first || (utterance === first && end > shape.start)
  return startsBefore && endsAfter
}
