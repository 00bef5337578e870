/** An element of the config with its place: what reading and checking work on. */

import type { Issue, Position, Severity } from '../../issues.js'
import { nearestName } from '../../nearest-name.js'
import type { TagRow } from '../tags/tag-row.js'
import { canonicalTag, tagRow } from '../tags/tag-table.js'
import { attributeOffset } from '../xml/attribute-offset.js'
import type { LineIndex } from '../xml/line-index.js'
import { XmlElement } from '../xml/read-xml.js'

export interface PlacedTag {
  readonly element: XmlElement
  /** Label Studio's spelling. */
  readonly tag: string
  /** The table's row; undefined for a tag it does not know. */
  readonly row: TagRow | undefined
  readonly parent: PlacedTag | undefined
  /** `View/RectangleLabels[box]` */
  readonly path: string
}

/** All tags beneath an element, itself first, in document order. What `<HyperText>` holds is HTML, not tags. */
export function placeTags(element: XmlElement): PlacedTag[] {
  const placed: PlacedTag[] = []
  const place = (element: XmlElement, parent: PlacedTag | undefined) => {
    const tag = canonicalTag(element.name)
    const { name } = element.attributes
    const step = name === undefined ? element.name : `${element.name}[${name}]`
    const path = parent === undefined ? step : `${parent.path}/${step}`
    const here = { element, tag, row: tagRow(tag), parent, path }
    placed.push(here)
    if (tag === 'HyperText') return
    for (const child of element.children) if (child instanceof XmlElement) place(child, here)
  }
  place(element, undefined)
  return placed
}

/** Collects issues with their places. */
export class IssueLog {
  readonly issues: Issue[] = []
  readonly #xml: string
  readonly #lines: LineIndex
  readonly #suggested = new Map<string, string | undefined>()
  #suggestions = 0
  #last: { start: number; attribute: string; offset: number } | undefined

  constructor(xml: string, lines: LineIndex) {
    this.#xml = xml
    this.#lines = lines
  }

  position(element: XmlElement): Position {
    return this.#lines.at(element.start)
  }

  /** Reports a problem of a tag, or of one of its attributes. */
  add(
    severity: Severity,
    code: string,
    { element, path }: PlacedTag,
    problem: { message: string; hint?: string | undefined; attribute?: string },
  ): void {
    const { message, hint, attribute } = problem
    const offset = attribute === undefined ? element.start : this.#offsetOf(element.start, attribute)
    this.issues.push({
      code,
      severity,
      message,
      path: attribute === undefined ? path : `${path}/@${attribute}`,
      ...(hint === undefined ? {} : { hint }),
      position: this.#lines.at(offset),
    })
  }

  /** Many problems in one long attribute must not mean as many searches for it. */
  #offsetOf(start: number, attribute: string): number {
    const last = this.#last
    if (last?.start === start && last.attribute === attribute) return last.offset
    const offset = attributeOffset(this.#xml, start, attribute)
    this.#last = { start, attribute, offset }
    return offset
  }

  /**
   * `Did you mean "img"?`, for the first hundred problems: looking for neighbours costs more than finding problems.
   *
   * @param scope what the candidates belong to, when the same ones will be asked for again
   */
  suggest(name: string, candidates: Iterable<string>, scope?: string): string | undefined {
    const key = `${scope}\n${name}`
    if (scope !== undefined && this.#suggested.has(key)) return this.#suggested.get(key)
    if (++this.#suggestions > 100) return undefined
    const near = nearestName(name, candidates)
    const hint = near === undefined ? undefined : `Did you mean "${near}"?`
    if (scope !== undefined) this.#suggested.set(key, hint)
    return hint
  }
}
