/** Label Studio's own editor, driven as an annotator drives it. */

import type { Page } from 'playwright-core'

/**
 * Opens the label stream of a project, where the editor makes an annotation of the task's prediction, and submits it.
 *
 * @param count how many regions the editor is waited for to list
 * @returns the kinds of the regions that it lists, as it calls them
 */
export async function submitPrediction(page: Page, url: string, project: number, count: number): Promise<string[]> {
  await page.goto(`${url}/projects/${project}/data?labeling=1`)
  await page.getByTestId('bottombar-submit-button').waitFor()
  const nodes = page.locator('.lsf-tree__node')
  if (count > 0) await nodes.nth(count - 1).waitFor()
  const listed = await nodes.evaluateAll((nodes) => nodes.map(({ className }) => className))
  await submit(page)
  return listed.flatMap((classes) => /lsf-tree__node_type_(\w+)/.exec(classes)?.[1]?.replace(/region$/, '') ?? [])
}

/** Submits the annotation that is open; resolves when it is saved. */
export async function submit(page: Page): Promise<void> {
  const saved = page.waitForResponse(
    (response) => response.request().method() === 'POST' && /\/annotations\b/.test(response.url()),
  )
  await page.getByTestId('bottombar-submit-button').click()
  await (await saved).finished()
}
