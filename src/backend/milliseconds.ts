import { z } from 'zod'

/** The longest time that a timer takes: some 24 days. One that is set to more fires at once. */
export const LONGEST_MS = 2 ** 31 - 1

/** An option that is a time to wait. */
export const milliseconds = z
  .number()
  .nonnegative()
  .max(LONGEST_MS, `must be at most ${LONGEST_MS} ms, some 24 days: a timer takes no more`)
