/** A letter whose button is pressed twice: the second press looks before the first has sent. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { LetterId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { Hand, Writing } from './contract.ts';

let town: TestTown;
let lina: Viewer;
/** What is done once, right before the next transaction that writes. */
let before: (() => Promise<void>) | null = null;

beforeAll(async () => {
  town = await openTestTown({
    watch: (store) => ({
      ...store,
      async write(school, fn) {
        const first = before;
        before = null;
        await first?.();
        return store.write(school, fn);
      },
    }),
  });
  lina = await town.viewer('lina.moreau');
});
afterAll(() => town.close());

const NO_FILES = { add: [], drop: [] };
const handOf = (previous: Hand['previous'] = null): Hand => ({
  letter: randomUUID() as LetterId,
  window: randomUUID(),
  turn: 1,
  previous,
});

function writingTo(local: string, text: string): Writing {
  const to = [town.address(local)];
  return { to, cc: [], subject: '', text, answers: 'sender', answerTo: null };
}

async function send(writing: Writing, hand: Hand): Promise<void> {
  const { writings } = town.core;
  const kept = await writings.keep(lina, writing, { hand, ...NO_FILES });
  if (kept.kind === 'sent') throw new Error('nobody has sent it yet');
  expect(await writings.send(lina, kept.ref)).toMatchObject({ kind: 'accepted' });
}

const arrived = async (words: string): Promise<number> =>
  (await town.rows('adele.vidal')).filter(({ preview }) => preview.includes(words)).length;

it('is found sent, and not kept to go once more', async () => {
  const writing = writingTo('adele.vidal', 'Une seule fois.');
  const hand = handOf();
  before = () => send(writing, hand);
  const again = await town.core.writings.keep(lina, writing, { hand, ...NO_FILES });
  expect(again).toEqual({ kind: 'sent' });
  expect(await arrived('Une seule fois')).toBe(1);
  expect(await town.rows('lina.moreau', 'drafts')).toEqual([]);
});

it('is a draft apart where it has other words than what was sent of its draft', async () => {
  const { writings } = town.core;
  const writing = writingTo('adele.vidal', 'Deux fois, autrement.');
  const hand = handOf();
  await writings.keep(lina, writing, { hand, ...NO_FILES });
  before = () => send({ ...writing, text: 'Deux fois, donc.' }, { ...hand, turn: 2 });
  const other = { ...writing, text: 'Deux fois, encore autrement.' };
  const kept = await writings.keep(lina, other, { hand: { ...hand, turn: 3 }, ...NO_FILES });
  expect(kept).toMatchObject({ kind: 'apart' });
  expect(kept.kind === 'apart' && kept.letter).not.toBe(hand.letter);
  expect(await arrived('Deux fois')).toBe(1);
});
