import { expect, it } from 'vitest'
import { retryAfter } from '../../src/label-studio/retry-after.js'

const asked = (value: string | undefined) =>
  retryAfter({ headers: new Headers(value === undefined ? {} : { 'retry-after': value }) })

it.each([
  ['2', 2000],
  ['0', 0],
  ['', undefined],
  ['soon', undefined],
  [undefined, undefined],
  ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
])('%o is %o ms', (value, ms) => {
  expect(asked(value)).toBe(ms)
})

it('may be a date', () => {
  const ms = asked(new Date(Date.now() + 100_000).toUTCString())
  expect(ms).toBeGreaterThan(90_000)
  expect(ms).toBeLessThanOrEqual(100_000)
})
