import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../ground/fault.ts';
import type { LetterId } from '../../ground/ids.ts';
import type { Hand, DraftOutcome, Upload, Writing } from './contract.ts';
import { linasTown, PICTURE } from './testing/linas-town.ts';

const { town, lina } = await linasTown();

beforeEach(async () => {
  await town.admin.query('delete from sending');
  for (const { mailbox, uid } of await town.rows('lina.moreau', 'drafts'))
    await town.core.mail.erase(lina, mailbox, [uid]);
});

/**
 * A page in which a letter is written: it saves as the script of the pages does, each time with
 * what it knows.
 */
function openPage(hand: Partial<Hand> = {}) {
  let known: Hand = {
    letter: randomUUID() as LetterId,
    window: randomUUID(),
    turn: 0,
    previous: null,
    ...hand,
  };
  return {
    known: () => known,
    async keep(
      text: string,
      files: Partial<{ add: readonly Upload[]; drop: readonly string[] }> = {},
    ): Promise<DraftOutcome> {
      known = { ...known, turn: known.turn + 1 };
      const kept = await town.core.writings.keep(lina, letter(text), {
        hand: known,
        add: [],
        drop: [],
        ...files,
      });
      if (kept.kind !== 'sent') known = { ...known, letter: kept.letter, previous: kept.ref };
      return kept;
    },
  };
}

function letter(text: string, subject = 'Mon chat'): Writing {
  return {
    to: [town.address('adele.vidal')],
    cc: [],
    subject,
    text,
    answers: 'sender',
    answerTo: null,
  };
}

const drafts = async (): Promise<string[]> =>
  (await town.rows('lina.moreau', 'drafts')).map(({ preview }) => preview).sort();

describe('a letter that is kept while it is written', () => {
  it('is one draft however often it is kept, with its files, and none once it is sent', async () => {
    const page = openPage();
    await page.keep('Il s’appelle', { add: [PICTURE] });
    for (const text of ['Il s’appelle Brume', 'Il s’appelle Brume. Il dort.'])
      expect(await page.keep(text)).toMatchObject({ kind: 'kept' });
    const { letter: name, previous } = page.known();
    const draft = await town.core.writings.draftOfLetter(lina, name);
    expect(draft).toMatchObject({
      letter: name,
      ref: previous,
      attachments: [{ name: 'chat.png' }],
    });
    expect(draft?.text.trim()).toBe('Il s’appelle Brume. Il dort.');
    expect(await drafts()).toHaveLength(1);
    expect(
      (await town.core.writings.send(lina, draft?.ref ?? { mailbox: 0 as never, uid: 0 as never }))
        .kind,
    ).toBe('accepted');
    expect(await drafts()).toEqual([]);
    expect(await town.faults()).toEqual([]);
  });

  it('is no new message for mail programs where nothing has changed', async () => {
    const page = openPage();
    await page.keep('Brume');
    const { previous } = page.known();
    await page.keep('Brume');
    expect(page.known().previous).toEqual(previous);
    await page.keep('Brume dort');
    expect(page.known().previous).not.toEqual(previous);
  });

  it('is never overwritten from another window: the second becomes a draft of its own, with the files, and is told', async () => {
    const one = openPage();
    await one.keep('Au début', { add: [PICTURE] });
    const other = openPage({ ...one.known(), window: randomUUID(), turn: 0 });
    expect(await one.keep('Au début. Une fenêtre')).toMatchObject({ kind: 'kept' });
    const apart = await other.keep('Au début. Une autre');
    expect(apart.kind).toBe('apart');
    expect(await drafts()).toEqual(['Au début. Une autre', 'Au début. Une fenêtre']);
    expect((await town.rows('lina.moreau', 'drafts')).map(({ files }) => files)).toEqual([1, 1]);
    // Each goes on with its own.
    expect((await one.keep('Une fenêtre')).kind).toBe('kept');
    expect((await other.keep('Une autre')).kind).toBe('kept');
    expect(await drafts()).toEqual(['Une autre', 'Une fenêtre']);
  });

  it('of one window is what was written last, whichever save comes last, and whether or not its answer arrived', async () => {
    const page = openPage();
    await page.keep('Un');
    const { letter: name, window, previous } = page.known();
    const late = { letter: name, window, previous };
    // On leaving a page a second save begins beside the one on its way; neither knows the other's
    // UID.
    await town.core.writings.keep(lina, letter('Un deux trois'), {
      hand: { ...late, turn: 3 },
      add: [],
      drop: [],
    });
    expect(
      (
        await town.core.writings.keep(lina, letter('Un deux'), {
          hand: { ...late, turn: 2 },
          add: [],
          drop: [],
        })
      ).kind,
    ).toBe('kept');
    expect(await drafts()).toEqual(['Un deux trois']);
  });

  it('stays one draft when many saves of one window come at once', async () => {
    const hand = { letter: randomUUID() as LetterId, window: randomUUID(), previous: null };
    const done = await Promise.allSettled(
      [4, 1, 6, 2, 5, 3].map((turn) =>
        town.core.writings.keep(lina, letter(`Au mot ${turn}`), {
          hand: { ...hand, turn },
          add: [],
          drop: [],
        }),
      ),
    );
    // Who finds the draft changed under it each time is told to come back, and the page does.
    expect(
      done
        .flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
        .every((reason) => reason instanceof Fault && reason.transient),
    ).toBe(true);
    await town.core.writings.keep(lina, letter('Au mot 7'), {
      hand: { ...hand, turn: 7 },
      add: [],
      drop: [],
    });
    expect(await drafts()).toEqual(['Au mot 7']);
    expect(await town.faults()).toEqual([]);
  });

  it('is sent once: what is kept of it after that, and a second press of the button, find that it has gone', async () => {
    const page = openPage();
    await page.keep('Tu viens jouer ?');
    const { previous } = page.known();
    if (previous === null) throw new Error('nothing was kept');
    expect((await town.core.writings.send(lina, previous)).kind).toBe('accepted');
    expect(await page.keep('Tu viens jouer ?')).toEqual({ kind: 'sent' });
    expect(await drafts()).toEqual([]);
    // Other words after it are a letter of their own, whose writer is told.
    expect((await page.keep('Tu viens jouer demain ?')).kind).toBe('apart');
    expect(await drafts()).toEqual(['Tu viens jouer demain ?']);
    expect(
      (await town.rows('adele.vidal')).filter(({ preview }) => preview.startsWith('Tu viens')),
    ).toHaveLength(1);
    expect(await town.faults()).toEqual([]);
  });

  it('that a mail program has begun goes on here, and is told apart when the program has taken it away', async () => {
    const drafted = await town.core.writings.save(lina, letter('Du téléphone'), {
      previous: null,
      add: [],
      drop: [],
    });
    await town.admin.query(
      `
        update message
        set header_id = '<abc@telephone.example>'
        where header_id is not null and subject = 'Mon chat' and origin = 'web'
      `,
    );
    const page = openPage({ previous: drafted.ref });
    expect((await page.keep('Du téléphone, puis d’ici')).kind).toBe('kept');
    expect(await drafts()).toEqual(['Du téléphone, puis d’ici']);
    const { previous } = page.known();
    await town.core.mail.erase(lina, previous?.mailbox ?? (0 as never), [
      previous?.uid ?? (0 as never),
    ]);
    expect((await page.keep('Encore')).kind).toBe('apart');
    expect(await drafts()).toEqual(['Encore']);
  });

  it('that waited for the scanner no longer leaves by itself once it is written again', async () => {
    const page = openPage();
    await page.keep('Attend');
    const { previous } = page.known();
    await town.admin.query(
      `begin; set local preau.school = '1'; insert into waiting_draft (school_id, account_id, mailbox_id, uid) values (1, ${lina.account}, ${previous?.mailbox}, ${previous?.uid}); commit`,
    );
    expect((await town.rows('lina.moreau', 'drafts'))[0]?.state).toBe('waiting-for-scanner');
    await page.keep('Attend encore');
    expect((await town.rows('lina.moreau', 'drafts'))[0]?.state).toBe('normal');
    expect(await town.faults()).toEqual([]);
  });

  it('is nobody else’s, by its name or by its draft', async () => {
    const page = openPage();
    await page.keep('À moi');
    const adele = await town.viewer('adele.vidal');
    const hand = { ...page.known(), window: randomUUID() };
    expect(await town.core.writings.draftOfLetter(adele, hand.letter)).toBeNull();
    const stolen = await town.core.writings.keep(adele, letter('À moi !'), {
      hand,
      add: [],
      drop: [],
    });
    expect(stolen.kind).not.toBe('sent');
    expect(await drafts()).toEqual(['À moi']);
    for (const { mailbox, uid } of await town.rows('adele.vidal', 'drafts'))
      await town.core.mail.erase(adele, mailbox, [uid]);
  });
});
