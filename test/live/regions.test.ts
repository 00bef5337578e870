/** Answers about regions in the editor: with predictions, and with suggestions that are accepted. */

import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/index.js'
import { type Region, readResults } from '../../src/results/index.js'
import { submit, submitPrediction } from './editor/editor.js'
import { acceptSuggestions, drag, switchAutoAnnotationOn } from './editor/smart-tools.js'
import { serveFiles } from './served-files.js'
import { useBackend } from './use-backend.js'
import { describeInBrowser, useBrowser } from './use-browser.js'
import { useLabelStudio } from './use-label-studio.js'

const PICTURE = fileURLToPath(new URL('../../examples/sam/pictures/shapes-1.png', import.meta.url))

const CONFIG = parseConfig(`<View>
  <Image name="photo" value="$photo"/>
  <RectangleLabels name="box" toName="photo" smart="true"><Label value="Disc"/><Label value="Square"/></RectangleLabels>
  <Choices name="size" toName="photo" perRegion="true"><Choice value="Big"/><Choice value="Small"/></Choices>
  <TextArea name="note" toName="photo" perRegion="true"/>
  <Rating name="stars" toName="photo" perRegion="true" whenLabelValue="Disc"/>
</View>`)

describeInBrowser('answers about regions in the editor', () => {
  const labelStudio = useLabelStudio()
  const backend = useBackend('test/live/backends/regions.fixture.ts', labelStudio)
  const page = useBrowser(labelStudio)

  beforeAll(() => page().setViewportSize({ width: 1280, height: 1000 }))

  async function createTask(isInteractive: boolean) {
    const { client } = labelStudio()
    const { id: project } = await client.projects.create({ title: 'Regions', label_config: CONFIG.xml })
    const [photo] = await serveFiles(labelStudio(), project, [PICTURE])
    const { task_ids } = await client.projects.importTasks(project, [{ data: { photo } }])
    await client.mlBackends.connect({ project, url: backend(), isInteractive })
    return { project, task: task_ids[0] ?? 0 }
  }

  /** What was saved of each region. */
  async function saved(task: number) {
    const [annotation] = await labelStudio().client.annotations.list(task)
    return readResults(CONFIG, annotation?.result).regions.map(saidOf)
  }

  it('are those of the prediction that an annotation is made of', async () => {
    const { project, task } = await createTask(false)
    await labelStudio().client.actions.run(project, 'retrieve_tasks_predictions')
    await submitPrediction(page(), labelStudio().url, project, 2)
    expect(await saved(task)).toEqual([
      { labels: ['Disc'], size: ['Big'], note: ['Disc 146×146'], stars: 4 },
      { labels: ['Square'], size: ['Small'], note: ['Square 60×40'] },
    ])
  })

  it('stay with a suggestion that is accepted', async () => {
    const { project, task } = await createTask(true)
    await page().goto(`${labelStudio().url}/projects/${project}/data?labeling=1`)
    await page().locator('canvas').first().waitFor()
    await switchAutoAnnotationOn(page())
    const label = page().locator('.lsf-labels').first().getByText('Disc')
    const { result } = await drag(
      page(),
      { tool: 'rectangle-tool', label },
      { x: 208, y: 190, width: 146, height: 146 },
    )
    expect(result.map(({ from_name }) => from_name)).toEqual(['box', 'size', 'note', 'stars'])
    await acceptSuggestions(page())
    await submit(page())
    // Beside those of the prediction, with which the annotation began.
    const [, , accepted, ...others] = await saved(task)
    expect(others).toEqual([])
    const note = [expect.stringMatching(/^Disc 14\d×14\d$/)]
    expect(accepted).toEqual({ labels: ['Disc'], size: ['Big'], note, stars: 4 })
  })
})

function saidOf({ labels, results }: Region): Record<string, unknown> {
  const said = results.flatMap(({ from_name, value }): [string, unknown][] => {
    const { choices, text, rating } = value
    const answer = choices ?? text ?? rating
    return answer === undefined ? [] : [[String(from_name), answer]]
  })
  return { labels, ...Object.fromEntries(said) }
}
