import type { ClassScore, NodeScore } from '../../../results/findings.js'

/** Tells classes apart: by the whole path where there is one, since two nodes of a taxonomy may share a label. */
export function classMeaning(said: ClassScore | NodeScore): string {
  return 'path' in said ? JSON.stringify(said.path) : said.label
}
