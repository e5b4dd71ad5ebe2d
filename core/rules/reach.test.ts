import { expect, it } from 'vitest';
import { decide } from './decide.ts';
import { reach } from './reach.ts';
import { BASE } from './testing/case.ts';
import { CASES } from './testing/cases.ts';

it('offers whom the rules let one write to, and nobody else', () => {
  const candidates = Object.values(CASES).flat();
  const offered = reach(candidates, ({ given }) => ({ ...BASE, ...given }));
  expect(offered).toEqual(
    candidates.filter(({ given }) => decide({ ...BASE, ...given }).kind !== 'deny'),
  );
  expect(offered.length).toBeGreaterThan(0);
});

it('offers a classmate to whom a message waits for the teacher or for the morning: a hold is no refusal', () => {
  const noé = { ...BASE, sharesClass: true };
  const facts = {
    noé,
    moderated: { ...noé, moderation: 'all' },
    closed: { ...noé, schoolClosed: true },
    rosa: BASE,
  } as const;
  expect(reach(['noé', 'moderated', 'closed', 'rosa'] as const, (name) => facts[name])).toEqual([
    'noé',
    'moderated',
    'closed',
  ]);
});

it('keeps the order and has nothing to offer to somebody whose sending is paused', () => {
  expect(reach([3, 1, 2], () => ({ ...BASE, sharesClass: true }))).toEqual([3, 1, 2]);
  expect(reach([3, 1, 2], () => ({ ...BASE, sharesClass: true, senderPaused: true }))).toEqual([]);
});
