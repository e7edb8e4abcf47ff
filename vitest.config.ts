import { defineConfig } from 'vitest/config'

// Apart from vite.config.ts: the unit tests run on Node and take nothing from the page's build.
export default defineConfig({
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node' },
})
