import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ProgramSession } from '../core/entry/accounts/contract.ts';
import { openLog } from '../core/ground/log.ts';
import { SubmissionUser } from './signed-in.ts';

it.each([
  { when: 'the question fails', answer: () => Promise.reject(new Error('the database is away')) },
  { when: 'it is in the middle of something', answer: () => Promise.resolve(null) },
])('asks no more once it has ended while it asked, though $when', async ({ answer }) => {
  const answered = Promise.withResolvers<void>();
  let asked = 0;
  let changed = (): void => {};
  const user = new SubmissionUser(
    {
      log: openLog({ level: 'silent' }),
      accounts: {
        async stillSignedIn() {
          asked += 1;
          await answered.promise;
          return answer();
        },
      },
      events: {
        subscribe(_viewer, announce) {
          changed = () => announce(null);
          return () => {};
        },
      },
    },
    {} as ProgramSession,
    { isIdle: () => false, signOut() {} },
    { waking: { last: Promise.resolve() }, askAgainMs: 1 },
  );
  changed();
  await expect.poll(() => asked, { interval: 1 }).toBe(1);
  user.end();
  answered.resolve();
  await pause(20);
  expect(asked).toBe(1);
});

it.each(['is asked just now', 'could not be answered'])(
  'takes nothing for known of what %s',
  async (how) => {
    const answered = Promise.withResolvers<void>();
    let asked = 0;
    const user = new SubmissionUser(
      {
        log: openLog({ level: 'silent' }),
        accounts: {
          async stillSignedIn() {
            asked += 1;
            if (asked > 1) return null;
            if (how === 'could not be answered') throw new Error('the database is away');
            await answered.promise;
            return null;
          },
        },
        events: { subscribe: () => () => {} },
      },
      {} as ProgramSession,
      { isIdle: () => false, signOut() {} },
      { waking: { last: Promise.resolve() }, askAgainMs: 1 },
    );
    const first = user.ask().catch(() => null);
    if (how === 'could not be answered') await first;
    expect(await user.askAgain()).toBeNull();
    answered.resolve();
    await first;
    expect(asked).toBe(2);
  },
);
