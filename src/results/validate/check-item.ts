/** Checks one result: its type, its value, and what stands beside. */

import { readField } from '../../config/index.js'
import type { Issue } from '../../issues.js'
import { contentKeyOf, contentOf } from '../types/families.js'
import { drawnAs } from './drawn-as.js'
import { EDITOR_TYPES, ORIGINS } from './editor-words.js'
import { type CheckContext, type Item, sizeOf } from './item.js'
import { issueAt, newIssue } from './new-issue.js'

export function checkItem(item: Item, context: CheckContext): Issue[] {
  return [
    ...checkType(item),
    ...checkTarget(item),
    ...checkShape(item),
    ...checkContent(item, context),
    ...checkScore(item.result.score, `${item.path}.score`),
    ...checkBeside(item),
    ...checkPage(item, context),
  ]
}

function checkType({ result, control, object, path }: Item): Issue[] {
  const { type } = result
  const at = `${path}.type`
  if (typeof type !== 'string') return [newIssue('unknown-type', at, 'type is missing: the editor loads nothing')]
  if (type === control.resultType) return []
  const hint = `Write ${JSON.stringify(control.resultType)}.`
  if (!EDITOR_TYPES.has(type))
    return [newIssue('unknown-type', at, `${JSON.stringify(type)} is no type: the editor stops loading here`, { hint })]
  if (object.tag === 'HyperText' && control.tag === 'Labels' && type === 'hypertextlabels') return []
  const message = `type is ${JSON.stringify(type)}, but ${control.path} makes ${JSON.stringify(control.resultType)}`
  return [newIssue('type-mismatch', at, message, { severity: 'warning', hint })]
}

function checkTarget({ result, control, object, path }: Item): Issue[] {
  if (control.toName.includes(object.name)) return []
  const message = `${control.path} is not about ${JSON.stringify(result.to_name)}`
  const hint = `It is about ${control.toName.map((name) => JSON.stringify(name)).join(', ')}.`
  return [newIssue('wrong-object', `${path}.to_name`, message, { severity: 'warning', hint })]
}

function checkShape({ shape, value, place, object, path }: Item): Issue[] {
  if (shape === undefined) return []
  const problems = shape.inspect(value, place)
  const drawn = object.tag === 'Image' ? drawnAs(value) : undefined
  const issues = problems.map((problem) => issueAt(`${path}.value`, problem))
  if (problems.some(({ severity }) => severity === 'error') || drawn === undefined || drawn === shape.kind)
    return issues
  const message = `the keys of value make the editor draw a ${drawn}, not a ${shape.kind}`
  return [...issues, newIssue('drawn-otherwise', `${path}.value`, message)]
}

function checkContent({ control, value, path }: Item, { config, task }: CheckContext): Issue[] {
  const key = contentKeyOf(control)
  const problems = contentOf(control)?.inspect(value[key], { config, control, task }) ?? []
  return problems.map((problem) => issueAt(`${path}.value.${key}`, problem))
}

/** Problems of a score: of a prediction, or of one result. */
export function checkScore(score: unknown, path: string): Issue[] {
  if (score === undefined || score === null) return []
  if (typeof score !== 'number' || Number.isNaN(score))
    return [newIssue('invalid-score', path, `score is ${JSON.stringify(score)}, must be a number`)]
  if (score >= 0 && score <= 1) return []
  return [newIssue('score-out-of-range', path, `score is ${score}, must be in 0..1`, { severity: 'warning' })]
}

function checkBeside(item: Item): Issue[] {
  const { result, path } = item
  const issues: Issue[] = []
  if (result.origin !== undefined && !ORIGINS.has(result.origin))
    issues.push(
      newIssue('invalid-origin', `${path}.origin`, `origin ${JSON.stringify(result.origin)} stops the editor`, {
        hint: 'Leave it out, or write "manual", "prediction" or "prediction-changed".',
      }),
    )
  for (const key of ['readonly', 'hidden', 'locked'])
    if (result[key] !== undefined && typeof result[key] !== 'boolean')
      issues.push(newIssue('invalid-value', `${path}.${key}`, `${key} must be true or false`))
  return [...issues, ...checkSize(item)]
}

const MASKS = ['brush', 'bitmask']

function checkSize({ result, shape, object, path }: Item): Issue[] {
  if (object.tag !== 'Image' || shape === undefined || sizeOf(result) !== undefined) return []
  const isMask = MASKS.includes(shape.kind)
  const at = `${path}.original_width`
  return [
    newIssue('missing-size', at, 'original_width and original_height are missing beside value', {
      severity: isMask ? 'error' : 'warning',
      hint: isMask ? 'They size the mask.' : 'Exports need them to say where the region is in pixels.',
    }),
  ]
}

function checkPage({ result, object, path }: Item, { task }: CheckContext): Issue[] {
  const page = result.item_index
  const at = `${path}.item_index`
  if (page === undefined || page === null) return []
  if (typeof page !== 'number' || !Number.isInteger(page) || page < 0)
    return [newIssue('invalid-value', at, `item_index is ${JSON.stringify(page)}, must be a 0-based page`)]
  const pages = task === undefined || !object.list ? undefined : readField(object, task.data)
  if (!Array.isArray(pages) || page < pages.length) return []
  return [newIssue('unknown-page', at, `item_index is ${page}, but there are ${pages.length} pages, counted from 0`)]
}
