import { defineConfig } from 'vitest/config'

// Apart from vite.config.ts: the unit tests run on Node and take nothing from the page's build.
export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'node',
    globalSetup: ['src/server/test-support/postgres/global-setup.ts'],
    // Several tests start processes, two or three one after another: on a busy machine that alone takes more than the 5 s
    // of the default. How fast anything is, the benchmarks say.
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
})
