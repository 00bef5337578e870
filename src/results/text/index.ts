export { createTextIndex, type TextIndex, type TextRange } from './text-index.js'
