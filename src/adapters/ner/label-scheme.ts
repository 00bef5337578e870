/** How a model's labels tell the parts of an entity apart. */
export const LABEL_SCHEMES = ['bio', 'bioes', 'bilou', 'plain'] as const
export type LabelScheme = (typeof LABEL_SCHEMES)[number]

/** A model's label, taken apart. */
export interface Tag {
  /** The class without `B-`, `I-`, …; undefined for `O`. */
  readonly label: string | undefined
  /** Two neighbours can be one entity only when their keys are equal. */
  readonly key: string
  /** It opens an entity, even right after one of its class. */
  readonly begins: boolean
  /** It closes its entity. */
  readonly ends: boolean
}

const MARKED = /^[BIESLU]-(?=.)/
const BEGINS: Readonly<Record<LabelScheme, string>> = { bio: 'B', bioes: 'BS', bilou: 'BU', plain: '' }
const ENDS: Readonly<Record<LabelScheme, string>> = { bio: '', bioes: 'ES', bilou: 'LU', plain: '' }

/** The scheme that a model's labels are written in; `I-` alone (IO) reads as BIO does. */
export function detectScheme(labels: readonly string[]): LabelScheme {
  const named = labels.filter((label) => label !== 'O')
  if (named.length === 0 || !named.every((label) => MARKED.test(label))) return 'plain'
  const marks = new Set(named.map((label) => label.charAt(0)))
  if (marks.has('E') || marks.has('S')) return 'bioes'
  return marks.has('L') || marks.has('U') ? 'bilou' : 'bio'
}

/**
 * The tags of a model's labels, by class index. Read as `bio`, labels of another scheme keep apart what has another
 * mark, as the Python pipeline does.
 */
export function readTags(labels: readonly string[], scheme: LabelScheme): Tag[] {
  return labels.map((name) => {
    if (name === 'O') return { label: undefined, key: name, begins: false, ends: false }
    const mark = scheme !== 'plain' && MARKED.test(name) ? name.charAt(0) : ''
    const label = mark === '' ? name : name.slice(2)
    const begins = mark !== '' && BEGINS[scheme].includes(mark)
    const ends = mark !== '' && ENDS[scheme].includes(mark)
    return { label, key: scheme === 'bio' && mark !== 'B' && mark !== 'I' ? name : label, begins, ends }
  })
}

/** Classes that the model may say, without marks and without `O`, each once. */
export function classesOf(tags: readonly Tag[]): string[] {
  return [...new Set(tags.flatMap(({ label }) => label ?? []))]
}
