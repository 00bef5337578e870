/** Connecting a model and using its predictions, through the screens of Label Studio, as a new user would. */

import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { PHOTOS, QUICKSTART_BACKEND, quickstartConfig, quickstartTasks } from './quickstart.js'
import { screenshot } from './screenshot.js'
import { serveFiles } from './served-files.js'
import { useBackend } from './use-backend.js'
import { describeInBrowser, useBrowser } from './use-browser.js'
import { useLabelStudio } from './use-label-studio.js'

const resultsSchema = z.array(
  z.object({
    type: z.string(),
    value: z.object({ text: z.string().optional(), rectanglelabels: z.array(z.string()).optional() }),
  }),
)

describeInBrowser('connecting a model in the browser', () => {
  const labelStudio = useLabelStudio()
  const backend = useBackend(QUICKSTART_BACKEND, labelStudio)
  const page = useBrowser(labelStudio)
  let project: number
  let tasks: readonly number[]

  beforeAll(async () => {
    const { projects } = labelStudio().client
    project = (await projects.create({ title: 'Support tickets', label_config: await quickstartConfig() })).id
    tasks = (await projects.importTasks(project, await tasksWithServedPhotos())).task_ids
  })

  /** The photographs in a local storage, so that the editor can show them. */
  async function tasksWithServedPhotos() {
    const tasks = await quickstartTasks()
    const files = tasks.map(({ data }) => join(PHOTOS, data.photo))
    const urls = await serveFiles(labelStudio(), project, files)
    return tasks.map(({ data }, index) => ({ data: { ...data, photo: urls[index] } }))
  }

  const open = (path: string) => page().goto(`${labelStudio().url}/projects/${project}${path}`)
  const button = (text: string) => page().locator('button', { hasText: text })
  const stored = () => labelStudio().client.predictions.list({ project })

  /** Chooses an entry of the Data Manager's menu for all tasks, and confirms it. */
  async function runOnAllTasks(entry: string, confirm: string): Promise<void> {
    await open('/data')
    await page().getByLabel('Select all rows').check({ force: true })
    await page().getByLabel('Tasks Actions').click()
    await page().getByText(entry).click()
    const done = page().waitForResponse(
      (one) => one.url().includes('/api/dm/actions?') && one.request().method() === 'POST',
    )
    await button(confirm).last().click()
    expect((await done).status()).toBe(200)
  }

  it('a model is connected in the settings', async () => {
    await open('/settings/ml')
    await button('Connect Model').click()
    await page().fill('input[name=title]', 'Quickstart')
    await page().fill('input[name=url]', backend())
    await screenshot(page(), 'connect-model')
    await page().getByText('Validate and Save').click()
    await page().getByText('Connected', { exact: true }).waitFor()
    await screenshot(page(), 'connected-model')
    expect(await labelStudio().client.mlBackends.list(project)).toMatchObject([{ title: 'Quickstart', state: 'CO' }])
  })

  it("predictions are retrieved from the Data Manager's menu", async () => {
    await runOnAllTasks('Retrieve Predictions', 'OK')
    await open('/data')
    await page().getByText(`Predictions: ${tasks.length}`).waitFor()
    await screenshot(page(), 'data-manager')
    expect(await stored()).toHaveLength(tasks.length)
  })

  it('predictions are seen in the editor, region by region', async () => {
    const task = tasks[3] ?? 0
    await open(`/data?task=${task}`)
    await page().getByLabel('Submit current annotation').waitFor()
    await page().locator('canvas').first().waitFor()
    const [prediction] = await labelStudio().client.predictions.list({ task })
    const regions = resultsSchema.parse(prediction?.result).filter(({ type }) => type !== 'choices')
    expect(regions.length).toBeGreaterThan(3)
    const outliner = page().locator('.lsf-outliner')
    for (const { value } of regions) {
      const shown = value.text ?? value.rectanglelabels?.[0]
      await outliner
        .getByText(shown ?? '', { exact: true })
        .first()
        .waitFor()
    }
    await screenshot(page(), 'editor')
  })

  it('the model version is chosen', async () => {
    const [{ model_version: version = '' } = {}] = await stored()
    await open('/settings/annotation')
    await button('(Connected)').click()
    await page()
      .locator('[role=option]', { hasText: version ?? '' })
      .click()
    const saved = page().waitForResponse((one) => one.request().method() === 'PATCH')
    await screenshot(page(), 'model-version')
    await page().getByLabel('Save annotation settings').click()
    expect((await saved).status()).toBe(200)
    expect(await labelStudio().client.projects.get(project)).toMatchObject({ model_version: version })
  })

  it('predictions are deleted', async () => {
    await runOnAllTasks('Delete Predictions', 'Delete Predictions')
    expect(await stored()).toEqual([])
  })
})
