import { describe, expect, it } from 'vitest';
import type { ArchivingState } from '../../../core/store/archiving.ts';
import { judgeArchiving } from './judge.ts';

const NOW = new Date('2026-11-26T10:00:00Z');
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1_000);
const RIGHT: ArchivingState = {
  mode: 'on',
  command: 'pgbackrest --stanza=preau archive-push %p',
  timeoutS: 60,
  lastArchivedAt: ago(40),
  lastFailedAt: null,
  now: NOW,
};

describe('how a log is kept elsewhere', () => {
  it.each<{ when: string; given: Partial<ArchivingState>; wrong: readonly string[] }>([
    { when: 'all is right', given: {}, wrong: [] },
    { when: 'it failed once, before', given: { lastFailedAt: ago(90) }, wrong: [] },
    { when: 'a segment is on its way', given: { lastArchivedAt: ago(115) }, wrong: [] },
    {
      when: 'it is off',
      given: { mode: 'off', command: '(disabled)' },
      wrong: ['mode', 'command'],
    },
    { when: 'there is no command', given: { command: '' }, wrong: ['command'] },
    { when: 'a segment waits until it is full', given: { timeoutS: 0 }, wrong: ['timeout'] },
    { when: 'a segment waits long', given: { timeoutS: 300 }, wrong: ['timeout'] },
    { when: 'the repository is away', given: { lastFailedAt: ago(5) }, wrong: ['delivery'] },
    {
      when: 'it never took any',
      given: { lastArchivedAt: null, lastFailedAt: ago(5) },
      wrong: ['delivery', 'age'],
    },
    { when: 'nothing went there yet', given: { lastArchivedAt: null }, wrong: ['age'] },
    { when: 'the last is old', given: { lastArchivedAt: ago(600) }, wrong: ['age'] },
  ])('$when: $wrong', ({ given, wrong }) => {
    const found = judgeArchiving({ ...RIGHT, ...given }).filter(({ isRight }) => !isRight);
    expect(found.map(({ id }) => id)).toEqual(wrong);
    for (const { sentence } of found) expect(sentence).toContain(' / ');
  });
});
