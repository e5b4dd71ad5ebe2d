import { beforeEach, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../../tests/shared/slice.ts';
import type { HoldId, SchoolId } from '../../../ground/ids.ts';
import { openHoldTown, said } from '../testing/hold-town.ts';
import { releaseHold } from './release.ts';

const { town, inSchool, release, setModeration, waitingFor } = await openHoldTown();
const { mail, sent } = town.core;

/** A Tuesday; no school on Wednesday, so that a letter of today is brought on Thursday. */
const WRITTEN = new Date('2026-11-24T09:00:00Z');
const BROUGHT = new Date('2026-11-26T07:00:00Z'); // 8 h in France
const [HOME, THERE] = [1 as SchoolId, 2 as SchoolId];

/** CE1 A of the Tilleuls writes with CE1 of Pasteur; what comes to the latter travels. */
beforeEach(async () => {
  await link('moderated = false, until_date = $day', '2026-12-18');
  await inSchool(2, 'update class_link set travels = true where school_id = 2');
});

/** Both sides of the town's link, in one go. */
async function link(set: string, day: string): Promise<void> {
  for (const school of [HOME, THERE])
    await inSchool(
      school,
      `update class_link set ${set.replace('$day', `'${day}'`)} where school_id = ${school}`,
    );
}

const writes = (subject: string) =>
  town.send('lina.moreau', ['ondine.le-bihan'], { subject, via: 'web' });

async function hold(): Promise<{ readonly id: HoldId; readonly until: string }> {
  const {
    rows: [row],
  } = await town.admin.query<{ id: string; until: Date }>(
    `
      select id, until
      from hold
      where school_id = 1 and state = 'waiting' and rule = 'on-the-road'
      order by id desc
      limit 1
    `,
  );
  return { id: Number(row?.id) as HoldId, until: row?.until.toISOString() ?? '' };
}

/** CE1 A writes with CE2 of Jules-Ferry too, and what comes to the latter travels. */
async function linkWithFerry(): Promise<void> {
  const { teaching } = town.core;
  const [claire, remi] = [await town.viewer('claire.lefevre'), await town.viewer('remi.le-guen')];
  const [ours] = await teaching.classes(claire);
  const [theirs] = await teaching.classes(remi);
  if (ours === undefined || theirs === undefined) throw new Error('no classes');
  const wish = { from: '2026-11-24', until: '2026-12-18', moderated: false } as const;
  const other = { kind: 'address', address: theirs.address } as const;
  await teaching.proposeLink(claire, { class: ours.id, other, ...wish });
  const [asked] = (await teaching.classDetails(remi, theirs.id))?.links ?? [];
  const link = { class: theirs.id, other: asked?.other ?? (0 as never) };
  await teaching.answerLink(remi, { ...link, agree: true, moderated: false });
  expect(await teaching.travelLink(remi, { ...link, travels: true })).toEqual({ kind: 'done' });
}

/** The teachers of the first end the link of CE1 A with CE1 of Pasteur. */
async function endLink(): Promise<void> {
  const { teaching } = town.core;
  const claire = await town.viewer('claire.lefevre');
  const [ours] = await teaching.classes(claire);
  const links = ours && (await teaching.classDetails(claire, ours.id))?.links;
  const other = links?.find(({ schoolName }) => schoolName === 'École Pasteur')?.other;
  if (ours === undefined || other === undefined) throw new Error('no link');
  expect(await teaching.endLink(claire, { class: ours.id, other })).toEqual({ kind: 'done' });
}

const bring = async (id: HoldId) =>
  said(await releaseHold(town.parts, { school: HOME, id, releaser: { by: null } }));
async function dueAt(id: HoldId): Promise<Date | undefined> {
  const { rows } = await town.admin.query<{ at: Date }>(
    `select at from due where kind = 'hold' and school_id = 1 and row_id = $1`,
    [id],
  );
  return rows[0]?.at;
}
const subjectsOf = async (local: string): Promise<string[]> =>
  (await town.rows(local)).map(({ subject }) => subject);

async function fateOf(subject: string) {
  const lina = await town.viewer('lina.moreau');
  const row = (await town.rows('lina.moreau', 'sent')).find((one) => one.subject === subject);
  return row ? sent.fate(lina, row.mailbox, row.uid) : null;
}

describe('a letter over a link whose letters travel', () => {
  it('is brought at 8 h of the other class’s next day of school, and both see its road', async () => {
    expect(said(await writes('En voyage'))).toBe('held on-the-road');
    const { id, until } = await hold();
    expect(until).toBe(BROUGHT.toISOString());
    expect(await fateOf('En voyage')).toMatchObject({ held: { brings: BROUGHT }, brought: null });
    expect((await town.rows('lina.moreau', 'sent'))[0]).toMatchObject({ state: 'travelling' });
    expect(await waitingFor('julie.robin')).toEqual([]);
    expect(await bring(id)).toBe('held on-the-road');
    expect(await subjectsOf('ondine.le-bihan')).not.toContain('En voyage');
    town.clock.now = BROUGHT;
    expect(await bring(id)).toBe('1 sent');
    expect(await bring(id)).toBe('nothing');
    const ondine = await town.viewer('ondine.le-bihan');
    const [row] = await town.rows('ondine.le-bihan');
    expect(row).toMatchObject({ subject: 'En voyage' });
    expect(row && (await mail.read(ondine, row.mailbox, row.uid))).toMatchObject({
      travelledFrom: WRITTEN,
      because: { kind: 'link' },
    });
    expect(await fateOf('En voyage')).toMatchObject({ held: null, brought: BROUGHT });
    expect((await town.rows('lina.moreau', 'sent'))[0]).toMatchObject({ state: 'normal' });
    expect(await town.faults()).toEqual([]);
  });

  it('the other way is there at once, and so is what a child writes to a teacher', async () => {
    expect(
      said(await town.send('ondine.le-bihan', ['lina.moreau'], { subject: 'Tout de suite' })),
    ).toBe('accepted');
    expect(said(await town.send('lina.moreau', ['julie.robin']))).toBe('accepted');
    expect(said(await town.send('claire.lefevre', ['ondine.le-bihan']))).toBe('accepted');
  });

  it('is there at once where nothing would bring it before the last day of the link is over', async () => {
    town.clock.now = new Date('2026-12-17T09:00:00Z'); // the last day is a Friday
    expect(said(await writes('Demain'))).toBe('held on-the-road');
    expect((await hold()).until).toBe('2026-12-18T07:00:00.000Z');
    town.clock.now = new Date('2026-12-18T09:00:00Z');
    expect(said(await writes('Le dernier jour'))).toBe('accepted');
  });

  it('is read first where that is so, and takes the road then', async () => {
    await setModeration('CE1 A', 1, 'all');
    expect(said(await writes('Relue'))).toBe('held class-moderated');
    expect(said(await release('claire.lefevre'))).toBe('held on-the-road');
    const { id } = await hold();
    town.clock.now = BROUGHT;
    expect(await bring(id)).toBe('1 sent');
    expect(await subjectsOf('ondine.le-bihan')).toContain('Relue');
    expect(await fateOf('Relue')).toMatchObject({
      readFirst: [{ name: 'Madame Lefèvre' }],
      brought: BROUGHT,
    });
    expect(await town.faults()).toEqual([]);
  });

  it('to two classes is brought to each on its own next day of school', SOAKED, async () => {
    await linkWithFerry();
    // At Jules-Ferry there is school on Wednesday.
    const days = (which: string): Promise<void> =>
      inSchool(
        3,
        `update school set opening = jsonb_set(opening, '{days}', '[${which}]') where id = 3`,
      );
    await days('1,2,3,4,5');
    const to = ['ondine.le-bihan', 'naomi.cohen-solal'];
    expect(
      said(await town.send('lina.moreau', to, { subject: 'À deux classes', via: 'web' })),
    ).toBe('held on-the-road');
    const { rows } = await town.admin.query<{ id: string; until: Date }>(
      `
        select h.id, h.until
        from hold h join message m on m.school_id = h.school_id and m.id = h.message_id
        where h.school_id = 1 and h.state = 'waiting' and m.subject = 'À deux classes'
        order by h.until
      `,
    );
    expect(rows.map(({ until }) => until.toISOString().slice(0, 10))).toEqual([
      '2026-11-25',
      '2026-11-26',
    ]);
    town.clock.now = new Date('2026-11-25T07:00:00Z');
    expect(await bring(Number(rows[0]?.id) as HoldId)).toBe('1 sent');
    expect(await subjectsOf('naomi.cohen-solal')).toContain('À deux classes');
    expect(await subjectsOf('ondine.le-bihan')).not.toContain('À deux classes');
    town.clock.now = BROUGHT;
    expect(await bring(Number(rows[1]?.id) as HoldId)).toBe('1 sent');
    expect(await subjectsOf('ondine.le-bihan')).toContain('À deux classes');
    await days('1,2,4,5');
    expect(await town.faults()).toEqual([]);
  });

  it('comes back to the child when the link ends before it arrives; the teacher hears so', async () => {
    expect(said(await writes('Trop tard'))).toBe('held on-the-road');
    const { id } = await hold();
    await link('until_date = $day', '2026-11-24');
    town.clock.now = BROUGHT;
    expect(await bring(id)).toBe('denied no-such-address');
    expect(await subjectsOf('ondine.le-bihan')).not.toContain('Trop tard');
    const lina = await town.viewer('lina.moreau');
    const [notice] = await town.rows('lina.moreau');
    const read = notice && (await mail.read(lina, notice.mailbox, notice.uid));
    expect(read?.subject).toBe('Ton message t’est rendu : Trop tard');
    expect(read?.text).toContain('Ta lettre était en route.');
    expect(read?.text).toContain('> Un mot.');
    const kept = (await town.rows('lina.moreau', 'sent')).find(
      (one) => one.subject === 'Trop tard',
    );
    expect(kept?.state).toBe('given-back');
    expect(await subjectsOf('claire.lefevre')).toContain('Une lettre de Lina Moreau est revenue');
    expect(await town.faults()).toEqual([]);
  });

  it(
    'comes back at once when a teacher ends the link; what another link brings keeps its hour',
    SOAKED,
    async () => {
      await linkWithFerry();
      expect(said(await writes('Finie'))).toBe('held on-the-road');
      expect(said(await town.send('lina.moreau', ['naomi.cohen-solal'], { subject: 'Suit' }))).toBe(
        'held on-the-road',
      );
      const going = await hold();
      // In the morning of the day on which both arrive: the next day of school is another one by
      // now.
      town.clock.now = new Date('2026-11-26T06:30:00Z');
      await endLink();
      const jobs = await town.core.jobs.start(null);
      await expect
        .poll(() => subjectsOf('lina.moreau'), { timeout: 8_000 })
        .toContain('Ton message t’est rendu : Finie');
      await expect.poll(() => dueAt(going.id)).toEqual(BROUGHT);
      await jobs.close();
      expect(await hold()).toEqual(going);
      expect(await subjectsOf('claire.lefevre')).toContain('Une lettre de Lina Moreau est revenue');
      town.clock.now = BROUGHT;
      expect(await bring(going.id)).toBe('1 sent');
      expect(await subjectsOf('naomi.cohen-solal')).toContain('Suit');
      expect(await town.faults()).toEqual([]);
    },
  );

  it.each([
    { who: 'for whom it is', local: 'ondine.le-bihan', school: 2 },
    { who: 'who wrote it', local: 'lina.moreau', school: 1 },
  ])('comes back when the child $who has left the class meanwhile', async ({ local, school }) => {
    const subject = `Partie, ${local}`;
    expect(said(await writes(subject))).toBe('held on-the-road');
    const { id } = await hold();
    const lastDay = (day: string): Promise<void> =>
      inSchool(
        school,
        `update membership m set until_date = ${day} from address a
         where a.id = m.address_id and a.local = '${local}'`,
      );
    await lastDay(`'2026-11-24'`);
    town.clock.now = BROUGHT;
    expect(await bring(id)).toMatch(/^denied /);
    await lastDay('null');
    expect(await subjectsOf('lina.moreau')).toContain(`Ton message t’est rendu : ${subject}`);
    expect(await subjectsOf('ondine.le-bihan')).not.toContain(subject);
    expect((await town.rows('lina.moreau', 'sent'))[0]).toMatchObject({ state: 'given-back' });
  });

  it('is told as such to who wrote it in a mail program', async () => {
    expect(
      said(await town.send('lina.moreau', ['ondine.le-bihan'], { subject: 'Par un logiciel' })),
    ).toBe('held on-the-road');
    await expect
      .poll(() => subjectsOf('lina.moreau'))
      .toContain('Ta lettre est en route : Par un logiciel');
  });

  it('is its writer’s to take back while it is on the road', async () => {
    expect(said(await writes('Reprise'))).toBe('held on-the-road');
    const { id } = await hold();
    const lina = await town.viewer('lina.moreau');
    const row = (await town.rows('lina.moreau', 'sent')).find((one) => one.subject === 'Reprise');
    expect(row && (await sent.withdraw(lina, row.mailbox, row.uid))).toBe(1);
    town.clock.now = BROUGHT;
    expect(await bring(id)).toBe('nothing');
    expect(await subjectsOf('ondine.le-bihan')).not.toContain('Reprise');
  });
});
