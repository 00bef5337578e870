/** Something in a value that JSON would lose or refuse. */
export interface NonJson {
  readonly path: readonly (string | number)[]
  /** `a Map is not plain JSON` */
  readonly message: string
}

/**
 * The first part of a value that is not plain JSON; members that are undefined count as absent.
 *
 * @param path of the value
 * @param around what the value is in
 */
export function findNonJson(
  value: unknown,
  path: NonJson['path'] = [],
  around: readonly object[] = [],
): NonJson | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return
  const isObject = typeof value === 'object'
  if (!isObject || (!Array.isArray(value) && !isPlainObject(value)))
    return { path, message: `${nameOf(value)} is not plain JSON` }
  if (around.includes(value)) return { path, message: 'a value inside itself is not plain JSON' }
  const members: [string | number, unknown][] = Array.isArray(value)
    ? Array.from(value, (one: unknown, index) => [index, one])
    : Object.entries(value).filter(([, member]) => member !== undefined)
  for (const [step, member] of members) {
    const found = findNonJson(member, [...path, step], [...around, value])
    if (found !== undefined) return found
  }
  return
}

/** Whether an object is of no class, in whichever realm it was made. */
export function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function nameOf(value: unknown): string {
  if (value === undefined || typeof value === 'number') return `${value}`
  return typeof value === 'object' ? `a ${value?.constructor.name}` : `a ${typeof value}`
}
