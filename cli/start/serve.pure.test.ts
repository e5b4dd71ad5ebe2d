import { expect, it } from 'vitest';
import type { Core } from '../../core/core.ts';
import { openLog } from '../../core/ground/log.ts';
import { serveFirst } from './serve.ts';

it('closes the roles that it has started where a later step fails', async () => {
  const closed: string[] = [];
  const part = (name: string) => ({ close: async () => void closed.push(name) });
  const core = {
    log: openLog({ level: 'silent' }),
    config: { smarthost: 'smtp://127.0.0.1:9', domain: 'ecoles.preau.test' },
    setup: { kind: async () => 'real' },
    jobs: { start: async () => part('jobs') },
    nights: { keep: () => part('nights') },
    machines: {
      keep() {
        throw new Error('no sign of life');
      },
    },
  } as unknown as Core;
  const serving = serveFirst(core, {
    roles: ['worker'],
    mayBeDemo: false,
    signal: new AbortController().signal,
  });
  await expect(serving).rejects.toThrow('no sign of life');
  expect(closed).toEqual(['nights', 'jobs']);
});
