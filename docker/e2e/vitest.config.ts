import { defineConfig } from 'vitest/config';

/** The suites that act on the running whole from outside, two at a time. Each starts a whole of its own, since some stop parts of it. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
