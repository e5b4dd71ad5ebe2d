import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { breakingStore } from '../../../../tests/shared/breaking-store.ts';
import type { HoldId, SchoolId } from '../../../ground/ids.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { drawnPicture } from '../../phrases/drawings.ts';
import { openHoldTown, said } from '../testing/hold-town.ts';
import { decide, decided, history, takeBack, type DecisionParts } from './decisions.ts';
import { moderationDue } from './moderation-due.ts';

const { town, waitingFor, only, arrived, inSchool, lastDayOf, setModeration } =
  await openHoldTown();
const parts: DecisionParts = { ...town.parts, undoMs: 10_000 };
/** A decision takes effect at once. */
const atOnce: DecisionParts = { ...parts, undoMs: 0 };
const LET_GO = { kind: 'release' } as const;

/** A letter that waits for the teachers of CM1-CM2. */
async function waits(
  subject: string,
  to: readonly string[] = ['clemence.fabre'],
  file: { readonly name: string; readonly bytes: Buffer } | null = null,
) {
  await town.admin.query('delete from sending');
  await town.admin.query('delete from contact');
  expect(said(await town.send('nahel.roche', to, { subject, file, via: 'web' }))).toMatch(/^held/);
  const found = (await waitingFor('beatrice.vasseur')).find((one) => one.subject === subject);
  if (!found) throw new Error('not waiting');
  return { school: found.school, hold: found.id };
}

async function states(subject: string): Promise<string[]> {
  const { rows } = await town.admin.query<{ state: string }>(
    `
      select distinct h.state
      from hold h join message m on m.school_id = h.school_id and m.id = h.message_id
      where m.subject = $1
      order by 1
    `,
    [subject],
  );
  return rows.map(({ state }) => state);
}

const teacher = (): Promise<Viewer> => town.viewer('beatrice.vasseur');
function laterBy(ms: number): void {
  town.clock.now = new Date(town.clock.now.getTime() + ms);
}
/** What the worker does with whatever is due. */
async function work(some: DecisionParts = parts): Promise<void> {
  const { rows } = await town.admin.query<{ school_id: number; row_id: string }>(
    `select school_id, row_id from due where kind = 'moderation' and at <= $1 order by row_id`,
    [town.clock.now],
  );
  for (const { school_id: school, row_id: row } of rows)
    await moderationDue(some, school as SchoolId, Number(row) as HoldId);
}

describe('a decision about held mail', () => {
  it('moves nothing for ten seconds, in which it is taken back whole; then it takes effect once', async () => {
    const one = await waits('Encore un');
    const viewer = await teacher();
    const first = (await decide({ parts, viewer }, [one], LET_GO)).decided;
    expect(first).toMatchObject({ kind: 'release', letters: [{ kind: 'pending' }] });
    expect(first?.until).toEqual(new Date(town.clock.now.getTime() + 10_000));
    expect(await waitingFor('beatrice.vasseur')).toEqual([]);
    laterBy(9_000);
    await work();
    expect(await arrived('Encore un')).toBe(0);
    expect(await takeBack(parts, await town.viewer('julie.robin'), first?.id ?? '')).toBe(0);
    expect(await takeBack(parts, viewer, first?.id ?? '')).toBe(1);
    expect(await takeBack(parts, viewer, first?.id ?? '')).toBe(0);
    laterBy(20_000);
    await work();
    expect(await arrived('Encore un')).toBe(0);
    const again = (await decide({ parts, viewer }, [await only2()], LET_GO)).decided;
    laterBy(10_000);
    await Promise.all([work(), work()]);
    expect(await arrived('Encore un')).toBe(1);
    expect(await takeBack(parts, viewer, again?.id ?? '')).toBe(0);
    expect(await decided(parts, viewer, again?.id ?? '')).toMatchObject({
      until: null,
      letters: [{ kind: 'released', came: { sent: 1 } }],
    });
    expect(await town.faults()).toEqual([]);
  });

  it('is made by who sees the drawing; nobody else gets it, and nobody once it has gone', async () => {
    const given = { name: 'dessin.png', mediaType: 'image/png', bytes: drawnPicture('dessin') };
    const { name: fileName, bytes } = town.core.writings.drawing(given);
    const name = await waits('Un dessin', ['clemence.fabre'], { name: fileName, bytes });
    const { moderation } = town.core;
    const viewer = await teacher();
    const [letter] = await moderation.waiting(viewer);
    const path = letter?.attachments[0]?.path ?? '';
    expect((await moderation.file(viewer, name, path))?.bytes.equals(bytes)).toBe(true);
    expect(await moderation.file(viewer, name, '9')).toBeNull();
    for (const other of ['nahel.roche', 'clemence.fabre', 'julie.robin', 'mamadou.diallo'])
      expect(await moderation.file(await town.viewer(other), name, path), other).toBeNull();
    await decide({ parts: atOnce, viewer }, [name], LET_GO);
    expect(await moderation.file(viewer, name, path)).toBeNull();
  });

  it('is said about several at once; who comes second is told which are decided', async () => {
    const all = [await waits('Premier'), await waits('Deuxième'), await waits('Troisième')];
    const viewer = await teacher();
    const [first, second] = await Promise.all([
      decide({ parts, viewer }, all, { kind: 'give-back', note: 'Relisez.' }),
      decide({ parts, viewer }, all.toReversed(), LET_GO),
    ]);
    expect([first.missed, second.missed].sort()).toEqual([0, 3]);
    const kind = first.decided?.kind ?? second.decided?.kind;
    laterBy(10_000);
    await work();
    const reached = [
      await arrived('Premier'),
      await arrived('Deuxième'),
      await arrived('Troisième'),
    ];
    expect(reached).toEqual(kind === 'release' ? [1, 1, 1] : [0, 0, 0]);
    expect((await history(parts, viewer)).slice(0, 3)).toMatchObject(
      [1, 2, 3].map(() => ({
        kind: kind === 'release' ? 'released' : 'given-back',
        by: { name: 'Béatrice Vasseur' },
      })),
    );
  });

  it('gives back with its word in one: the sender reads it, and the word is nobody’s before', async () => {
    const one = await waits('À relire');
    const before = (await town.rows('nahel.roche')).length;
    await decide({ parts, viewer: await teacher() }, [one], {
      kind: 'give-back',
      note: 'Doucement.',
    });
    const [sent] = await town.rows('nahel.roche', 'sent');
    const viewer = await town.viewer('nahel.roche');
    expect(sent && (await town.core.mail.read(viewer, sent.mailbox, sent.uid))).toMatchObject({
      state: 'waiting',
      note: null,
    });
    laterBy(10_000);
    await Promise.all([work(), work()]);
    expect(await town.rows('nahel.roche')).toHaveLength(before + 1);
    expect(sent && (await town.core.mail.read(viewer, sent.mailbox, sent.uid))).toMatchObject({
      state: 'given-back',
      note: 'Doucement.',
    });
  });

  it('finds the letter gone where its writer takes it back meanwhile', async () => {
    const one = await waits('Je la reprends');
    const viewer = await teacher();
    const made = (await decide({ parts, viewer }, [one], LET_GO)).decided;
    const writer = await town.viewer('nahel.roche');
    const [sent] = await town.rows('nahel.roche', 'sent');
    if (!sent) throw new Error('not in Sent');
    expect(await town.core.sent.withdraw(writer, sent.mailbox, sent.uid)).toBe(1);
    laterBy(10_000);
    await work();
    expect(await arrived('Je la reprends')).toBe(0);
    expect(await decided(parts, viewer, made?.id ?? '')).toMatchObject({
      letters: [{ kind: 'withdrawn' }],
    });
    expect(await takeBack(parts, viewer, made?.id ?? '')).toBe(0);
    expect(await town.faults()).toEqual([]);
  });

  it('taken back, or the letter, as it takes effect: it leaves once or not at all, and both sides know which', async () => {
    const seen: string[] = [];
    for (const [round, laterMs] of [0, 0, 60, 60].entries()) {
      const subject = `À la seconde ${round}`;
      const one = await waits(subject);
      const viewer = await teacher();
      const made = (await decide({ parts, viewer }, [one], LET_GO)).decided;
      const [sent] = await town.rows('nahel.roche', 'sent');
      const writer = await town.viewer('nahel.roche');
      laterBy(10_000);
      const [, back] = await Promise.all([
        work(),
        sleep(laterMs).then(() =>
          round % 2 === 0
            ? takeBack(parts, viewer, made?.id ?? '')
            : sent && town.core.sent.withdraw(writer, sent.mailbox, sent.uid),
        ),
      ]);
      expect(await arrived(subject)).toBe(back === 1 ? 0 : 1);
      const without = round % 2 === 0 ? 'waiting' : 'withdrawn';
      expect(await states(subject)).toEqual([back === 1 ? without : 'released']);
      seen.push(String(back));
      await decide({ parts: atOnce, viewer }, [one], LET_GO);
    }
    process.stdout.write(`taken back as it took effect: ${seen.join(', ')}\n`);
    expect(await town.faults()).toEqual([]);
  });

  it('is carried out whole by the next worker, wherever the first one dies', async () => {
    const viewer = await teacher();
    await setModeration('CM1-CM2', 2, 'all');
    for (let cutAfter = 2, broke = true; broke; cutAfter += 4) {
      const subject = `Coupé ${cutAfter}`;
      const letGo = cutAfter % 8 === 2;
      const one = await waits(subject, ['lena.garnier', 'kenza.rahmani']);
      const choice = letGo ? LET_GO : ({ kind: 'give-back', note: 'Non.' } as const);
      await decide({ parts, viewer }, [one], choice);
      laterBy(10_000);
      const before = (await town.rows('nahel.roche')).length;
      const breaking = breakingStore(town.store, town.admin, cutAfter);
      await work({ ...parts, store: breaking.store }).catch(() => undefined);
      broke = breaking.hasBroken();
      await work();
      expect(await arrived(subject), subject).toBe(letGo ? 2 : 0);
      expect(await town.rows('nahel.roche'), subject).toHaveLength(before + (letGo ? 0 : 1));
      expect(cutAfter).toBeLessThan(80);
    }
    expect(await town.faults()).toEqual([]);
  });

  it('says who could not have it any more, by name and by which rule', async () => {
    await setModeration('CM1-CM2', 2, 'all');
    const one = await waits('Trop tard pour Kenza', ['kenza.rahmani', 'lena.garnier']);
    await lastDayOf('kenza.rahmani', '2026-11-23');
    const { decided: made } = await decide(
      { parts: atOnce, viewer: await teacher() },
      [one],
      LET_GO,
    );
    expect(made?.letters[0]?.came).toMatchObject({
      sent: 1,
      refused: [{ rule: 'not-in-your-class', words: { name: 'Kenza Rahmani' } }],
    });
    await lastDayOf('kenza.rahmani', null);
  });
});

describe('what nobody decides', () => {
  /** One more teacher for CE1: since the day before, until this month is over. */
  const joins = (local: string) =>
    inSchool(
      2,
      `
        insert into membership (school_id, class_id, address_id, role, from_date, until_date)
        select 2, c.id, a.id, 'teacher', '2026-11-23', '2026-11-30'
        from class c, address a
        where c.school_id = 2 and c.name = 'CE1' and a.local = '${local}'
      `,
    );
  const notices = async (local: string) =>
    (await town.rows(local)).filter(({ subject }) => subject.startsWith('Un message attend aussi'))
      .length;

  it('goes on to the co-teacher after a school day, and to the head after another, told once each; its writer sees for whom it waits', async () => {
    await joins('thomas.verdier');
    await setModeration('CE1', 2, 'all');
    await town.send('ondine.le-bihan', ['samuel.okafor'], {
      subject: 'Personne ne répond',
      via: 'web',
    });
    const { school, id: hold } = await only('julie.robin');
    const writer = await town.viewer('ondine.le-bihan');
    const head = await town.viewer('beatrice.vasseur');
    const asked = async () => {
      const [sent] = await town.rows('ondine.le-bihan', 'sent');
      const fate = sent && (await town.core.sent.fate(writer, sent.mailbox, sent.uid));
      return fate?.held?.by.map(({ address }) => address.split('@')[0]);
    };
    expect(await asked()).toEqual(['julie.robin']);
    expect(await town.core.moderation.waitingCount(head)).toBe(0);
    town.clock.now = new Date('2026-11-26T08:59:00Z'); // Tuesday at nine, no school on Wednesday
    await work();
    expect(await notices('thomas.verdier')).toBe(0);
    town.clock.now = new Date('2026-11-26T09:00:00Z');
    await Promise.all([work(), work()]);
    await work();
    expect([await notices('thomas.verdier'), await notices('beatrice.vasseur')]).toEqual([1, 0]);
    expect(await asked()).toEqual(['julie.robin', 'thomas.verdier']);
    town.clock.now = new Date('2026-11-27T09:00:00Z');
    await work();
    await work();
    expect([await notices('thomas.verdier'), await notices('beatrice.vasseur')]).toEqual([1, 1]);
    expect((await asked())?.length).toBe(3);
    expect(await town.core.moderation.waitingCount(head)).toBe(1);
    expect(await town.faults()).toEqual([]);
    expect((await decide({ parts: atOnce, viewer: head }, [{ school, hold }], LET_GO)).missed).toBe(
      0,
    );
    expect(await arrived('Personne ne répond')).toBe(1);
  });
});

async function only2() {
  const { school, id } = await only('beatrice.vasseur');
  return { school, hold: id };
}
