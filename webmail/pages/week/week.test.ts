/** The week of a class on its pages: a teacher's, a child's, a family's; and its feed. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lessonWords, RHYTHM } from '../../../core/roster/week/testing/weeks.ts';
import { wish } from '../../../core/school/boards/testing/wish.ts';
import { askPaper } from '../../../core/school/papers/testing/asked-paper.ts';
import { ownClassOf } from '../../../core/school/week/testing/week-town.ts';
import { hasChromium } from '../../../tests/shared/chromium.ts';
import { pageFaults } from '../../../tests/shared/page-faults.ts';
import { text } from '../../../tests/shared/plain/page.ts';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import { openVisits, type Visits } from '../../testing/visits.ts';

/** A busy machine takes its time to move a lesson. */
const PATIENT = { timeout: 10_000 };

let town: TestTown;
let visits: Visits;
beforeAll(async () => {
  town = await openTestTown();
  visits = await openVisits(town, () => town.clock.now);
});
beforeEach(() => town.admin.query('delete from class_week; delete from week_feed'));
afterAll(async () => {
  await visits?.close();
  await town?.close();
});

/** The hours of somebody's class, which has no lesson yet; its week's address. */
async function begun(local: string): Promise<string> {
  const teacher = await town.viewer(local);
  const id = ownClassOf(teacher);
  await town.core.weeks.keepHours(teacher, id, { rhythm: RHYTHM, weekA: null });
  return `${visits.base}/classes/${id}/week`;
}

describe('a teacher', () => {
  it('begins a week after a colleague’s, changes it, and notes what is to be brought', async () => {
    const karim = await town.viewer('karim.haddad');
    await begun('karim.haddad');
    const chess = {
      weekday: 3,
      from: '09:00',
      to: '10:00',
      kind: 'maths',
      title: 'Échecs',
    } as const;
    await town.core.weeks.keepLesson(karim, ownClassOf(karim), {
      lesson: { ...chess, weeks: 'every', teacher: null, place: '', bring: '' },
      seen: null,
    });
    const page = await visits.read('claire.lefevre', '/classes');
    await page.goto(
      `${visits.base}/classes/${ownClassOf(await town.viewer('claire.lefevre'))}/week`,
    );
    expect(await text(page)).toContain('Cette classe n’a pas encore de semaine.');
    expect(await pageFaults(page, 'week-none')).toEqual([]);
    await page.click('text=Copier cette semaine');
    expect(await text(page)).toContain('La semaine est copiée.');
    await page.click('a[data-lesson]');
    expect(await page.inputValue('#title')).toBe('Échecs');
    await page.fill('#bring', 'Un jeu d’échecs');
    await page.click('text=C’est bon');
    expect(await text(page)).toContain('Le cours est enregistré.');
    expect(await pageFaults(page, 'week-change')).toEqual([]);
    await page.click('text=Terminé');
    await page.click('a[href$="/need?day=2026-11-25"]');
    await page.fill('#words', 'Dix bouchons');
    await page.click('.narrow-f button.main');
    expect(await text(page)).toContain('C’est noté pour ce jour.');
    expect(await text(page)).toContain('À apporter : Un jeu d’échecs');
    expect(await pageFaults(page, 'week-need')).toEqual([]);
  });

  const lessons = sliced(2, [
    { typed: { from: '11:00', to: '11:00' }, said: 'La fin doit venir après le début.' },
    { typed: { from: '09:30', to: '10:30' }, said: '« Maths » est déjà là, lundi, 9 h à 10 h' },
    { typed: { from: '', to: '' }, said: 'Écrivez une heure comme 8:30' },
    { typed: { from: '12:15', to: '13:00' }, said: 'Ce n’est pas dans les heures de la classe' },
  ]);
  it.each(lessons.some)(
    'is told why $typed.from to $typed.to isn’t taken, and keeps what was typed',
    isntTaken,
  );
  it.each(lessons.rest)('nor is $typed.from to $typed.to', SOAKED, isntTaken);

  async function isntTaken({ typed, said }: (typeof lessons)['some'][number]): Promise<void> {
    const at = await begun('claire.lefevre');
    const claire = await town.viewer('claire.lefevre');
    const maths = { weekday: 1, from: '09:00', to: '10:00', kind: 'maths', title: '' } as const;
    await town.core.weeks.keepLesson(claire, ownClassOf(claire), {
      lesson: { ...maths, weeks: 'every', teacher: null, place: '', bring: '' },
      seen: null,
    });
    const page = await visits.read('claire.lefevre', `${at}/change`);
    await page.fill('#title', 'Calcul mental');
    await page.fill('#from', typed.from);
    await page.fill('#to', typed.to);
    await page.click('text=C’est bon');
    expect(await text(page)).toContain(said);
    expect(await page.inputValue('#title')).toBe('Calcul mental');
    expect(await page.inputValue('#from')).toBe(typed.from);
  }

  const hours = sliced(3, [
    { hour: 'morningTo', typed: '08:00', said: 'La fin doit venir après le début.' },
    { hour: 'afternoonFrom', typed: '', said: 'Écrivez une heure comme 8:30' },
    { hour: 'afternoonFrom', typed: '11:00', said: 'L’après-midi doit commencer après' },
  ]);
  it.each(hours.some)(
    'reads below the hour $hour of the class why $typed isn’t taken',
    hourIsntTaken,
  );
  it.each(hours.rest)('nor is $typed taken as $hour', SOAKED, hourIsntTaken);

  async function hourIsntTaken(one: (typeof hours)['some'][number]): Promise<void> {
    const at = await begun('claire.lefevre');
    const page = await visits.read('claire.lefevre', `${at}/change`);
    await page.click('summary:has-text("Les heures de la classe")');
    await page.fill(`#${one.hour}`, one.typed);
    await page.click('.hours-f button');
    expect(await text(page, `#${one.hour}-trouble`)).toContain(one.said);
    expect(await page.locator(`#${one.hour}[autofocus][aria-invalid="true"]`).count()).toBe(1);
  }

  it('is told that a class has no hours yet, by the form of a lesson and of a day', async () => {
    const at = await begun('claire.lefevre');
    const page = await visits.read('claire.lefevre', `${at}/special?day=2026-11-26&title=Conteuse`);
    await town.admin.query('delete from class_week');
    await page.click('text=Noter ce jour');
    expect(await text(page)).toContain('donnez-lui d’abord ses heures');
    expect(await page.inputValue('#title')).toBe('Conteuse');
    await begun('claire.lefevre');
    await page.goto(`${at}/change`);
    await page.fill('#title', 'Échecs');
    await town.admin.query('delete from class_week');
    await page.click('text=C’est bon');
    expect(await text(page)).toContain('donnez-lui d’abord ses heures');
  });

  it('is missing: the head reads that the class’s week is theirs to keep', async () => {
    const at = await begun('claire.lefevre');
    const leave = (until: string | null) =>
      town.admin.query(
        `with m as (
           update membership set until_date = $1
           where role = 'teacher' and class_id = $2 returning 1
         ) update school set roster_version = roster_version + 1`,
        [until, Number(/\/classes\/(\d+)/.exec(at)?.[1])],
      );
    await leave('2026-11-01');
    const head = await visits.read('mamadou.diallo', at);
    expect(await text(head)).toContain('Personne n’enseigne dans cette classe pour le moment');
    await leave(null);
  });

  it('may save again what somebody else changed meanwhile, and is told so first', async () => {
    const at = await begun('claire.lefevre');
    const [claire, head] = [
      await town.viewer('claire.lefevre'),
      await town.viewer('mamadou.diallo'),
    ];
    const id = ownClassOf(claire);
    const maths = { weekday: 1, from: '09:00', to: '10:00', kind: 'maths', title: '' } as const;
    const lesson = { ...maths, weeks: 'every', teacher: null, place: '', bring: '' } as const;
    await town.core.weeks.keepLesson(claire, id, { lesson, seen: null });
    const page = await visits.read('claire.lefevre', `${at}/change`);
    await page.click('a[data-lesson]');
    const [seen] = (await town.core.weeks.week(head, id, null))?.lessons ?? [];
    await town.core.weeks.keepLesson(head, id, {
      lesson: { ...lesson, to: '10:30' },
      seen: seen ?? null,
    });
    await page.fill('#place', 'salle 3');
    await page.click('text=C’est bon');
    expect(await text(page)).toContain('Quelqu’un d’autre vient de le changer.');
    expect(await page.inputValue('#place')).toBe('salle 3');
    await page.click('text=C’est bon');
    expect(await text(page)).toContain('Le cours est enregistré.');
  });

  it('takes an invitation into the week from the letter that brought it', async () => {
    const at = await begun('claire.lefevre');
    const bytes = Buffer.from(
      [
        ...['BEGIN:VCALENDAR', 'METHOD:REQUEST', 'BEGIN:VEVENT'],
        ...['DTSTART;TZID=Europe/Paris:20261126T140000', 'DTEND;TZID=Europe/Paris:20261126T153000'],
        ...['SUMMARY:Conteuse', 'LOCATION:Médiathèque', 'END:VEVENT', 'END:VCALENDAR'],
      ].join('\r\n'),
    );
    const file = { name: 'invite.ics', bytes, mediaType: 'text/calendar' };
    await town.receive('mediatheque@exemple.fr', ['claire.lefevre'], { subject: 'Un conte', file });
    const page = await visits.read('claire.lefevre');
    await page.click('.msg >> text=Un conte');
    expect(await text(page, '.event')).toContain('Conteuse');
    await page.click('text=Ajouter à la semaine');
    const filled = ['#title', '#from', '#fromTime', '#toTime', '#place'].map((one) =>
      page.inputValue(one),
    );
    expect(await Promise.all(filled)).toEqual([
      ...['Conteuse', '2026-11-26', '14:00', '15:30', 'Médiathèque'],
    ]);
    await page.click('text=Noter ce jour');
    expect(await text(page)).toContain('C’est noté à sa date.');
    await page.goto(`${at}?day=2026-11-26`);
    expect(await text(page)).toContain('Conteuse');
  });

  it('reads why a day or an event isn’t taken', async () => {
    const at = await begun('claire.lefevre');
    const page = await visits.read('claire.lefevre');
    // As the card of an invitation leads there.
    await page.goto(`${at}/special?day=2026-11-26&title=Classe+de+mer&place=Pornic`);
    expect(await page.inputValue('#place')).toBe('Pornic');
    await page.fill('#from', '2027-06-28');
    await page.fill('#until', '2027-09-05');
    await page.click('text=Noter ce jour');
    expect(await text(page)).toContain('la semaine de cette année s’arrête aux grandes vacances');
    expect(await page.inputValue('#title')).toBe('Classe de mer');
    await page.fill('#from', '2026-11-26');
    await page.fill('#until', '');
    await page.fill('#fromTime', '09:00');
    await page.click('text=Noter ce jour');
    expect(await text(page)).toContain('Donnez le début et la fin');
    await page.fill('#toTime', '11:30');
    await page.click('text=Noter ce jour');
    expect(await text(page)).toContain('C’est noté à sa date.');
    expect(await text(page)).toContain('Classe de mer');
    expect(await pageFaults(page, 'week-teacher')).toEqual([]);
  });
});

describe.skipIf(!hasChromium())('lessons in a browser (skipped without chromium)', () => {
  afterEach(() => visits.leave());

  it('are printed on one sheet, with what is to be brought', async () => {
    const at = await begun('claire.lefevre');
    const page = await visits.enter('claire.lefevre', { at });
    const printed = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(printed.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });

  it('lead to the door where one signed out meanwhile', SOAKED, async () => {
    const at = await begun('claire.lefevre');
    const claire = await town.viewer('claire.lefevre');
    const lesson = lessonWords({ weekday: 1, from: '14:00', to: '15:00', title: 'Chorale' });
    await town.core.weeks.keepLesson(claire, ownClassOf(claire), { lesson, seen: null });
    const page = await visits.enter('claire.lefevre', { at: `${at}/change` });
    await page.focus('a[data-lesson]');
    await page.context().clearCookies();
    await page.keyboard.press('ArrowDown');
    await page.waitForURL('**/signin', { timeout: 5_000 });
  });

  it('move by keys and by drawing them, and say where they are', SOAKED, async () => {
    const at = await begun('claire.lefevre');
    const claire = await town.viewer('claire.lefevre');
    const id = ownClassOf(claire);
    const lesson = lessonWords({ weekday: 1, from: '09:00', to: '10:00', title: 'Échecs' });
    await town.core.weeks.keepLesson(claire, id, { lesson, seen: null });
    const stands = async () => {
      const [one] = (await town.core.weeks.week(claire, id, null))?.lessons ?? [];
      return one === undefined ? '' : `${one.weekday} ${one.from} ${one.to}`;
    };
    const page = await visits.enter('claire.lefevre', { at: `${at}/change` });
    await page.focus('a[data-lesson]');
    for (const [key, there] of [
      ['ArrowDown', '1 09:15 10:15'],
      ['Shift+ArrowDown', '1 09:15 10:30'],
      ['ArrowRight', '2 09:15 10:30'],
      ['Control+z', '1 09:15 10:30'],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(stands, PATIENT).toBe(there);
      // The lesson has the keys still, and what hears the page is told.
      await page.waitForFunction(() => document.activeElement?.hasAttribute('data-lesson'));
      expect(await page.textContent('#week-said')).toContain('Échecs');
    }
    // Nobody waits between two keys.
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    await expect.poll(stands, PATIENT).toBe('2 09:45 11:00');
    await page.waitForSelector('a[data-lesson][data-weekday="2"][data-from="09:45"]');
    await page.dragAndDrop('a[data-lesson]', '.dayc:nth-of-type(3) ol', {
      sourcePosition: { x: 20, y: 5 },
      targetPosition: { x: 40, y: 60 },
    });
    await expect.poll(stands, PATIENT).toMatch(/^3 /);
    // Noon has no lesson: nothing moves, and that is said.
    const before = await stands();
    for (let pressed = 0; pressed < 20; pressed += 1) await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.textContent('#week-said'), PATIENT).toContain('Rien n’a bougé');
    expect((await stands()).slice(0, 1)).toBe(before.slice(0, 1));
    expect(await pageFaults(page, 'week-moved')).toEqual([]);
  });
});

describe('a notice that is about a day', () => {
  it('is hung up with its day, and leads from the week of each reader to the board', async () => {
    await begun('claire.lefevre');
    const id = ownClassOf(await town.viewer('claire.lefevre'));
    const claire = await visits.read('claire.lefevre', `/boards/1/${id}/new`);
    await claire.fill('#title', 'Photo de classe');
    await claire.fill('#text', 'Souriez.');
    await claire.fill('#day', '2026-12-31');
    await claire.click('button[value=send]');
    expect(await text(claire)).toContain(
      'Choisissez un jour du calendrier où l’annonce est encore',
    );
    await claire.fill('#day', '2026-11-25');
    await claire.click('button[value=send]');
    expect(await text(claire)).toContain('pour le mercredi 25 novembre');
    for (const [local, path] of [
      ['claire.lefevre', `/classes/${id}/week`],
      ['karine.moreau', '/week'],
      ['lina.moreau', '/week?day=2026-11-25'],
    ] as const) {
      const page = await visits.read(local, path);
      await page.click('text=Photo de classe');
      expect([local, await text(page)]).toEqual([local, expect.stringContaining('Souriez.')]);
    }
  });

  it('is heard by a little one on that day, beside what they do', async () => {
    await begun('sylvie.caradec');
    const sylvie = await town.viewer('sylvie.caradec');
    const board = { school: sylvie.school, classId: ownClassOf(sylvie) };
    for (const [title, day] of [
      ['Photo de classe', '2026-11-24'],
      ['Piscine', '2026-11-26'],
    ] as const)
      await town.core.boards.post(sylvie, board, wish({ title, day }));
    const tom = await visits.read('tom.moreau', '/week');
    expect(await tom.locator('.cork .notice').count()).toBe(1);
    expect(await text(tom, '.cork')).toContain('Photo de classe');
    const ear = (await tom.getAttribute('.cork .ear', 'href')) ?? '';
    expect(ear).toMatch(/^\/notices\/1\/\d+\/voice$/);
    expect(await pageFaults(tom, 'little-day-notice')).toEqual([]);
    await town.admin.query('delete from notice');
  });

  it('stands beside the holidays that come next', async () => {
    await town.admin.query(
      `insert into school_holiday (zone, name, from_date, until_date, by_hand)
        select holiday_zone, 'Noël', '2026-12-19', '2027-01-03', true from town`,
    );
    await town.admin.query('update school set roster_version = roster_version + 1');
    const at = await begun('claire.lefevre');
    for (const [local, path] of [
      ['claire.lefevre', at],
      ['karine.moreau', `${visits.base}/week`],
    ] as const) {
      const page = await visits.read(local, path);
      expect(await text(page)).toContain('Vacances du samedi 19 décembre au dimanche 3 janvier');
    }
    await town.admin.query('delete from school_holiday');
  });
});

describe('a paper that families sign', () => {
  it('stands on its last day for its teacher, a Sunday’s on the last day before', async () => {
    const at = await begun('claire.lefevre');
    const claire = await town.viewer('claire.lefevre');
    const to = [town.address('familles.ce1-a.tilleuls')];
    for (const [subject, untilDay] of [
      ['Sortie au musée', '2026-11-25'],
      ['Assurance', '2026-11-29'],
    ] as const) {
      const asked = await askPaper(
        town.core,
        claire,
        { to, subject },
        { untilDay, day: '', from: '', to: '' },
      );
      expect(asked.kind).toBe('asked');
    }
    const page = await visits.read('claire.lefevre', at);
    expect(await text(page, '#day-2026-11-25 ~ .needs-c')).toMatch(
      /Dernier jour pour répondre.*Sortie au musée.*0 sur 24/s,
    );
    expect(await text(page, '#day-2026-11-27 ~ .needs-c')).toContain('Assurance');
    expect(await pageFaults(page, 'week-papers')).toEqual([]);
    await page.click('text=Assurance');
    expect(await text(page, 'h1')).toContain('0 famille sur 24');
    const karine = await visits.read('karine.moreau', '/week');
    expect(await text(karine, '.five')).toMatch(/Sortie au musée.*Assurance/s);
    await town.admin.query('delete from paper');
  });
});

describe('who reads a week', () => {
  /** Two classes with something for tomorrow: of a girl who reads, and of her little brother. */
  async function bothBegun(): Promise<void> {
    for (const local of ['claire.lefevre', 'sylvie.caradec']) {
      await begun(local);
      const teacher = await town.viewer(local);
      const words = local === 'claire.lefevre' ? 'Dix bouchons' : 'Des bottes';
      const need = { day: '2026-11-25', kind: 'bring', words } as const;
      await town.core.weeks.addNeed(teacher, ownClassOf(teacher), need);
    }
  }

  it('is a pupil with a bag to pack: each tick is their own', async () => {
    await bothBegun();
    const lina = await visits.read('lina.moreau', '/week');
    expect(await text(lina)).toContain('Mon sac pour demain');
    expect(await pageFaults(lina, 'week-pupil')).toEqual([]);
    await lina.click('.todo-p button');
    expect(await lina.locator('.todo-p button[aria-pressed=true]').count()).toBe(1);
    const noe = await visits.read('noe.garnier', '/week');
    expect(await noe.locator('.todo-p button[aria-pressed=true]').count()).toBe(0);
    await lina.click('.todo-p button');
    expect(await lina.locator('.todo-p button[aria-pressed=true]').count()).toBe(0);
  });

  it('is a mother of two, at one look: what both bring tomorrow', async () => {
    await bothBegun();
    const karine = await visits.read('karine.moreau', '/week');
    const shown = await text(karine);
    expect(shown).toContain('Demain, mercredi : 2 choses à apporter');
    for (const words of ['Lina', 'Dix bouchons', 'Tom', 'Des bottes'])
      expect(shown).toContain(words);
    expect(await pageFaults(karine, 'week-family')).toEqual([]);
  });

  it('is a child who doesn’t read yet: a hopscotch that is heard, and a bag', async () => {
    await bothBegun();
    const tom = await visits.read('tom.moreau', '/week');
    expect(await tom.locator('.marelle .now-d').count()).toBe(1);
    expect(await tom.getAttribute('.bag-l .say', 'data-name')).toBe('Des bottes');
    expect(await pageFaults(tom, 'little-day')).toEqual([]);
  });
});

describe('a feed', () => {
  it('is shown once as a link, read without a cookie, and gone once it is changed', async () => {
    await begun('claire.lefevre');
    const karine = await visits.read('karine.moreau', '/agenda');
    await karine.click('button[value=make]');
    const link = (await karine.inputValue('#lk')).replace(/^https?:\/\/[^/]+/, visits.base);
    expect(await pageFaults(karine, 'feed')).toEqual([]);
    await karine.goto(`${visits.base}/agenda`);
    expect(await karine.locator('#lk').count()).toBe(0);
    const first = await fetch(link);
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    const etag = first.headers.get('etag') ?? '';
    expect(String(await first.text())).toContain('BEGIN:VCALENDAR');
    const again = await fetch(link, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    await karine.click('button[value=renew]');
    expect((await fetch(link)).status).toBe(410);
    expect((await fetch(`${visits.base}/agenda/1.AAAAAAAAAAAAAAAAAAAAAA.ics`)).status).toBe(404);
  });
});
