import type { YoloHead } from '../options.js'

/** Whether each row is a final box: its corners or its centre and size, its score, the index of its class. */
export function isFinal(head: YoloHead): boolean {
  return head === 'end-to-end' || head === 'batch-rows' || head === 'query-final'
}

/** Whether boxes are centres and sizes as fractions of a stretched picture. */
export function isQuery(head: YoloHead): boolean {
  return head === 'query' || head === 'query-final'
}
