/** Walks the elements of a config and sorts them into controls, objects and the rest. */

import { canonicalTag, controlRow } from '../tags/tag-table.js'
import { XmlElement } from '../xml/read-xml.js'
import type { ReadState } from './config-reader.js'
import { readControl } from './read-control.js'
import { readObject } from './read-object.js'
import { readOptions } from './read-options.js'

export function readTags(state: ReadState, element: XmlElement, parentPath: string): void {
  const tag = canonicalTag(element.name)
  const { name, toName, value, valueList } = element.attributes
  const path = `${parentPath}${element.name}${name === undefined ? '' : `[${name}]`}`
  if (name !== undefined && toName !== undefined && tag !== 'Filter')
    addNamed(state, state.controls, readControl(state, element, { tag, name, toName, path }))
  else if (name !== undefined && (value !== undefined || valueList !== undefined) && controlRow(tag) === undefined)
    addNamed(state, state.objects, readObject(state, element, { tag, name, path }))
  else if (tag === 'Relations') state.relations = readOptions(state, element)
  for (const child of element.children) if (child instanceof XmlElement) readTags(state, child, `${path}/`)
}

function addNamed<T extends { name: string; path: string; position: ReadState['issues'][number]['position'] }>(
  state: ReadState,
  tags: Map<string, T>,
  tag: T,
): void {
  if (!state.controls.has(tag.name) && !state.objects.has(tag.name)) {
    tags.set(tag.name, tag)
    return
  }
  state.issues.push({
    code: 'duplicate-name',
    severity: 'error',
    message: `the name "${tag.name}" is used more than once`,
    path: `${tag.path}/@name`,
    hint: 'Give each tag a name of its own.',
    ...(tag.position === undefined ? {} : { position: tag.position }),
  })
}
