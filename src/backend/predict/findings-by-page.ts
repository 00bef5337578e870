import type { ControlTag } from '../../config/index.js'
import type { Finding } from '../../results/findings.js'
import type { LoadedPage } from './load-inputs.js'

/**
 * Findings with the page that each is about. An item of one page leaves no choice; in an item of a whole task it is the
 * object of the control that the finding names, and the page that it names.
 */
export function findingsByPage(
  controls: readonly ControlTag[],
  pages: readonly LoadedPage[],
  findings: readonly Finding[],
): readonly (readonly [LoadedPage, readonly Finding[]])[] {
  const [only] = pages
  if (only !== undefined && pages.length === 1) return [[only, findings]]
  const grouped = new Map<LoadedPage, Finding[]>(pages.map((page) => [page, []]))
  for (const finding of findings) {
    const page = pageOf(finding, controls, pages)
    if (page !== undefined) grouped.get(page)?.push(finding)
  }
  return [...grouped]
}

function pageOf(
  { control: name, itemIndex = 0 }: Finding,
  controls: readonly ControlTag[],
  pages: readonly LoadedPage[],
): LoadedPage | undefined {
  const control = controls.find((one) => one.name === name)
  const objects = control?.toName ?? pages.slice(0, 1).map(({ object }) => object.name)
  const candidates = objects.flatMap((one) => pages.filter(({ object }) => object.name === one))
  return candidates.find((page) => (page.itemIndex ?? 0) === itemIndex) ?? candidates[0] ?? pages[0]
}
