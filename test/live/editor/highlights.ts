import type { Locator, Page } from 'playwright-core'

/** Elements with which the editor marks regions in texts. */
export const highlightsOf = {
  Text: (page: Page): Locator => page.locator('.lsf-richtext__container .htx-highlight'),
  HyperText: (page: Page): Locator => page.frameLocator('.lsf-richtext__iframe').locator('.htx-highlight'),
  Paragraphs: (page: Page): Locator => page.locator('.lsf-paragraphs .htx-highlight'),
}

/** The words of each region: one over several text nodes has several elements, which share a class. */
export function highlightedWords(highlights: Locator): Promise<string[]> {
  return highlights.evaluateAll((elements) => {
    const words = new Map<string, string>()
    elements.forEach((element, index) => {
      const region = /htx-highlight-\S+-\d+/.exec(element.className)?.[0] ?? String(index)
      words.set(region, `${words.get(region) ?? ''}${element.textContent}`)
    })
    return [...words.values()]
  })
}
