/**
 * What is right for the editor, but refused by Label Studio's server once its validation of predictions is switched on
 * (label-studio-sdk 2.1.2). Things that are odd in themselves, and refused too, have issues of their own.
 */

import type { Issue } from '../../issues.js'
import { contentKeyOf, contentOf } from '../types/families.js'
import type { Item } from './item.js'
import { newIssue } from './new-issue.js'

export function serverRefusals(items: readonly Item[]): Issue[] {
  return items.flatMap((item) => {
    const reason = refusal(item)
    if (reason === undefined) return []
    return [
      newIssue(
        'server-refuses',
        item.path,
        `Label Studio's server refuses this when it validates predictions: ${reason}`,
        {
          severity: 'warning',
          hint: 'The editor draws it; keep the validation of the server switched off, or leave this result out.',
        },
      ),
    ]
  })
}

function refusal({ from, control, object, result, value }: Item): string | undefined {
  if (from !== control.name || (result.to_name !== object.name && control.tag !== 'Pairwise'))
    return 'it does not know names from a <Repeater>'
  if (control.tag === 'Pairwise' && result.to_name === control.name) return 'to_name must be one of the two objects'
  if (Array.isArray(value.choices) && value.choices.some(Array.isArray)) return 'it takes no nested choices'
  if (saysBroughtLabel(control, value)) return 'beside labels in the config it takes none that come with the task'
  if (control.tag === 'TextArea' && typeof value.text === 'string') return 'text must be a list'
  if (control.tag === 'Ranker' && Array.isArray(value.ranker)) return 'a ranking must name its buckets'
  if (['radiusX', 'radiusY'].some((key) => Number(value[key]) > 50)) return 'radii end at 50 percent'
  if (object.tag === 'Video' && control.tag === 'Labels') return 'labels of a video stand in the result of its track'
  return undefined
}

/** True when some of its labels come with the task although the config has labels too. */
function saysBroughtLabel(control: Item['control'], value: Item['value']): boolean {
  const said = contentOf(control)?.read(value[contentKeyOf(control)])
  if (control.openVocabulary !== true || control.labels.length === 0 || said === undefined) return false
  const hasWords = said.kind === 'labels' || said.kind === 'choices' || said.kind === 'taxonomy'
  return hasWords && said.content.flat().some((word) => !control.labels.includes(word))
}
