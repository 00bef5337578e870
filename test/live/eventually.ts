import { expect } from 'vitest'

const PATIENCE_MS = 120_000

/** An expectation of what a page shows sooner or later. */
export function eventually<T>(look: () => T | Promise<T>) {
  return expect.poll(look, { timeout: PATIENCE_MS })
}
