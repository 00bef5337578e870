import type { ObjectTag } from '../../config/index.js'
import { createHtmlIndex, type HtmlIndex } from './html-index.js'

/** The index of the HTML that a `<HyperText>` shows: inline in the editor's page, or as a page of its own, as the tag says. */
export function indexHyperText({ attributes }: ObjectTag, html: string): HtmlIndex {
  return createHtmlIndex(html, { inline: attributes.inline === 'true' })
}
