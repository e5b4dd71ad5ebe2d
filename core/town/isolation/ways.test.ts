/** A way that the proof finds open closes at once, and opens by a second, clean proof alone. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MORNING } from '../../../tests/shared/town-database.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { Door } from '../../ground/doors.ts';
import type { AddressId, HoldId, SchoolId } from '../../ground/ids.ts';
import { HOUR_MS } from '../../ground/spans.ts';
import { releaseHold } from '../../mail/delivery/holding/release.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { dueRows } from '../../store/due.ts';
import { seenMailbox, seenMailboxes } from '../../store/mail/mailbox-access.ts';
import { keepAsItIs } from '../../store/testing/as-it-was.ts';
import { noteProof } from './isolation.ts';
import { night } from './testing/night.ts';

let town: TestTown;
let claire: Viewer;
let lina: Viewer;
let agent: Viewer;
let putBack: () => Promise<void>;
beforeAll(async () => {
  town = await openTestTown();
  putBack = await keepAsItIs(town.admin);
  claire = await town.viewer('claire.lefevre');
  lina = await town.viewer('lina.moreau');
  agent = await town.viewer('hugues.armand');
});
beforeEach(() => {
  town.clock.now = MORNING;
});
afterEach(() => putBack());
afterAll(() => town.close());

const later = (hours: number) => new Date(town.clock.now.getTime() + hours * HOUR_MS);
const clean = (hours: number) => noteProof(town.store, night(later(hours)));

/** A proof that finds somebody coming to somebody by a door. */
const open = (door: Door, from: AddressId | string, to: AddressId | string, hours = 0) =>
  noteProof(
    town.store,
    night(later(hours), {
      doors: { [door]: { passes: 1 } },
      differences: [{ door, from, to, kind: 'passes' }],
    }),
  );

const ways = async () => {
  const found = await town.core.isolation.ways(agent);
  return found?.closed.map(({ schoolName, door }) => `${schoolName}: ${door}`) ?? [];
};
const ask = (
  reason: string,
  school: SchoolId = lina.school,
  { viewer = agent, door = 'adult-here-to-pupil' as Door } = {},
) => town.core.isolation.askToOpen(viewer, { school, door, reason });

/** What is due is done, as the worker does; how many letters wait after it. */
async function waitingAt(hours: number): Promise<number> {
  town.clock.now = later(hours);
  const asked = { now: town.clock.now, kinds: ['hold'], limit: 50 } as const;
  for (const { school, row } of await town.store.readTown((tx) => dueRows(tx, asked)))
    await releaseHold(town.parts, { school, id: row as HoldId, releaser: { by: null } });
  return (await town.core.isolation.ways(agent))?.waiting ?? 0;
}

const writes = (subject: string, to = 'lina.moreau') =>
  town.send('claire.lefevre', [to], { subject, via: 'web' });
const subjects = async (local: string) => (await town.rows(local)).map(({ subject }) => subject);

describe('a way that let somebody through', () => {
  it('is closed for the pupils of that school; what would take it waits, the rest goes on', async () => {
    await open('adult-here-to-pupil', claire.addressId, lina.addressId);
    expect(await ways()).toEqual(['École des Tilleuls: adult-here-to-pupil']);
    expect(await writes('Attend')).toMatchObject({
      kind: 'held',
      held: [{ rule: 'way-closed' }],
    });
    expect(await subjects('lina.moreau')).not.toContain('Attend');
    expect(await writes('Collègue', 'karim.haddad')).toMatchObject({ kind: 'accepted' });
    const child = await town.send('lina.moreau', ['claire.lefevre'], { subject: 'Retour' });
    expect(child).toMatchObject({ kind: 'accepted' });
    expect(await waitingAt(2)).toBe(1);
    expect(await town.faults()).toEqual([]);
  });

  it('is nobody’s to let go: no teacher, no head, not the reader', async () => {
    await open('adult-here-to-pupil', claire.addressId, lina.addressId);
    await writes('Attend');
    for (const local of ['claire.lefevre', 'mamadou.diallo', 'hugues.armand', 'lina.moreau'])
      expect(await town.core.moderation.waiting(await town.viewer(local))).toEqual([]);
  });

  it('lets no doubtful words past the second look, that nobody read while it was closed', async () => {
    const noe = await town.viewer('noe.garnier');
    await town.admin.query(
      "update class set second_look = 'holds', moderation = 'open' where name = 'CE1 A'",
    );
    await open('pupil-to-pupil-here', lina.addressId, noe.addressId);
    const hurts = { subject: 'Ma bille', text: 'Rends ma bille. T’es trop nul !' };
    for (const letter of [hurts, { subject: 'Gentil', text: 'On joue demain ?' }])
      expect(await town.send('lina.moreau', ['noe.garnier'], letter)).toMatchObject({
        held: [{ rule: 'way-closed' }],
      });
    await clean(1);
    await ask('Une place de trop.', lina.school, { door: 'pupil-to-pupil-here' });
    await clean(2);
    await waitingAt(3);
    expect(await subjects('noe.garnier')).toContain('Gentil');
    expect(await subjects('noe.garnier')).not.toContain('Ma bille');
    const waiting = await town.core.moderation.waiting(claire);
    expect(waiting.map(({ rule }) => rule)).toEqual(['doubtful-words']);
  });

  it('opens by a second proof that finds nothing, after an agent has said why', async () => {
    await open('adult-here-to-pupil', claire.addressId, lina.addressId);
    await writes('Attend');
    await clean(1);
    expect(await ways()).toHaveLength(1);
    expect(await ask('   ')).toBe('no-reason');
    expect(await ask('Une place de trop dans la classe, ôtée.')).toBe('asked');
    await clean(-1);
    expect(await ways()).toHaveLength(1);
    await clean(2);
    expect(await ways()).toEqual([]);
    expect(await waitingAt(3)).toBe(0);
    expect(await subjects('lina.moreau')).toContain('Attend');
    const { rows } = await town.admin.query(
      "select act, reason from agent_act where act like '%-way' order by id",
    );
    expect(rows).toEqual([
      { act: 'close-way', reason: 'adult-here-to-pupil' },
      { act: 'ask-way', reason: 'Une place de trop dans la classe, ôtée.' },
      { act: 'open-way', reason: 'adult-here-to-pupil' },
    ]);
    expect(await town.faults()).toEqual([]);
  });

  it('stays closed where the second proof finds it open still; it is to be asked for anew', async () => {
    await open('adult-here-to-pupil', claire.addressId, lina.addressId);
    await ask('C’est réglé.');
    await open('adult-here-to-pupil', claire.addressId, lina.addressId, 1);
    await clean(2);
    expect(await ways()).toHaveLength(1);
    await ask('Cette fois, oui.');
    await clean(3);
    expect(await ways()).toEqual([]);
  });

  it('is an agent’s to ask about, and of a way that is closed', async () => {
    await open('adult-here-to-pupil', claire.addressId, lina.addressId);
    for (const viewer of [claire, lina]) {
      expect(await ask('Pour voir.', lina.school, { viewer })).toBeNull();
      expect(await town.core.isolation.ways(viewer)).toBeNull();
    }
    expect(await ask('Pour voir.', 999 as SchoolId)).toBe('no-such-way');
  });
});

describe('a mailbox of a pupil that somebody else may open', () => {
  const opens = async (viewer: Viewer) => {
    const seen = await town.store.read(lina.school, (tx) => seenMailboxes(tx, viewer.account));
    const ofLina = seen.filter(({ owner }) => owner === lina.account).map(({ id }) => id);
    const alone = await Promise.all(
      ofLina.map((id) => town.store.read(lina.school, (tx) => seenMailbox(tx, viewer.account, id))),
    );
    return alone.filter((one) => one !== null).length;
  };
  const found = (hours: number) =>
    open('mailbox-of-a-pupil', claire.addressId, lina.addressId, hours);

  it('opens for its pupil alone from then on, and for whoever else with the second word', async () => {
    const karim = await town.viewer('karim.haddad');
    await town.admin.query(
      `insert into mailbox_right (school_id, mailbox_id, account_id, rights)
       select b.school_id, b.id, $2, 'lr' from mailbox b
       where b.use = 'inbox' and b.account_id = any($1)`,
      [[lina.account, karim.account], claire.account],
    );
    expect(await opens(claire)).toBe(1);
    const own = await opens(lina);
    await found(0);
    expect(await ways()).toEqual(['École des Tilleuls: mailbox-of-a-pupil']);
    expect(await opens(claire)).toBe(0);
    expect(await opens(lina)).toBe(own);
    const ofAll = await town.store.read(lina.school, (tx) => seenMailboxes(tx, claire.account));
    expect(ofAll.some(({ owner }) => owner === karim.account)).toBe(true);
    await town.core.isolation.askToOpen(agent, {
      ...{ school: lina.school, door: 'mailbox-of-a-pupil' },
      reason: 'Le droit est ôté.',
    });
    await clean(1);
    expect(await opens(claire)).toBe(1);
  });

  it('is closed in every school, where more were found than are named', async () => {
    await noteProof(
      town.store,
      night(later(0), { doors: { 'mailbox-of-a-pupil': { passes: 4_000 } } }),
    );
    expect(await ways()).toEqual(['null: mailbox-of-a-pupil']);
  });
});

describe('a board that somebody else reads', () => {
  it('is read by those alone who hang something up there, until the second word', async () => {
    const karim = await town.viewer('karim.haddad');
    const boardsOf = async (viewer: Viewer) =>
      (await town.core.boards.list(viewer))?.filter(({ ref }) => ref.school === lina.school).length;
    const [before, own] = [await boardsOf(lina), await boardsOf(claire)];
    expect(before).toBeGreaterThan(0);
    const { rows } = await town.admin.query<{ id: AddressId }>(
      "select id from address where kind = 'class' and school_id = $1 order by id",
      [lina.school],
    );
    await open('reader-of-board', karim.addressId, Number(rows[0]?.id) as AddressId);
    expect(await ways()).toEqual(['École des Tilleuls: reader-of-board']);
    expect(await boardsOf(lina)).toBe(0);
    expect(await boardsOf(claire)).toBeLessThanOrEqual(own ?? 0);
    expect(await boardsOf(claire)).toBeGreaterThan(0);
    await town.core.isolation.askToOpen(agent, {
      ...{ school: lina.school, door: 'reader-of-board' },
      reason: 'L’école est refaite.',
    });
    await clean(1);
    expect(await boardsOf(lina)).toBe(before);
  });
});

describe('which way is closed', () => {
  it('of a stranger: whoever is outside, approved or not, of that school', async () => {
    await open('stranger-to-pupil', 'inconnu@exemple.invalid', lina.addressId);
    expect(await ways()).toEqual(['École des Tilleuls: stranger-to-pupil']);
  });

  it('of a pupil who reaches somebody: the pupil’s school', async () => {
    await open('pupil-to-adult', lina.addressId, claire.addressId);
    expect(await ways()).toEqual(['École des Tilleuls: pupil-to-adult']);
    expect(await town.send('lina.moreau', ['claire.lefevre'], {})).toMatchObject({ kind: 'held' });
    expect(await writes('Descend')).toMatchObject({ kind: 'accepted' });
  });

  it('of more than are named: every school’s', async () => {
    await noteProof(
      town.store,
      night(later(0), { doors: { 'adult-here-to-pupil': { passes: 4_000 } } }),
    );
    expect(await ways()).toEqual(['null: adult-here-to-pupil']);
    expect(await writes('Attend')).toMatchObject({ kind: 'held' });
  });

  it('of a list: what goes to its pupils by it waits, what goes by name doesn’t', async () => {
    const { rows } = await town.admin.query<{ id: AddressId; local: string }>(
      "select id, local from address where kind = 'class' and school_id = $1 order by id",
      [lina.school],
    );
    const [list] = rows;
    if (list === undefined) throw new Error('no list');
    await open('list-to-pupils', list.id, lina.addressId);
    expect(await writes('Liste', list.local)).toMatchObject({ kind: 'held' });
    expect(await writes('Nommée')).toMatchObject({ kind: 'accepted' });
  });
});
