/** The editor's own code decides: it loads predictions, shows them, and saves what was built when they are submitted. */

import { expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { createDraft, type Prediction } from '../../../src/results/index.js'
import { describeInBrowser, useBrowser } from '../use-browser.js'
import { useLabelStudio } from '../use-label-studio.js'
import { submitPrediction } from './editor.js'
import { type Scene, scenes } from './scenes.js'

/** What the editor adds, or works out anew from the media it has loaded. */
const OWN_BESIDE = ['origin', 'original_length']
const OWN_IN_VALUE = ['framesCount', 'duration']

function predict({ xml, data, surfaces, say }: Scene): Prediction {
  const draft = createDraft(parseConfig(xml), { task: { data }, surfaces, modelVersion: 'scene' })
  say(draft)
  return draft.finish()
}

/** Results without what is the editor's own, and without the last digits of numbers. */
function comparable(results: readonly object[]): unknown {
  return JSON.parse(
    JSON.stringify(results, (key, value) => {
      if (OWN_BESIDE.includes(key) || OWN_IN_VALUE.includes(key)) return undefined
      return typeof value === 'number' ? Number(value.toFixed(9)) : value
    }),
  )
}

describeInBrowser('the editor of Label Studio', () => {
  const labelStudio = useLabelStudio()
  const page = useBrowser(labelStudio)

  it.each(Object.entries(scenes))('shows and saves what was built: %s', async (title, scene) => {
    const { client, url } = labelStudio()
    const prediction = predict(scene)
    const fields = { title, label_config: scene.xml, model_version: 'scene', show_collab_predictions: true }
    const project = await client.projects.create(fields)
    const imported = await client.projects.importTasks(project.id, [{ data: scene.data }])
    const [task] = imported.task_ids ?? []
    if (task === undefined) throw new Error('no task was imported')
    await client.predictions.create({ ...prediction, task })

    const shown = await submitPrediction(page(), url, project.id, scene.regions.length)

    expect(shown.sort()).toEqual([...scene.regions].sort())
    const [annotation] = await client.annotations.list(task)
    expect(comparable(annotation?.result ?? [])).toEqual(comparable(prediction.result))
  })
})
