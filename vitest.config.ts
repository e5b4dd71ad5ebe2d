import { defineConfig } from 'vitest/config';

/** Tests that need no server, and so run in `npm run check`. Everything else is `real`: PostgreSQL and clamd, started once for the run. */
const PURE = ['core/rules/**/*.test.ts', 'core/message/**/*.test.ts', 'core/*.test.ts', 'webmail/texts/**/*.test.ts', '**/*.pure.test.ts'];
const NEVER = ['**/node_modules/**', 'docker/e2e/**', 'docker/soak/**', 'docker/bench/**'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'pure', include: PURE, exclude: NEVER, testTimeout: 20_000 } },
      {
        test: {
          name: 'real', include: ['**/*.test.ts'], exclude: [...NEVER, ...PURE],
          globalSetup: ['docker/testing/global.ts'], testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: 2,
        },
      },
    ],
  },
});
