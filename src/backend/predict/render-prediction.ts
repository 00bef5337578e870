import type { Issue } from '../../issues.js'
import { createDraft, type Prediction } from '../../results/index.js'
import { renderFindings } from '../../results/render/index.js'
import type { Task } from '../../results/task.js'
import type { Project } from '../projects.js'
import { findingsByPage } from './findings-by-page.js'
import type { Found } from './run-bindings.js'
import { unknownClasses } from './unknown-classes.js'
import { withoutWrongScores } from './wrong-scores.js'

export interface RenderedPrediction {
  readonly prediction: Prediction
  /** What was said and not sent, with why. */
  readonly issues: readonly Issue[]
}

/** Puts what was found on the controls of the project, and keeps only results that the editor shows. */
export function renderPrediction(
  { config, modelVersion }: Project,
  task: Task,
  found: readonly Found[],
): RenderedPrediction {
  const draft = createDraft(config, { task, modelVersion, invalid: 'drop' })
  const issues = found.flatMap(({ binding, pages, findings: given, leftOut = [] }) => {
    const { findings, issues: wrongScores } = withoutWrongScores(given)
    const labelMaps = new Map(binding.controls.map(({ labelMap, labelSource }) => [labelSource.name, labelMap]))
    const controls = binding.controls.map(({ control }) => control)
    const rendered = findingsByPage(controls, pages, findings).flatMap(([{ object, input, itemIndex }, some]) => {
      const about = controls.filter(({ toName }) => toName.includes(object.name))
      const page = itemIndex === undefined ? {} : { itemIndex }
      return renderFindings({
        config,
        draft,
        object,
        surface: input,
        findings: some,
        controls: about,
        labelMaps,
        ...page,
      }).issues
    })
    return [...leftOut, ...wrongScores, ...rendered, ...unknownClasses(binding, findings)]
  })
  const { prediction, issues: refused } = draft.check()
  return { prediction, issues: [...issues, ...refused.filter(({ severity }) => severity === 'error')] }
}
