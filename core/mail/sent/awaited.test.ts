import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { breakingStore } from '../../../tests/shared/breaking-store.ts';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown } from '../../../tests/shared/town.ts';
import { momentOf } from '../../ground/clock.ts';
import type { Store } from '../../store/store.ts';
import { answerDue } from '../reading/awaited.ts';
import type { MessageRow } from '../reading/contract.ts';

const KARIM = 'karim.haddad';
const MARC = 'marc.olivier';
const town = await openTestTown();
afterAll(() => town.close());
const { mail, sent, writings } = town.core;
const START = town.clock.now;
const karim = await town.viewer(KARIM);

beforeEach(async () => {
  town.clock.now = START;
  for (const use of ['inbox', 'sent', 'trash'] as const) {
    const uids = (await town.rows(KARIM, use)).map(({ uid }) => uid);
    await mail.erase(karim, await town.mailbox(karim, use), uids);
  }
});

/** A letter to a colleague, and a day by which it is to be answered, wished for beside it. */
async function writes(subject: string, awaitUntil?: string): Promise<MessageRow> {
  const { ref } = await writings.save(
    karim,
    {
      to: [town.address(MARC)],
      cc: [],
      subject,
      text: 'Viens-tu ?',
      answers: 'sender',
      answerTo: null,
      ...(awaitUntil === undefined ? {} : { awaitUntil }),
    },
    { previous: null, add: [], drop: [] },
  );
  await writings.handIn(karim, ref, null);
  const row = (await town.rows(KARIM, 'sent')).find((one) => one.subject === subject);
  if (!row) throw new Error(`no ${subject}`);
  return row;
}

const headerOf = async ({ mailbox, uid }: MessageRow): Promise<string> => {
  const raw = (await mail.original(karim, mailbox, uid))?.toString() ?? '';
  return /^Message-ID: (<[^>]+>)/im.exec(raw)?.[1] ?? '';
};

async function answers(row: MessageRow, more = ''): Promise<void> {
  const id = await headerOf(row);
  await town.send(MARC, [KARIM], {
    subject: `Re: ${row.subject}`,
    header: { cc: `${town.address(MARC)}\r\nIn-Reply-To: ${id}\r\nReferences: ${id}${more}` },
  });
}

async function dayComes(day: string, store: Store = town.store): Promise<void> {
  town.clock.now = momentOf(day, '08:00', karim.timeZone);
  const { rows } = await town.admin.query<{ row_id: string }>(
    `select row_id from due where kind = 'answer' and at <= $1`,
    [town.clock.now],
  );
  for (const { row_id: row } of rows)
    await answerDue(
      { ...town.parts, store, clock: () => town.clock.now },
      karim.school,
      Number(row),
    );
}

const due = async (): Promise<number> =>
  (await town.admin.query(`select from due where kind = 'answer'`)).rows.length;
const back = async (): Promise<MessageRow[]> =>
  (await town.rows(KARIM)).filter(({ state }) => state === 'unanswered');

describe('a letter to which somebody wants an answer', () => {
  it('comes back to its writer on that day, once, and stays among what they sent', async () => {
    const row = await writes('Réunion', '2026-11-27');
    expect(await sent.fate(karim, row.mailbox, row.uid)).toMatchObject({
      awaited: momentOf('2026-11-27', '08:00', karim.timeZone),
    });
    await dayComes('2026-11-26');
    expect(await back()).toEqual([]);
    await dayComes('2026-11-27');
    await dayComes('2026-11-28');
    expect(await back()).toMatchObject([{ subject: 'Réunion', seen: false, firstAt: row.at }]);
    expect((await town.rows(KARIM, 'sent')).map(({ subject }) => subject)).toEqual(['Réunion']);
    expect(await due()).toBe(0);
    const [returned] = await back();
    const again = await writings.answer(karim, returned ?? row, 'writer');
    expect(again?.writing.to).toEqual([town.address(MARC)]);
    expect(await town.faults()).toEqual([]);
  });

  it.each([
    { when: 'somebody has answered', more: '', comes: 0 },
    { when: 'a program alone has', more: '\r\nAuto-Submitted: auto-replied', comes: 1 },
  ])('comes back $comes times where $when', async ({ more, comes }) => {
    const row = await writes('Oui ou non', '2026-11-27');
    await answers(row, more);
    await dayComes('2026-11-27');
    expect(await back()).toHaveLength(comes);
    expect(await due()).toBe(0);
  });

  it('is wished for afterwards too, changed, and taken back; an answer ends it', async () => {
    const row = await writes('Après coup');
    const wish = (day: string) =>
      sent.awaitAnswer(karim, { mailbox: row.mailbox, uid: row.uid, day });
    for (const [day, is] of [
      ['2026-11-24', 'past'],
      ['2026-11-20', 'past'],
      ['2028-01-01', 'too-far'],
      ['bientôt', 'not-a-day'],
      ['2026-02-31', 'not-a-day'],
      ['2026-11-30', 'awaited'],
      ['2026-12-04', 'awaited'],
    ] as const)
      expect(await wish(day)).toBe(is);
    await dayComes('2026-11-30');
    expect(await back()).toEqual([]);
    expect(await sent.awaitNoMore(karim, row.mailbox, row.uid)).toBe(true);
    expect(await due()).toBe(0);
    await answers(row);
    expect(await wish('2026-12-04')).toBe('answered');
    const marc = await town.viewer(MARC);
    const theirs = (await town.rows(MARC)).find(({ subject }) => subject === 'Après coup');
    if (!theirs) throw new Error('not there');
    expect(
      await sent.awaitAnswer(marc, { mailbox: theirs.mailbox, uid: theirs.uid, day: '2026-12-04' }),
    ).toBe('missing');
    expect(await sent.awaitNoMore(marc, theirs.mailbox, theirs.uid)).toBe(false);
  });

  it('is heard of no more once it is thrown away, called back or erased', async () => {
    const thrown = await writes('Jetée', '2026-11-27');
    await mail.move(karim, thrown.mailbox, { uids: [thrown.uid], to: 'trash' });
    const erased = await writes('Effacée', '2026-11-27');
    await mail.erase(karim, erased.mailbox, [erased.uid]);
    await dayComes('2026-11-27');
    expect(await back()).toEqual([]);
    expect(await due()).toBe(0);
  });

  it('comes back once whatever is killed at any statement', SOAKED, async () => {
    for (let cutAfter = 1, broke = true; broke; cutAfter += 1) {
      town.clock.now = START;
      const row = await writes(`Tué ${cutAfter}`, '2026-11-27');
      const breaking = breakingStore(town.store, town.admin, cutAfter);
      await dayComes('2026-11-27', breaking.store).catch(() => undefined);
      broke = breaking.hasBroken();
      await dayComes('2026-11-27');
      expect((await back()).map(({ subject }) => subject)).toEqual([row.subject]);
      expect(await town.faults()).toEqual([]);
      await mail.erase(
        karim,
        await town.mailbox(karim, 'inbox'),
        (await back()).map(({ uid }) => uid),
      );
    }
  });
});
