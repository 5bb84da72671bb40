import { defineConfig } from 'vitest/config'

// Unit tests stand beside the code; what crosses a package, a process or the network stands in test/. Scenarios need neither.
export default defineConfig({
  test: {
    expect: { requireAssertions: true },
    // Many tests wait for files, processes and timers: on two cores three at a time are done in half the time of one.
    maxWorkers: 3,
    projects: [
      { extends: true, test: { name: 'unit', include: ['{proto,agent,collector,scripts}/**/*.test.{ts,tsx}', 'test/{scenarios,fuzz}/**/*.test.ts'], exclude: ['**/node_modules/**', 'collector/console/**'], environment: 'node', testTimeout: 30_000, hookTimeout: 30_000 } },
      { extends: true, test: { name: 'console', include: ['collector/console/src/**/*.test.{ts,tsx}'], environment: 'jsdom', testTimeout: 30_000, hookTimeout: 30_000 } },
      { extends: true, test: { name: 'e2e', include: ['test/**/*.test.ts'], exclude: ['**/node_modules/**', 'test/{scenarios,fuzz}/**'], environment: 'node', testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false, maxWorkers: 1 } },
    ],
  },
})
