import { nearestName } from '../../nearest-name.js'
import type { Item, Logger } from '../adapter.js'
import { candidatesOf } from './candidates.js'

/**
 * Warns of labels that options name and that none of the controls asked has, each once. Another project, or another
 * object of the same, may have them, so they are not refused.
 *
 * @param named option -> the labels that it names
 */
export function labelWatch(named: Readonly<Record<string, readonly string[]>>) {
  const left = new Map(Object.entries(named).map(([option, labels]) => [option, new Set(labels)]))
  return (items: readonly Item[], logger: Logger): void => {
    if ([...left.values()].every(({ size }) => size === 0)) return
    const known = new Set(
      items.flatMap(({ controls, task }) =>
        controls.flatMap((control) => candidatesOf(control, task).map(({ label }) => label)),
      ),
    )
    if (known.size === 0) return
    for (const [option, labels] of left) {
      for (const label of labels) {
        labels.delete(label)
        if (known.has(label)) continue
        const meant = nearestName(label, [...known])
        const hint =
          meant === undefined ? `The labels are ${[...known].slice(0, 12).join(', ')}.` : `Did you mean \`${meant}\`?`
        logger.warn({ option, label, hint }, `${option} names ${label}, which is no label of the controls asked`)
      }
    }
  }
}
