/** What pages say where little is there, or one thing where many could be. */
import { expect, it } from 'vitest';
import { SOAKED, sliced } from '../../tests/shared/slice.ts';
import { guest } from '../testing/guest.ts';
import { openTownPages } from '../testing/served.ts';

const { town, app, enter, write } = await openTownPages();
await town.admin.query(`update class set moderation = 'all' where school_id = 1`);

/** A page's words, as they are read aloud: without marks, spaces as they are. */
const wordsOf = (page: string): string =>
  page
    .replaceAll(/<(script|style|svg)[^]*?<\/\1>/g, '')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/[ \n]+/g, ' ');

it('a new pupil has not read everything: nothing has come yet', async () => {
  const lina = await enter('lina.moreau');
  expect((await lina.get('/mail/inbox')).body).toContain('Pas encore de message.');
});

it('one of several is said as one', async () => {
  const lina = await enter('noe.garnier');
  await town.send('claire.lefevre', [town.address('noe.garnier')], { subject: 'Sortie' });
  const at = `/mail/inbox/${(await town.rows('noe.garnier'))[0]?.uid}`;
  await lina.post(`${at}/report`, { csrf: await lina.csrf(at) });
  const mamadou = await enter('mamadou.diallo');
  expect(wordsOf((await mamadou.get('/mail/inbox')).body)).not.toMatch(
    /1 (?:messages|signalements)/,
  );
});

it('a pupil at home is told how to come in', async () => {
  const page = (await guest(app).get('/class')).body;
  expect(page).toContain('À la maison');
  expect(page).toContain('href="/activate?language=fr"');
  expect(page).toContain('href="/signin?adult=1"');
});

it('keys that do two things stand on two lines', async () => {
  const claire = await enter('claire.lefevre');
  expect(wordsOf((await claire.get('/keys')).body)).not.toContain('J puis K');
});

it('what waits is said in one banner', async () => {
  const outcome = await write('noe.garnier', ['ines.carvalho'], { subject: 'Coucou', text: 'x' });
  expect(outcome.kind).toBe('held');
  const noe = await enter('noe.garnier');
  const sent = (await town.rows('noe.garnier', 'sent'))[0];
  const page = (await noe.get(`/mail/sent/${sent?.uid}`)).body;
  expect(page.match(/class="banner wait"/g)).toHaveLength(1);
  expect(page).toContain('Ce message n’est pas encore parti.');
});

it('a school’s people come sixty a page, with a way to the next', async () => {
  const mamadou = await enter('mamadou.diallo');
  const [first, second] = await Promise.all(
    ['1', '2'].map(async (page) => (await mamadou.get(`/people/1?page=${page}`)).body),
  );
  const named = (page = ''): string[] => page.match(/href="\/people\/1\/\d+"/g) ?? [];
  expect(named(first)).toHaveLength(60);
  expect(named(second).length).toBeGreaterThan(0);
  expect(named(first).filter((one) => named(second).includes(one))).toEqual([]);
  expect(first).toContain('href="/people/1?q=&amp;role=&amp;page=2"');
  expect(second).toContain('href="/people/1?q=&amp;role=&amp;page=1"');
  expect((await mamadou.get('/people/1?page=99')).statusCode).toBe(200);
  expect((await mamadou.get('/people/1?page=x')).body).toContain('page 1 sur');
});

/** Who sees what, day by day. */
const EVERY_DAY: Readonly<Record<string, readonly string[]>> = {
  'claire.lefevre': ['/mail/inbox', '/classes', '/held', '/settings', '/keys', '/help', '/write'],
  'mamadou.diallo': ['/school/1', '/people/1', '/roster', '/reports', '/codes'],
  'karine.moreau': ['/mail/inbox', '/family', '/write', '/help'],
  'hugues.armand': ['/home', '/school', '/agents', '/setup'],
  'lina.moreau': ['/mail/inbox', '/write', '/help', '/comfort'],
};

it('one in two pages of every day says no space before a comma, a point or a bracket’s end, nor one twice', () =>
  saysNoStraySpace((paths) => sliced(2, paths).some));
it('nor does any other', SOAKED, () => saysNoStraySpace((paths) => sliced(2, paths).rest));

async function saysNoStraySpace(
  of: (paths: readonly string[]) => readonly string[],
): Promise<void> {
  const bad = /[^ ]{0,30} [,.)](?!\d|\.)[^ ]{0,20}|[^ ]{0,20}\( [^ ]{0,20}/g;
  for (const [local, paths] of Object.entries(EVERY_DAY)) {
    const somebody = await enter(local);
    for (const path of of(paths)) {
      const answer = await somebody.get(path);
      expect((wordsOf(answer.body).match(bad) ?? []).slice(0, 3), `${local} ${path}`).toEqual([]);
    }
  }
}
