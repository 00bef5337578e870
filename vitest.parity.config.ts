import { defineConfig } from 'vitest/config'

/** Against the originals: needs `../shared` (or PRELABEL_SHARED) and, for the Python ones, PRELABEL_PYTHON. */
export default defineConfig({
  test: { include: ['test/parity/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000, maxWorkers: 2 },
})
