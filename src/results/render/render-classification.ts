import type { ClassScore } from '../findings.js'
import type { Target } from './target.js'

/** Puts classes, best first, on a control; false when the control takes none. */
export function renderClasses(classes: readonly ClassScore[], target: Target): boolean {
  const { control, builder, options } = target
  if (control.tag !== 'Choices') return false
  const chosen = control.multiple ? classes : classes.slice(0, 1)
  const [best] = chosen
  if (best === undefined) return true
  const score = best.score === undefined ? {} : { score: best.score }
  builder.choose(
    chosen.map(({ label }) => label),
    { ...options, ...score },
  )
  return true
}
