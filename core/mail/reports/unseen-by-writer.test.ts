import { expect, it } from 'vitest';
import { must, openSentTown } from '../sent/testing/sent-town.ts';
import { reportDue } from './due.ts';
import { TAKE_BACK_MS } from './parts.ts';

const { town, claire, sends, rowOf, opens } = await openSentTown();
const { sent, reports, teaching } = town.core;

/** Reports a letter out of a child's mail; the adults are told. */
async function reported(local: string, subject: string): Promise<void> {
  const child = await town.viewer(local);
  const { mailbox, uid } = must(await rowOf(local, subject));
  const id = must(await reports.report(child, mailbox, uid));
  town.clock.now = new Date(town.clock.now.getTime() + TAKE_BACK_MS + 1_000);
  await reportDue({ ...town.parts, publicUrl: town.core.config.publicUrl }, child.school, id);
}

/** All that its writer is shown of a letter to their class, and whatever their programs see. */
async function shown(at: Awaited<ReturnType<typeof sends>>, subject: string): Promise<unknown> {
  const { rows } = await town.admin.query(
    'select name, total, unseen, bytes, modseq, uid_next from mailbox where account_id = $1 order by id',
    [claire.account],
  );
  const own = must(claire.classes[0] ?? null);
  return {
    fate: await sent.fate(claire, at.mailbox, at.uid),
    letter: await teaching.letter(claire, own.id),
    found: (await town.rows('claire.lefevre', 'sent')).filter((one) => one.subject === subject),
    mailboxes: rows,
    classes: await teaching.classes(claire),
    pupils: await teaching.classDetails(claire, own.id),
    reports: [await reports.count(claire), await reports.list(claire, 'open')],
    numbers: await reports.numbers(claire),
  };
}

it.each([
  ['unread', async () => {}],
  [
    'read',
    async (subject: string) => void (await opens(await town.viewer('noe.garnier'), subject)),
  ],
])(
  'a class letter that a child reports counts for its writer as it stood: %s',
  async (what, before) => {
    const subject = `La photo de classe, ${what}`;
    const at = await sends(['ce1-a.tilleuls'], { subject });
    await before(subject);
    const was = await shown(at, subject);
    expect(was).toMatchObject({ fate: { read: { pupils: 24 } }, letter: { pupils: 24 } });
    await reported('noe.garnier', subject);
    expect(await rowOf('noe.garnier', subject)).toBeNull();
    expect(await shown(at, subject)).toEqual(was);
  },
);

it('is one of those whom a reminder is for, and hears of none', async () => {
  const subject = 'Le mot à signer';
  const at = await sends(['ce1-a.tilleuls'], { subject });
  await reported('noe.garnier', subject);
  expect(await sent.remind(claire, at.mailbox, at.uid)).toEqual({ kind: 'reminded', readers: 24 });
  expect(await rowOf('noe.garnier', `À lire\u00a0: ${subject}`)).toBeNull();
  expect(await rowOf('lina.moreau', `À lire\u00a0: ${subject}`)).not.toBeNull();
});

it('is counted by a recall, and is kept', async () => {
  const subject = 'Une sortie annulée';
  const at = await sends(['ce1-a.tilleuls'], { subject });
  await opens(await town.viewer('lina.moreau'), subject);
  await reported('noe.garnier', subject);
  await reported('lina.moreau', subject);
  const recalled = { kind: 'recalled', copies: 23, read: 1 };
  expect(await sent.recall(claire, at.mailbox, at.uid)).toEqual(recalled);
  expect(await sent.fate(claire, at.mailbox, at.uid)).toMatchObject({ recall: recalled });
  const { rows } = await town.admin.query(
    'select child_name from report r join message m on m.school_id = r.school_id and m.id = r.message_id where m.subject = $1',
    [subject],
  );
  expect(rows).toHaveLength(2);
  expect(await town.faults()).toEqual([]);
});
