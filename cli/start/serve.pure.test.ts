import { expect, it } from 'vitest';
import type { Core } from '../../core/core.ts';
import { openLog } from '../../core/ground/log.ts';
import { serveFirst, serveLater } from './serve.ts';

/** Which parts were kept and closed, by their names. */
function watched(keep: () => { close(): Promise<void> }) {
  const closed: string[] = [];
  const part = (name: string) => ({ close: async () => void closed.push(name) });
  const core = {
    log: openLog({ level: 'silent' }),
    config: { smarthost: 'smtp://127.0.0.1:9', domain: 'ecoles.preau.test' },
    setup: { kind: async () => 'real' },
    jobs: { start: async () => part('jobs') },
    nights: { keep: () => part('nights') },
    machines: { keep },
  } as unknown as Core;
  return { core, closed };
}

it('closes the roles that it has started where a later step fails', async () => {
  const { core, closed } = watched(() => {
    throw new Error('no sign of life');
  });
  const serving = serveFirst(core, {
    roles: ['worker'],
    mayBeDemo: false,
    signal: new AbortController().signal,
  });
  await expect(serving).rejects.toThrow('no sign of life');
  expect(closed).toEqual(['nights', 'jobs']);
});

it.each([
  { number: 1, signs: ['sign of life', 'closed'], when: 'takes the first one’s place' },
  { number: 2, signs: [], when: 'serves beside it' },
])('a process that $when: $signs', async ({ number, signs }) => {
  const seen: string[] = [];
  const { core, closed } = watched(() => {
    seen.push('sign of life');
    return { close: async () => void seen.push('closed') };
  });
  const { close } = await serveLater(core, { number, roles: ['worker'], demo: false });
  await close();
  expect(closed).toEqual(['nights', 'jobs']);
  expect(seen).toEqual(signs);
});
