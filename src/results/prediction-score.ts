/** One score for a prediction from those of its regions. */

/** How the scores of the regions are summed up; a function gets them in order and is called only when there are any. */
export type ScoreRule = 'mean' | 'min' | 'max' | 'product' | ((scores: readonly number[]) => number)

/** The prediction's score; undefined when no region has one. */
export function predictionScore(scores: readonly number[], rule: ScoreRule = 'mean'): number | undefined {
  if (scores.length === 0) return undefined
  if (typeof rule === 'function') return rule(scores)
  switch (rule) {
    case 'mean':
      return scores.reduce((sum, score) => sum + score, 0) / scores.length
    case 'min':
      return scores.reduce((least, score) => Math.min(least, score))
    case 'max':
      return scores.reduce((most, score) => Math.max(most, score))
    case 'product':
      return scores.reduce((product, score) => product * score)
  }
}
