/** Something in an outcome that cannot be read as a finding. */
export interface WrongFinding {
  /** `findings[3].classes` */
  readonly path: string
  /** What is wrong with it, after "is". */
  readonly is: string
}

/** What a finding of each kind must hold to be looked at; values are checked where they are put on a control. */
const LISTS: Readonly<Record<string, string>> = {
  classification: 'classes',
  pose: 'points',
  track: 'frames',
  timeline: 'ranges',
}
const OBJECTS: Readonly<Record<string, string>> = { detection: 'box', mask: 'mask' }

/** The first entry that is no finding: the form alone, so that it costs next to nothing where all is well. */
export function wrongFinding(findings: readonly unknown[]): WrongFinding | undefined {
  for (let index = 0; index < findings.length; index += 1) {
    const wrong = wrongPart(findings[index])
    if (wrong !== undefined) return { path: `findings[${index}]${wrong.path}`, is: wrong.is }
  }
  return undefined
}

/** @returns the path behind that of the finding */
function wrongPart(finding: unknown): WrongFinding | undefined {
  if (!isRecord(finding)) return { path: '', is: 'no object' }
  const { kind, answers } = finding
  if (typeof kind !== 'string') return { path: '', is: 'without `kind`' }
  const object = OBJECTS[kind]
  if (object !== undefined && !isRecord(finding[object])) return { path: `.${object}`, is: 'no object' }
  const list = LISTS[kind]
  if (list !== undefined) {
    const entries = finding[list]
    if (!Array.isArray(entries)) return { path: `.${list}`, is: 'no list' }
    const place = entries.findIndex((entry) => !isRecord(entry))
    if (place >= 0) return { path: `.${list}[${place}]`, is: 'no object' }
  }
  if (answers === undefined) return undefined
  if (!Array.isArray(answers)) return { path: '.answers', is: 'no list' }
  const wrong = wrongFinding(answers)
  return wrong === undefined ? undefined : { path: wrong.path.replace('findings', '.answers'), is: wrong.is }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
