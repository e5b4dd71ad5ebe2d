/** « Plus » leads to all that somebody has: no page is reached by its address alone. */
import { describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { SESSION_COOKIE } from '../../http/guard.ts';
import { PAGES } from '../../routes/routes.ts';
import { ask } from '../../testing/peer.ts';
import { serveTown } from '../../testing/served.ts';

const { town, base } = await serveTown();
const port = Number(new URL(base).port);

/** Of pages that say of themselves that there is nothing for somebody. */
const NONE = {
  classes: '/classes',
  codes: '/codes',
  family: '/family',
  papers: '/papers',
  boards: '/boards',
  walls: '/walls',
  week: '/week',
  cupboards: '/cupboards',
} as const;
/** Reached from another page, where they begin or belong. */
const FROM_OTHERS: ReadonlySet<string> = new Set([
  '/more',
  '/charter',
  '/comfort',
  '/album',
  '/write/cupboard',
  '/write/format',
  '/write/help',
  '/groups/new',
  '/templates/new',
  '/papers/new',
  '/held/decided',
  '/held/refused',
  '/roster/questions',
  '/setup/town',
  '/setup/domain',
  '/setup/schools',
  '/setup/pupils',
  '/setup/trial',
]);

async function visitor(local: string) {
  const cookie = `${SESSION_COOKIE}=${await town.enter(await town.viewer(local))}`;
  const get = (path: string) => ask(port, path, { from: '127.0.0.1', headers: { cookie } });
  const { body } = await get('/more');
  const main = body.slice(body.indexOf('<main'));
  const links = [...main.matchAll(/<li>\s*<a\s+href="([^"]+)"/g)].map(([, path = '']) => path);
  return { get, links: new Set(links) };
}

const people = sliced(2, [
  {
    who: 'a teacher',
    local: 'claire.lefevre',
    has: ['classes', 'codes', 'papers', 'boards', 'walls', 'cupboards'],
  },
  {
    who: 'a teacher who heads a school',
    local: 'mamadou.diallo',
    has: ['classes', 'codes', 'papers', 'boards', 'walls', 'week', 'cupboards'],
  },
  {
    who: 'a mother',
    local: 'samira.benali',
    has: ['family', 'papers', 'boards', 'walls', 'week', 'cupboards'],
  },
  { who: 'somebody of the staff', local: 'nadege.colas', has: ['papers', 'boards', 'cupboards'] },
  {
    who: 'somebody of the staff who is in a class',
    local: 'odile.prigent',
    has: ['papers', 'boards', 'walls', 'week', 'cupboards'],
  },
  { who: 'an agent', local: 'hugues.armand', has: [] },
] as const);
type Person = (typeof people)['some'][number];

describe('what somebody has', () => {
  it.each(people.some)(
    '$who finds every page of theirs there, and of six links none that isn’t',
    (person) => leads(person, 6),
  );
  it.each(people.rest)('so does $who', SOAKED, (person) => leads(person, 6));
  it.each([...people.some, ...people.rest])(
    '$who finds nothing there that isn’t',
    SOAKED,
    (person) => leads(person, 1),
  );
});

async function leads({ local, has }: Person, oneLinkIn: number): Promise<void> {
  const { get, links } = await visitor(local);
  const unreached: string[] = [];
  const empty = Object.entries(NONE).flatMap(([name, path]) =>
    has.some((one) => one === name) ? [] : [path],
  );
  for (const path of Object.keys(PAGES.loads)) {
    if (
      // A file is fetched from the page that it is of.
      /[:.]/.test(path) ||
      FROM_OTHERS.has(path) ||
      links.has(path) ||
      empty.some((one) => one === path)
    )
      continue;
    const { status } = await get(path);
    if (status === 200) unreached.push(path);
  }
  expect(unreached).toEqual([]);
  const dead: string[] = [];
  for (const path of sliced(oneLinkIn, [...links]).some) {
    const { status, headers } = await get(path);
    const end = status === 303 ? (await get(String(headers['location']))).status : status;
    if (end !== 200) dead.push(`${path}: ${status} ${end}`);
  }
  expect(dead).toEqual([]);
}

it('has a teacher’s own folders as they lie in one another, what is programmed, and what waits', async () => {
  const viewer = await town.viewer('claire.lefevre');
  await town.core.mailboxes.create(viewer, 'Sorties', null);
  await town.core.mailboxes.create(viewer, 'Sorties/Musée', null);
  const { links, get } = await visitor('claire.lefevre');
  const own = (await town.core.mail.mailboxes(viewer)).filter(({ use }) => use === null);
  expect(own).toHaveLength(2);
  for (const { id } of own) expect(links).toContain(`/mail/${id}`);
  expect(links).toContain('/write/later');
  expect((await get('/mail/inbox')).body).toContain('href="/more"');
});

it.each([
  { who: 'a pupil, who has all of theirs in a bar', local: 'lina.moreau', status: 404 },
  { who: 'a little one, who goes home from anywhere', local: 'tom.moreau', status: 303 },
])('isn’t there for $who', async ({ local, status }) => {
  expect((await (await visitor(local)).get('/more')).status).toBe(status);
});
