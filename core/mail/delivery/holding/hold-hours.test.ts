import { describe, expect, it } from 'vitest';
import type { HoldId, SchoolId } from '../../../ground/ids.ts';
import { drawnPicture } from '../../phrases/drawings.ts';
import { openHoldTown, said } from '../testing/hold-town.ts';
import { releaseHold } from './release.ts';

const { town, release, setModeration } = await openHoldTown();

describe('out of hours', () => {
  const EVENING = new Date('2026-11-24T18:00:00Z'); // 19 h in France
  const NEXT = '2026-11-26T07:00:00.000Z'; // no school on Wednesday

  async function hold(): Promise<HoldId> {
    const {
      rows: [row],
    } = await town.admin.query<{ id: string; until: Date }>(
      `
        select id, until
        from hold
        where school_id = 3 and state = 'waiting'
        order by id desc
        limit 1
      `,
    );
    expect(row?.until.toISOString()).toBe(NEXT);
    return Number(row?.id) as HoldId;
  }

  it('a pupil’s message waits for the next opening, and is nobody’s to let go', async () => {
    town.clock.now = EVENING;
    expect(
      said(
        await town.send('lise.perret', ['aylan.kaya', 'pauline.giraud'], {
          subject: 'Demain',
          via: 'web',
        }),
      ),
    ).toBe('held school-closed');
    expect(said(await town.send('pauline.giraud', ['lise.perret']))).toBe('accepted');
    const id = await hold();
    expect(await town.core.moderation.waiting(await town.viewer('pauline.giraud'))).toEqual([]);
    expect(await town.letGo(await town.viewer('pauline.giraud'), 3 as SchoolId, id)).toBeNull();
    expect(
      said(await releaseHold(town.parts, { school: 3 as SchoolId, id, releaser: { by: null } })),
    ).toBe('held school-closed');
    await hold();
    town.clock.now = new Date(NEXT);
    expect(
      said(await releaseHold(town.parts, { school: 3 as SchoolId, id, releaser: { by: null } })),
    ).toBe('2 sent');
    expect((await town.rows('aylan.kaya'))[0]?.subject).toBe('Demain');
    expect((await town.rows('pauline.giraud'))[0]?.subject).toBe('Demain');
    expect(
      said(await releaseHold(town.parts, { school: 3 as SchoolId, id, releaser: { by: null } })),
    ).toBe('nothing');
    expect(await town.faults()).toEqual([]);
  });
  it('shows its files to nobody until then, neither to whom it is for nor to the head', async () => {
    town.clock.now = EVENING;
    await town.openPhotos();
    const given = { name: 'dessin.png', mediaType: 'image/png', bytes: drawnPicture('dessin') };
    const file = town.core.writings.drawing(given);
    const sent = await town.send('lise.perret', ['aylan.kaya'], {
      subject: 'Un dessin',
      via: 'web',
      file: { name: file.name, bytes: file.bytes },
    });
    expect(said(sent)).toBe('held school-closed');
    const name = { school: 3 as SchoolId, hold: await hold() };
    for (const local of ['aylan.kaya', 'philippe.marchand', 'lise.perret'])
      for (const path of ['1', '2'])
        expect(await town.core.moderation.file(await town.viewer(local), name, path)).toBeNull();
  });

  it('what the class moderates by then waits on, for its teacher', async () => {
    town.clock.now = EVENING;
    await town.send('aylan.kaya', ['lise.perret'], { subject: 'Encore' });
    const id = await hold();
    await setModeration('CP-CE1', 3, 'all');
    town.clock.now = new Date(NEXT);
    expect(
      said(await releaseHold(town.parts, { school: 3 as SchoolId, id, releaser: { by: null } })),
    ).toBe('held class-moderated');
    expect(said(await release('pauline.giraud'))).toBe('1 sent');
    expect((await town.rows('lise.perret'))[0]?.subject).toBe('Encore');
    await setModeration('CP-CE1', 3, 'open');
    expect(await town.faults()).toEqual([]);
  });
  it('the worker lets it go by the clock', async () => {
    town.clock.now = EVENING;
    await town.send('lise.perret', ['aylan.kaya'], { subject: 'Par le temps' });
    await hold();
    town.clock.now = new Date(NEXT);
    const jobs = await town.core.jobs.start(null);
    await expect
      .poll(async () => (await town.rows('aylan.kaya'))[0]?.subject, { timeout: 8_000 })
      .toBe('Par le temps');
    await jobs.close();
  });
});
