/** An adult's letter with a little formatting, from the page to whoever reads it. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { simpleParser } from 'mailparser';
import { beforeEach, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { messageBytes } from '../../store/mail/message-bytes.ts';
import type { Writing } from './contract.ts';
import { linasTown, PICTURE } from './testing/linas-town.ts';

const { town, lina } = await linasTown();
const claire = await town.viewer('claire.lefevre');
const nothing = { previous: null, add: [], drop: [] } as const;

beforeEach(() => town.admin.query('delete from sending'));

const letter = (to: string, html: string): Writing => ({
  to: [town.address(to)],
  cc: [],
  subject: 'La fresque',
  text: 'ce que la page en dit sans mise en forme',
  html,
  answers: 'sender',
  answerTo: null,
});

const FRESCO =
  '<p>Bonjour,</p><p>Pour <strong>vendredi</strong> :</p><ul><li>du bleu,</li><li>des bouchons</li></ul>' +
  '<p>Le <a href="https://musee.example/">site du musée</a></p>';
const PLAIN =
  'Bonjour,\n\nPour vendredi :\n- du bleu,\n- des bouchons\n\nLe site du musée <https://musee.example/>';

/** The newest message of an inbox, as its reader has it. */
async function newest(reader: Viewer) {
  const { mail } = town.core;
  const inbox = (await mail.mailboxes(reader)).find(({ use }) => use === 'inbox');
  const [row] = await town.rows(reader.address.split('@')[0] ?? '');
  if (inbox === undefined || row === undefined) throw new Error('nothing came');
  const raw = await town.store.read(reader.school, (tx) =>
    messageBytes(tx, reader.account, { mailbox: inbox.id, uid: row.uid }),
  );
  return { view: await mail.read(reader, inbox.id, row.uid), raw: raw?.raw ?? Buffer.alloc(0) };
}

it('is kept as it is, read again as it was, and goes as plain words and formatted ones', async () => {
  const { writings } = town.core;
  const { ref } = await writings.save(claire, letter('adele.vidal', FRESCO), nothing);
  const draft = await writings.draft(claire, ref);
  expect(draft?.text).toBe(PLAIN);
  const again = await writings.save(claire, letter('adele.vidal', draft?.html ?? ''), {
    ...nothing,
    previous: ref,
  });
  expect((await writings.draft(claire, again.ref))?.html).toBe(draft?.html);
  expect((await writings.send(claire, again.ref)).kind).toBe('accepted');
  const { view, raw } = await newest(await town.viewer('adele.vidal'));
  expect(view?.text?.trimEnd()).toBe(PLAIN);
  expect(view?.formatted?.map(({ kind }) => kind)).toEqual([
    ...['line', 'line', 'line', 'list', 'line', 'line'],
  ]);
  const read = await simpleParser(raw);
  expect(read.text?.trimEnd()).toBe(PLAIN);
  expect(read.html).toContain('<b>vendredi</b>');
  expect(raw.toString('latin1')).toMatch(/^Content-Type: multipart\/alternative/m);
  expect(await town.faults()).toEqual([]);
});

it('shows a picture of the letter in its midst, by multipart/related, and once', async () => {
  const { writings } = town.core;
  const first = await writings.save(claire, letter('adele.vidal', FRESCO), {
    previous: null,
    add: [PICTURE],
    drop: [],
  });
  const [file] = (await writings.draft(claire, first.ref))?.attachments ?? [];
  const shown = `${FRESCO}<img src="/mail/drafts/1/picture/2" data-cid="${file?.contentId}" alt="Brume">`;
  const { ref } = await writings.save(claire, letter('adele.vidal', shown), {
    previous: first.ref,
    add: [],
    drop: [],
  });
  const again = await writings.save(
    claire,
    letter('adele.vidal', (await writings.draft(claire, ref))?.html ?? ''),
    { previous: ref, add: [], drop: [] },
  );
  expect((await writings.send(claire, again.ref)).kind).toBe('accepted');
  const { view, raw } = await newest(await town.viewer('adele.vidal'));
  expect(view?.text?.trimEnd().endsWith('[Brume]')).toBe(true);
  expect(view?.attachments.map(({ contentId }) => contentId)).toEqual([file?.contentId]);
  expect(raw.toString('latin1')).toMatch(/^Content-Type: multipart\/related/m);
  const read = await simpleParser(raw);
  expect(read.attachments.map(({ related, cid }) => ({ related, cid }))).toEqual([
    { related: true, cid: file?.contentId },
  ]);
});

it('stays plain where nothing is formatted, and from a child whatever their page sends', async () => {
  const { writings } = town.core;
  const plain = await writings.save(
    claire,
    letter('adele.vidal', '<div>un</div><div>deux</div>'),
    nothing,
  );
  expect(await writings.draft(claire, plain.ref)).toMatchObject({ text: 'un\ndeux' });
  expect((await writings.draft(claire, plain.ref))?.html).toBeUndefined();
  const child = await writings.save(lina, letter('adele.vidal', FRESCO), nothing);
  expect(await writings.draft(lina, child.ref)).toMatchObject({
    text: 'ce que la page en dit sans mise en forme',
  });
  expect((await writings.draft(lina, child.ref))?.html).toBeUndefined();
});

it('loses no word of a text that is too long to be formatted', async () => {
  const { writings } = town.core;
  const html = `<div>${'<b>mot</b> '.repeat(80_000)}</div>`;
  const { ref } = await writings.save(claire, letter('adele.vidal', html), nothing);
  const kept = await writings.draft(claire, ref);
  expect(kept?.text.match(/mot/g)?.length ?? 0).toBeGreaterThan(60_000);
});

it(
  'reads a megabyte that was pasted beside the loop, which serves on as for a plain one',
  SOAKED,
  async () => {
    const { writings } = town.core;
    const line = '<p>Un <b>mot</b> de <i>plus</i> que <a href="https://x.example/">tout</a></p>';
    const { html: _, ...plain } = letter('adele.vidal', '');
    const big = { ...plain, text: 'Un mot de plus que tout\n'.repeat(40_000) };
    const pasted = letter('adele.vidal', line.repeat(Math.floor(1_000_000 / line.length)));
    const stops: Record<'plain' | 'pasted', number[]> = { plain: [], pasted: [] };
    for (let round = 0; round < 3; round += 1) {
      stops.plain.push(await longestStop(() => writings.save(claire, big, nothing)));
      stops.pasted.push(await longestStop(() => writings.save(claire, pasted, nothing)));
    }
    const [before, now] = [median(stops.plain), median(stops.pasted)];
    console.log(
      `the loop stopped for ${before} ms by a plain megabyte, for ${now} ms by a pasted one`,
    );
    expect(now).toBeLessThan(2 * before + 100);
  },
);

/** How long the loop did nothing else at most, in milliseconds. */
async function longestStop(act: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await act();
  delay.disable();
  return Math.round(delay.max / 1e6);
}

const median = (all: readonly number[]): number =>
  all.toSorted((one, other) => one - other)[Math.floor(all.length / 2)] ?? 0;

it('is the same letter until a word or its look changes', async () => {
  const { writings } = town.core;
  const { ref } = await writings.save(claire, letter('adele.vidal', FRESCO), nothing);
  const letterId = (await writings.draft(claire, ref))?.letter;
  if (letterId === undefined) throw new Error('no draft');
  const keep = (html: string, turn: number) =>
    writings.keep(claire, letter('adele.vidal', html), {
      hand: {
        letter: letterId,
        previous: ref,
        turn,
        window: '0b8f7a4e-6a1e-4a35-9b1e-0f8f0c1d2e3f',
      },
      add: [],
      drop: [],
    });
  expect(await keep(FRESCO, 1)).toMatchObject({ kind: 'kept', ref });
  const bolder = await keep(FRESCO.replace('bleu', '<b>bleu</b>'), 2);
  expect(bolder.kind === 'kept' && bolder.ref.uid).not.toBe(ref.uid);
});
