/** Times as text in a strftime format, as the editor reads and writes them. */

/** Digits of the directives that have a fixed form; others stand for any text. */
const DIGITS: Readonly<Record<string, string>> = {
  Y: '\\d{4}',
  y: '\\d{2}',
  m: '\\d{1,2}',
  d: '[ \\d]?\\d',
  e: '[ \\d]?\\d',
  H: '\\d{1,2}',
  I: '\\d{1,2}',
  M: '\\d{1,2}',
  S: '\\d{1,2}',
  L: '\\d{1,3}',
  f: '\\d{1,6}',
  j: '\\d{1,3}',
  '%': '%',
}

/** True for a text that may be a time in that format. */
export function isInTimeFormat(text: string, format: string): boolean {
  const parts = format.split(/%[-_0]?(.)/)
  const source = parts.map((part, index) =>
    index % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : (DIGITS[part] ?? '.+'),
  )
  return new RegExp(`^${source.join('')}$`).test(text)
}

/** What directives write of a date, and to how many places they fill up with zeros. */
const WRITERS: Readonly<Record<string, readonly [places: number, part: (date: Date) => number | string]>> = {
  Y: [4, (date) => date.getUTCFullYear()],
  y: [2, (date) => date.getUTCFullYear() % 100],
  m: [2, (date) => date.getUTCMonth() + 1],
  d: [2, (date) => date.getUTCDate()],
  e: [0, (date) => String(date.getUTCDate()).padStart(2)],
  H: [2, (date) => date.getUTCHours()],
  I: [2, (date) => date.getUTCHours() % 12 || 12],
  M: [2, (date) => date.getUTCMinutes()],
  S: [2, (date) => date.getUTCSeconds()],
  L: [3, (date) => date.getUTCMilliseconds()],
  f: [6, (date) => date.getUTCMilliseconds() * 1000],
  p: [0, (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM')],
  b: [0, (date) => nameIn(date, { month: 'short' })],
  B: [0, (date) => nameIn(date, { month: 'long' })],
  a: [0, (date) => nameIn(date, { weekday: 'short' })],
  A: [0, (date) => nameIn(date, { weekday: 'long' })],
  s: [0, (date) => Math.floor(date.getTime() / 1000)],
  Q: [0, (date) => date.getTime()],
  Z: [0, () => '+0000'],
  '%': [0, () => '%'],
}

/**
 * The time in that format, in UTC, to the millisecond.
 *
 * @param seconds since 1970-01-01T00:00Z
 * @returns undefined for a time beyond the calendar, or a directive that is not written here
 */
export function writeTime(seconds: number, format: string): string | undefined {
  const date = new Date(Math.round(seconds * 1000))
  if (Number.isNaN(date.getTime())) return undefined
  let unknown = false
  const text = format.replace(/%([-_0]?)(.)/g, (_, padding: string, directive: string) => {
    const writer = WRITERS[directive]
    if (writer === undefined) {
      unknown = true
      return ''
    }
    const [places, part] = writer
    return padding === '-'
      ? String(part(date)).trim()
      : String(part(date)).padStart(places, padding === '_' ? ' ' : '0')
  })
  return unknown ? undefined : text
}

function nameIn(date: Date, part: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-US', { ...part, timeZone: 'UTC' }).format(date)
}
