import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumArgs, findChromium } from './test/support/machine.ts'
import { createSums } from './test/support/sums.ts'

/**
 * Which kind of test goes where, and how to run one: test/README.md. Kinds that start servers and browsers run one after
 * the other, so that none starves another of its processor.
 */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    reporters: ['default', createSums()],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['test/{server,sync}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'torture',
          include: ['test/torture/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: { name: 'parts', include: ['test/client/**/*.dom.test.tsx'], environment: 'jsdom' },
      },
      {
        extends: true,
        /** Found before the first test: what Vite finds later makes it reload the page of a running one. */
        optimizeDeps: { entries: ['src/client/**/*.{ts,tsx}', 'src/documents/**/*.ts', 'test/client/**/*.ts'] },
        test: {
          name: 'browser',
          include: ['test/client/**/*.browser.test.{ts,tsx}'],
          setupFiles: ['test/support/patience.ts'],
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 60_000,
          sequence: { groupOrder: 3 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: findChromium(), args: chromiumArgs } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          setupFiles: ['test/e2e/onFailure.ts'],
          fileParallelism: false,
          expect: { poll: { timeout: 60_000 } },
          testTimeout: 240_000,
          hookTimeout: 240_000,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
})
