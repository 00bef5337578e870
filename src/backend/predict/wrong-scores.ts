import type { Issue } from '../../issues.js'
import type { Classification, ClassScore, Finding, NodeScore, RegionAnswer } from '../../results/findings.js'

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
  const rightClasses = (classes: Classes, path: string) =>
    classes.map(({ score, ...said }, at): ClassScore | NodeScore => {
      const right = score !== undefined && isRight(score, `${path}.classes[${at}].score`)
      return right ? { ...said, score } : said
    })
  const rightAnswer = (answer: RegionAnswer, path: string): RegionAnswer => {
    if (answer.kind === 'classification') return { ...answer, classes: rightClasses(answer.classes, path) }
    const { score, ...rest } = answer
    return isRight(score, `${path}.score`) ? answer : rest
  }
  const findings = given.map((finding, index): Finding => {
    const path = `findings[${index}]`
    if (finding.kind === 'classification') return { ...finding, classes: rightClasses(finding.classes, path) }
    const said = withAnswers(finding, (answer, at) => rightAnswer(answer, `${path}.answers[${at}]`))
    const { score, ...rest } = said
    return isRight(score, `${path}.score`) ? said : rest
  })
  return { findings, issues }
}

type Classes = Classification['classes']
type Scored = Exclude<Finding, Classification>

function withAnswers(finding: Scored, right: (answer: RegionAnswer, at: number) => RegionAnswer): Scored {
  return 'label' in finding && finding.answers !== undefined
    ? { ...finding, answers: finding.answers.map(right) }
    : finding
}

function hasRightScores(finding: Finding): boolean {
  if (finding.kind === 'classification') return finding.classes.every(({ score }) => isScore(score))
  return isScore(finding.score) && (!('label' in finding) || (finding.answers ?? []).every(hasRightScores))
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
