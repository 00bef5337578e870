/**
 * What is right for the editor, but refused by Label Studio's server once its validation of predictions is switched on
 * (label-studio-sdk 2.1.2). Things that are odd in themselves, and refused too, have issues of their own.
 */

import type { Issue } from '../../issues.js'
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
  if (control.tag === 'TextArea' && typeof value.text === 'string') return 'text must be a list'
  if (control.tag === 'Ranker' && Array.isArray(value.ranker)) return 'a ranking must name its buckets'
  if (['radiusX', 'radiusY'].some((key) => Number(value[key]) > 50)) return 'radii end at 50 percent'
  if (object.tag === 'Video' && control.tag === 'Labels') return 'labels of a video stand in the result of its track'
  return undefined
}
