import { describe, expect, it } from 'vitest';
import { lessonOf, specialOf } from '../../../roster/week/testing/weeks.ts';
import { askPaper } from '../../papers/testing/asked-paper.ts';
import { openWeekTown } from '../testing/week-town.ts';

const { town, weeks, claire, ce1, begun, put } = await openWeekTown();
const { weekFeeds } = town.core;
const KARINE = 'karine.moreau';
const CE1_FAMILIES = `familles.ce1-a.tilleuls@${town.core.config.domain}`;

const rosterMoved = () => town.admin.query('update school set roster_version = roster_version + 1');

/** What an agenda that has this name reads; its kind, where it reads nothing. */
async function read(name: string | null): Promise<string> {
  const answer = await weekFeeds.read(name ?? '');
  return answer.kind === 'feed' ? String(await answer.body()) : answer.kind;
}
const etagOf = async (name: string | null) => {
  const answer = await weekFeeds.read(name ?? '');
  return answer.kind === 'feed' ? answer.etag : answer.kind;
};
/** Lines as they were before they were folded. */
const unfolded = (text: string): readonly string[] => text.replaceAll('\r\n ', '').split('\r\n');

describe('a private feed', () => {
  it('is read by whoever has its name, which holds 128 bits and nobody’s name', async () => {
    await begun();
    await put({ weekday: 2, from: '09:00', to: '10:00', title: 'Échecs' });
    const need = { day: '2026-11-25', kind: 'bring', words: 'Dix bouchons; et du fil' } as const;
    await weeks.addNeed(claire, ce1, need);
    const name = await weekFeeds.renew(await town.viewer(KARINE), null);
    expect(name).toMatch(/^\d+\.[A-Za-z0-9_-]{22}$/);
    const lines = unfolded(await read(name));
    expect(lines).toContain('SUMMARY:L. : À apporter : Dix bouchons\\; et du fil');
    expect(lines.join('\n')).not.toMatch(/Lina|Tom|Moreau|Échecs/);
    const { rows } = await town.admin.query<{ kept: string }>(
      `select encode(secret_hash, 'escape') as kept from week_feed`,
    );
    expect(rows[0]?.kept).not.toContain(name?.split('.')[1]);
  });

  it('says first names, lessons and places where its owner wishes it', async () => {
    await begun();
    await put({ weekday: 2, from: '09:00', to: '10:00', title: 'Échecs', place: 'salle 3' });
    const karine = await town.viewer(KARINE);
    const name = await weekFeeds.renew(karine, ['lessons', 'names', 'places']);
    const lines = unfolded(await read(name));
    expect(lines).toContain('SUMMARY:Lina : Échecs');
    expect(lines).toContain('LOCATION:salle 3');
    await weekFeeds.say(karine, ['lessons']);
    expect(unfolded(await read(name))).toContain('SUMMARY:L. : Échecs');
    expect(await read(name)).not.toContain('salle 3');
  });

  it('is shut when it is changed or stopped, and after the stay or the block of a guardian', async () => {
    await begun();
    const karine = await town.viewer(KARINE);
    const first = await weekFeeds.renew(karine, null);
    const second = await weekFeeds.renew(karine, null);
    expect([await read(first), (await read(second)).slice(0, 15)]).toEqual([
      'gone',
      'BEGIN:VCALENDAR',
    ]);
    const block = async (blocked: boolean) => {
      await town.admin.query(
        'update guardianship set blocked = $1 where guardian_address_id = $2',
        [blocked, karine.addressId],
      );
      await rosterMoved();
    };
    await block(true);
    expect(await read(second)).toBe('gone');
    await block(false);
    expect(await read(second)).toContain('BEGIN:VCALENDAR');
    expect(await weekFeeds.end(karine)).toBe(true);
    expect(await read(second)).toBe('gone');
    expect(await read('1.AAAAAAAAAAAAAAAAAAAAAA')).toBe('unknown');
    expect(await weekFeeds.renew(await town.viewer('lina.moreau'), null)).toBeNull();
  });

  it('has the last quarter of an hour of a paper that waits, without its words', async () => {
    await begun();
    const { papers } = town.core;
    const asked = await askPaper(town.core, claire, { to: [CE1_FAMILIES] });
    if (asked.kind !== 'asked') throw new Error(JSON.stringify(asked));
    const karine = await town.viewer(KARINE);
    const name = await weekFeeds.renew(karine, ['papers']);
    const before = await etagOf(name);
    const lines = unfolded(await read(name));
    expect(lines).toContain('SUMMARY:L. : Papier à signer');
    expect(lines).toContain('DTEND:20261125T170000Z');
    expect(lines.join('\n')).not.toMatch(/musée|Lina/);
    expect(
      await papers.extend(claire, asked.ref, { untilDay: '2026-11-25', untilTime: '20:00' }),
    ).toEqual({ kind: 'done' });
    expect(await etagOf(name)).not.toBe(before);
    expect(unfolded(await read(name))).toContain('DTEND:20261125T190000Z');
    const extended = await etagOf(name);
    const [slip] = await papers.slips(karine);
    if (slip === undefined) throw new Error('no slip');
    const yes = { version: 1, says: { kind: 'yes' }, note: '', way: 'password' } as const;
    await papers.answer(karine, slip.ref, { ...yes, number: '' });
    expect(await read(name)).not.toContain('Papier');
    expect(await etagOf(name)).not.toBe(extended);
    // A teacher's own papers are no paper of theirs to sign.
    expect(await read(await weekFeeds.renew(claire, ['papers']))).not.toContain('Papier');
  });

  it('has each day of the calendar without school', async () => {
    const lines = unfolded(await read(await weekFeeds.renew(claire, ['specials'])));
    const at = lines.indexOf('DTSTART;VALUE=DATE:20261111');
    expect(lines.slice(at, at + 3).join(' ')).toContain('SUMMARY:Pas d’école');
    // The first of November is a Sunday.
    expect(lines).not.toContain('DTSTART;VALUE=DATE:20261101');
  });

  it('has another mark once anything in it is another, and the same until then', async () => {
    await begun();
    const name = await weekFeeds.renew(await town.viewer(KARINE), null);
    const before = await etagOf(name);
    expect(await etagOf(name)).toBe(before);
    await put({ weekday: 2, from: '09:00', to: '10:00' });
    expect(await etagOf(name)).not.toBe(before);
  });
});

describe('a lesson in a feed', () => {
  it('comes round at its hour of the school’s clock, but for holidays and what is special', async () => {
    await begun();
    await put({ weekday: 4, from: '09:00', to: '10:00', title: 'Échecs' });
    const {
      id: _,
      edition: __,
      ...museum
    } = specialOf({ from: '2026-11-26', until: '2026-11-26' });
    await weeks.keepSpecial(claire, ce1, { special: museum, seen: null });
    const {
      id: ___,
      edition: ____,
      ...part
    } = specialOf({
      from: '2026-12-03',
      until: '2026-12-03',
      hours: { from: '09:30', to: '11:00' },
    });
    await weeks.keepSpecial(claire, ce1, { special: part, seen: null });
    const name = await weekFeeds.renew(claire, ['lessons', 'specials']);
    const lines = unfolded(await read(name));
    expect(lines).toContain('TZID:Europe/Paris');
    expect(lines).toContain('TZOFFSETTO:+0200');
    const at = lines.findIndex((line) => line.startsWith('UID:lesson-'));
    const lesson = lines.slice(at, lines.indexOf('END:VEVENT', at)).join('\n');
    expect(lesson).toMatch(/DTSTART;TZID=Europe\/Paris:\d{8}T090000/);
    expect(lesson).toContain('RRULE:FREQ=WEEKLY;INTERVAL=1;UNTIL=');
    for (const day of ['20261126T090000', '20261203T090000'])
      expect(lesson.match(/EXDATE.*/)?.[0]).toContain(day);
    // Half an hour of it is left on that day.
    expect(lines).toContain('DTEND;TZID=Europe/Paris:20261203T093000');
    expect(lines).toContain('DTSTART;VALUE=DATE:20261126');
  });

  it('is in the feed of who gives it, in whichever class', async () => {
    await begun();
    const karim = await town.viewer('karim.haddad');
    const given = lessonOf({ weekday: 1, from: '10:00', to: '11:00', title: 'Chorale' });
    await put({ ...given, teacher: karim.addressId });
    const lines = unfolded(await read(await weekFeeds.renew(karim, [])));
    expect(lines).toContain('SUMMARY:CE1 A : Chorale');
  });
});
