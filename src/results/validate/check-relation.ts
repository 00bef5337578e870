import type { LabelingConfig } from '../../config/index.js'
import type { Issue } from '../../issues.js'
import { DIRECTIONS } from './editor-words.js'
import { newIssue } from './new-issue.js'

/** Checks a relation: both its ends must be regions with an id. */
export function checkRelation(
  relation: Readonly<Record<string, unknown>>,
  path: string,
  ids: ReadonlySet<unknown>,
  { relations }: LabelingConfig,
): Issue[] {
  const ends = ['from_id', 'to_id'].flatMap((key) =>
    ids.has(relation[key])
      ? []
      : [
          newIssue('unknown-region', `${path}.${key}`, `no result has the id ${JSON.stringify(relation[key])}`, {
            hint: 'Both ends of a relation are ids of results of the same prediction.',
          }),
        ],
  )
  return [
    ...ends,
    ...checkDirection(relation.direction, `${path}.direction`),
    ...checkLabels(relation.labels, path, relations),
  ]
}

function checkDirection(direction: unknown, path: string): Issue[] {
  if (DIRECTIONS.has(direction)) return []
  return [
    newIssue('invalid-direction', path, `direction is ${JSON.stringify(direction)}, must be left, right or bi`, {
      severity: direction === undefined ? 'warning' : 'error',
    }),
  ]
}

function checkLabels(labels: unknown, path: string, known: LabelingConfig['relations']): Issue[] {
  if (labels === undefined || labels === null) return []
  if (!Array.isArray(labels)) return [newIssue('invalid-value', `${path}.labels`, 'labels must be a list of texts')]
  return labels.flatMap((label: unknown, index) => {
    if (known?.some((option) => option.label === label) === true) return []
    const message = `${JSON.stringify(label)} is no label of <Relations>: the editor drops it on submit`
    return [newIssue('unknown-label', `${path}.labels[${index}]`, message, { severity: 'warning' })]
  })
}
