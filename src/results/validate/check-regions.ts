/** Checks what results are together: results with the same id are one region, and the first one gives its geometry. */

import type { Issue } from '../../issues.js'
import { groupById } from '../group-by-id.js'
import { contentOf } from '../types/families.js'
import { holdsGeometry } from './drawn-as.js'
import type { Item } from './item.js'
import { newIssue } from './new-issue.js'

export function checkRegions(items: readonly Item[]): Issue[] {
  const groups = groupById(items)
  const drawn = new Set<string | undefined>()
  for (const { id, shape } of items) if (shape !== undefined) drawn.add(id)
  const shared = [...groups.values()].filter(({ length }) => length > 1)
  return [
    ...shared.flatMap((group) => [...checkOrder(group), ...checkTwice(group)]),
    ...items.filter((item) => item.id === undefined || !drawn.has(item.id)).flatMap(checkAlone),
    ...checkOverwritten(items),
    ...checkParents(items, groups),
  ]
}

function checkOrder(group: readonly Item[]): Issue[] {
  const [first] = group
  const region = group.find(({ shape }) => shape !== undefined)
  if (first === undefined || region?.shape === undefined) return []
  const geometry = JSON.stringify(region.shape.pick(region.value))
  return group.flatMap((item) => {
    const own = region.shape?.pick(item.value)
    if (item === region || JSON.stringify(own) === geometry) return []
    if (own !== undefined)
      return [
        newIssue('geometry-differs', `${item.path}.value`, `its geometry is not that of ${region.path}`, {
          severity: 'warning',
          hint: 'The editor keeps the geometry of the first result with this id.',
        }),
      ]
    if (item !== first) return []
    return [
      newIssue('geometry-not-first', item.path, `it comes before the geometry of its region, which is lost`, {
        hint: `Put ${region.path} before it.`,
      }),
    ]
  })
}

function checkTwice(group: readonly Item[]): Issue[] {
  const seen = new Map<string, Item>()
  return group.flatMap((item) => {
    const before = seen.get(item.from)
    seen.set(item.from, item)
    if (before === undefined) return []
    return [
      newIssue('duplicate-id', `${item.path}.id`, `${before.path} has the same id and the same control`, {
        hint: 'Results with one id are one region, drawn where the first one is: give each region an id of its own.',
      }),
    ]
  })
}

/** A result that is said of a region which is not there. */
function checkAlone({ control, shape, value, path, id }: Item): Issue[] {
  const labels = contentOf(control)?.kind === 'labels'
  if (shape !== undefined || !(control.perRegion || labels)) return []
  const whom = id === undefined ? 'it has no id' : `no result with the id ${JSON.stringify(id)} draws one`
  if (holdsGeometry(value))
    return [
      newIssue('no-region', path, `${control.path} is about regions, but ${whom}: it becomes a region of its own`, {
        severity: 'warning',
        hint: 'Give it the id of the region that it is about.',
      }),
    ]
  return [
    newIssue('no-region', path, `${control.path} is about regions, but ${whom}`, {
      hint: 'Give it the id and the geometry of the region that it is about.',
    }),
  ]
}

/** Answers about the whole object: one for each control and page. */
function checkOverwritten(items: readonly Item[]): Issue[] {
  const last = new Map<string, Item>()
  const issues: Issue[] = []
  for (const item of items) {
    const { control, shape, from, page = 0, path, value } = item
    if (shape !== undefined || control.perRegion || contentOf(control) === undefined || holdsGeometry(value)) continue
    const key = `${page} ${from}`
    const before = last.get(key)
    if (before !== undefined)
      issues.push(
        newIssue('overwritten', before.path, `${path} says it again: the editor keeps the last one`, {
          severity: 'warning',
        }),
      )
    last.set(key, item)
  }
  return issues
}

function checkParents(items: readonly Item[], groups: ReadonlyMap<unknown, unknown>): Issue[] {
  return items.flatMap(({ result, path, id }) => {
    const parent = result.parentID
    if (parent === undefined || parent === null || (groups.has(parent) && parent !== id)) return []
    const message = `no other region has the id ${JSON.stringify(parent)}`
    return [newIssue('unknown-parent', `${path}.parentID`, message, { severity: 'warning' })]
  })
}
