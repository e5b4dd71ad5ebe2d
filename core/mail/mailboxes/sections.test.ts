import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { MailboxId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import type { SectionWish } from './contract/sections.ts';
import { bring, must, only } from './testing/letters.ts';

const FILE = Buffer.from('La kermesse de juin\n'.repeat(20_000));
const LETTER = Buffer.from(
  [
    'Subject: Plan',
    'MIME-Version: 1.0',
    'Content-Type: application/octet-stream',
    'Content-Transfer-Encoding: base64',
    '',
    FILE.toString('base64').replace(/.{76}/g, '$&\r\n'),
    '',
  ].join('\r\n'),
);

let town: TestTown;
let claire: Viewer;
let box: MailboxId;
let uid = 0;
beforeAll(async () => {
  town = await openTestTown();
  claire = await town.viewer('claire.lefevre');
  box = must(await town.core.mailboxes.create(claire, 'Plans', null)).id;
  uid = await bring(town, claire, box, { raw: LETTER });
});
afterAll(() => town.close());

async function bytesOf(
  what: SectionWish['what'],
  ...partials: readonly SectionWish['partial'][]
): Promise<Buffer[]> {
  const wishes = partials.map((partial) => ({ part: '1', what, fields: [], partial }));
  const found: Buffer[] = [];
  const asked = { uids: only(uid), wishes };
  for await (const { contents } of town.core.mailboxes.sections(claire, box, asked))
    for (const content of contents)
      if (content.kind === 'bytes' && Buffer.isBuffer(content.bytes)) found.push(content.bytes);
  return found;
}

it('a part that is wanted in many ranges is decoded once', async () => {
  const ranges = Array.from({ length: 100 }, (_, at) => ({ offset: at * 1_000, count: 1_000 }));
  const found = await bytesOf('binary', ...ranges);
  expect(Buffer.concat(found).equals(FILE.subarray(0, 100_000))).toBe(true);
  expect(new Set(found.map(({ buffer }) => buffer)).size).toBe(1);
});

it('a span that is wanted many times is read once', async () => {
  const found = await bytesOf('all', null, { offset: 0, count: 100 }, null);
  expect(found.map(({ length }) => length)).toEqual([
    LETTER.length - LETTER.indexOf('\r\n\r\n') - 4,
    100,
    LETTER.length - LETTER.indexOf('\r\n\r\n') - 4,
  ]);
  expect(found[2]).toBe(found[0]);
  expect(found[1]).not.toBe(found[0]);
});
