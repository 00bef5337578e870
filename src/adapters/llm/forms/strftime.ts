/** A moment as its parts; month from 1. */
export interface MomentParts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

/** The directives of C's strftime that make sense for a day and a time of day; any other stays as it is written. */
export function formatMoment(parts: MomentParts, format: string): string {
  return format.replace(
    /%([A-Za-z%])/g,
    (directive: string, letter: string) => directives[letter]?.(parts) ?? directive,
  )
}

const directives: Readonly<Record<string, (parts: MomentParts) => string>> = {
  Y: ({ year }) => pad(year, 4),
  y: ({ year }) => pad(year % 100, 2),
  m: ({ month }) => pad(month, 2),
  d: ({ day }) => pad(day, 2),
  e: ({ day }) => String(day).padStart(2, ' '),
  H: ({ hour }) => pad(hour, 2),
  I: ({ hour }) => pad(hour % 12 || 12, 2),
  p: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  M: ({ minute }) => pad(minute, 2),
  S: () => '00',
  B: (parts) => english(parts, { month: 'long' }),
  b: (parts) => english(parts, { month: 'short' }),
  A: (parts) => english(parts, { weekday: 'long' }),
  a: (parts) => english(parts, { weekday: 'short' }),
  F: (parts) => formatMoment(parts, '%Y-%m-%d'),
  R: (parts) => formatMoment(parts, '%H:%M'),
  T: (parts) => formatMoment(parts, '%H:%M:%S'),
  '%': () => '%',
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0')
}

function english({ year, month, day }: MomentParts, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' }).format(
    new Date(Date.UTC(year, month - 1, day)),
  )
}
