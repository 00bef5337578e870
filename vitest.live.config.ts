import { defineConfig } from 'vitest/config'

/** Against a genuine Label Studio, one file at a time; needs `npm run build` first. */
export default defineConfig({
  test: {
    include: ['test/live/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 900_000,
    fileParallelism: false,
  },
})
