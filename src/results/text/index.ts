export { createDialogueIndex, type DialogueIndex, type DialogueRange } from './dialogue-index.js'
export {
  createHtmlIndex,
  type HtmlIndex,
  type HtmlIndexOptions,
  type HtmlRange,
  type LooseHtmlRange,
} from './html-index.js'
export { indexHyperText } from './index-hypertext.js'
export { createTextIndex, type TextIndex, type TextRange } from './text-index.js'
export { createTokenIndex, type TokenIndex, type TokenRange } from './token-index.js'
