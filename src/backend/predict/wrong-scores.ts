import type { Issue } from '../../issues.js'
import type { ClassScore, Finding, NodeScore } from '../../results/findings.js'

/**
 * Findings without the scores that are not in 0..1. Where Label Studio validates predictions, one such score would lose
 * a whole list of them.
 */
export function withoutWrongScores(given: readonly Finding[]): {
  readonly findings: readonly Finding[]
  readonly issues: readonly Issue[]
} {
  if (given.every(hasRightScores)) return { findings: given, issues: [] }
  const issues: Issue[] = []
  const isRight = (score: number | undefined, path: string) => {
    if (score === undefined || isScore(score)) return true
    issues.push(issueOf(score, path))
    return false
  }
  const findings = given.map((finding, index): Finding => {
    const path = `findings[${index}]`
    if (finding.kind === 'classification') {
      const classes = finding.classes.map(({ score, ...said }, at): ClassScore | NodeScore => {
        const right = score !== undefined && isRight(score, `${path}.classes[${at}].score`)
        return right ? { ...said, score } : said
      })
      return { ...finding, classes }
    }
    const { score, ...rest } = finding
    return isRight(score, `${path}.score`) ? finding : rest
  })
  return { findings, issues }
}

function hasRightScores(finding: Finding): boolean {
  return finding.kind === 'classification'
    ? finding.classes.every(({ score }) => isScore(score))
    : isScore(finding.score)
}

function isScore(score: number | undefined): boolean {
  return score === undefined || (score >= 0 && score <= 1)
}

function issueOf(score: number, path: string): Issue {
  return {
    code: 'score-out-of-range',
    severity: 'warning',
    message: `the score ${score} is not in 0..1; it was left out`,
    path,
    hint: 'Give a probability, not a logit or a percentage.',
  }
}
