/** Checks of the attributes of a tag against its row of the table. */

import { z } from 'zod'
import type { TagRow } from '../tags/tag-row.js'
import type { IssueLog, PlacedTag } from './placed-tag.js'

export function checkAttributes(log: IssueLog, placed: PlacedTag): void {
  const { row, element } = placed
  if (row === undefined) return
  const known = row.attributes.shape
  for (const [attribute, written] of Object.entries(element.attributes)) {
    const name = Object.hasOwn(known, attribute) ? attribute : checkUnknown(log, placed, attribute, Object.keys(known))
    const schema = name === undefined ? undefined : known[name]
    // One attribute at a time: the whole schema would also fill in each default, for every tag of every config.
    const problem = schema === undefined ? undefined : z.safeParse(schema, written).error?.issues[0]
    if (problem !== undefined)
      log.add(isRefused(row, attribute) ? 'error' : 'warning', 'attribute-value', placed, {
        attribute,
        message: `\`${attribute}\` is ${JSON.stringify(written)}: ${problem.message}`,
      })
  }
  checkSpeeds(log, placed)
}

function isRefused(row: TagRow, attribute: string): boolean {
  return row.family === 'object' && row.refusedWhenWrong?.includes(attribute) === true
}

/** Attributes that Label Studio's server or the SDK read, by their exact names. */
const READ_BY_SERVER = [
  'name',
  'toName',
  'value',
  'valueList',
  'alias',
  'choice',
  'perRegion',
  'whenTagName',
  'whenLabelValue',
  'whenChoiceValue',
  'required',
  'min',
  'max',
  'maxRating',
  'apiUrl',
  'indexFlag',
  'predicted_values',
]

/**
 * Attributes of other tools (`model_path`) pass; what looks like one of Label Studio's own, misspelt, is reported.
 *
 * @returns the name in the table when only the case differs
 */
function checkUnknown(
  log: IssueLog,
  placed: PlacedTag,
  attribute: string,
  known: readonly string[],
): string | undefined {
  const sameButCase = known.find((name) => name.toLowerCase() === attribute.toLowerCase())
  if (sameButCase !== undefined) {
    if (READ_BY_SERVER.includes(sameButCase))
      log.add('warning', 'attribute-case', placed, {
        attribute,
        message: `\`${attribute}\` is \`${sameButCase}\` to the editor, but not to Label Studio's server`,
        hint: `Write \`${sameButCase}\`.`,
      })
    return sameButCase
  }
  if (/[_:-]/.test(attribute)) return undefined
  const hint = log.suggest(attribute, known, placed.tag)
  if (hint !== undefined)
    log.add('warning', 'unknown-attribute', placed, {
      attribute,
      message: `<${placed.tag}> has no attribute \`${attribute}\``,
      hint,
    })
  return undefined
}

/** The server wants the slowest speed of a video to be at most the first one. */
function checkSpeeds(log: IssueLog, placed: PlacedTag): void {
  if (placed.tag !== 'Video') return
  const { minPlaybackSpeed, defaultPlaybackSpeed } = placed.element.attributes
  if (Number(minPlaybackSpeed) > Number(defaultPlaybackSpeed))
    log.add('error', 'attribute-value', placed, {
      attribute: 'minPlaybackSpeed',
      message: `\`minPlaybackSpeed\` is "${minPlaybackSpeed}": must be at most \`defaultPlaybackSpeed\``,
    })
}
