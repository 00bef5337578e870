/** Interactive pre-annotation, as an annotator uses it. */

import type { Locator, Page } from 'playwright-core'
import { z } from 'zod'
import type { Box } from '../../../src/results/index.js'
import { pictureOnPage } from './canvas.js'

export type SmartTool = 'key-point-tool' | 'rectangle-tool'

/** What Label Studio hands to the editor. */
export type InteractiveAnswer = z.infer<typeof answerSchema>['data']

const answerSchema = z.object({ data: z.looseObject({ result: z.array(z.looseObject({})) }) })

export async function switchAutoAnnotationOn(page: Page): Promise<void> {
  await page.getByText('Auto-Annotation').click()
  await autoDetect(page).waitFor()
}

/** What is drawn, and with which label. */
export interface Drawing {
  readonly label: Locator
  readonly tool: SmartTool
}

/** @param point pixels of the picture */
export function click(page: Page, drawing: Drawing, [x, y]: readonly [number, number], { alt = false } = {}) {
  return ask(page, drawing, async () => {
    const picture = await pictureOnPage(page)
    if (alt) await page.keyboard.down('Alt')
    await page.mouse.click(picture.x + x / picture.scale, picture.y + y / picture.scale)
    if (alt) await page.keyboard.up('Alt')
  })
}

/** @param box pixels of the picture */
export function drag(page: Page, drawing: Drawing, { x, y, width, height }: Box) {
  return ask(page, drawing, async () => {
    const picture = await pictureOnPage(page)
    await page.mouse.move(picture.x + x / picture.scale, picture.y + y / picture.scale)
    await page.mouse.down()
    await page.mouse.move(picture.x + (x + width) / picture.scale, picture.y + (y + height) / picture.scale, {
      steps: 5,
    })
    await page.mouse.up()
  })
}

/** Chooses label and tool, as the editor lets go of labels after each region, and draws. */
async function ask(page: Page, { label, tool }: Drawing, draw: () => Promise<void>): Promise<InteractiveAnswer> {
  await label.click()
  await chooseSmartTool(page, tool)
  const answered = page.waitForResponse((response) => response.url().includes('/interactive-annotating'))
  await draw()
  return answerSchema.parse(await (await answered).json()).data
}

/** From the menu beside the button; a project with one smart tool has the button alone. */
async function chooseSmartTool(page: Page, tool: SmartTool): Promise<void> {
  const button = autoDetect(page)
  await button.hover()
  const entry = button.getByLabel(tool, { exact: true })
  await ((await entry.count()) === 0 ? button : entry).click()
}

const autoDetect = (page: Page) => page.locator('.lsf-toolbar__group > .lsf-tool_smart')

export const acceptSuggestions = (page: Page) => page.getByTestId('bottombar-accept-suggestions-button').click()
