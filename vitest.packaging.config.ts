import { defineConfig } from 'vitest/config'

/** What a user gets: the packed tarball, installed in an empty folder; needs `npm run build` first. */
export default defineConfig({
  test: {
    include: ['test/packaging/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
})
