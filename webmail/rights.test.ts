/**
 * The right is asked first, the length of what was typed second, and only then is anything done
 * with it: who may not do a thing hears the same of every form, and what is too long costs nothing.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../core/rules/viewer.ts';
import { wish } from '../core/school/boards/testing/wish.ts';
import { fillCupboard } from '../core/school/hand-in/testing/filled.ts';
import { askPaper, enterSheet } from '../core/school/papers/testing/asked-paper.ts';
import { giveTo } from '../core/school/wall/testing/makings.ts';
import { sliced, SOAKED } from '../tests/shared/slice.ts';
import { listSources } from '../tests/shared/sources.ts';
import { BRINGING } from './http/exchange.ts';
import { FIELD_CHARS } from './http/fields.ts';
import { masked, SESSION_COOKIE } from './http/guard.ts';
import { PAGES } from './routes/routes.ts';
import { ask, formOf } from './testing/peer.ts';
import { serveTown } from './testing/served.ts';

const { town, base } = await serveTown();
const port = Number(new URL(base).port);

/** What is an adult's own: a pupil has none of it. */
const ADULTS_OWN: ReadonlySet<string> = new Set([
  '/settings/signature',
  '/settings/portrait',
  '/settings/absence',
  '/settings/absence/stop',
  '/settings/hours',
  '/settings/others',
  '/settings/evening',
  '/settings/daily-word',
  '/password',
  '/agenda',
  // Asks first whose families are meant: nobody else's are among them.
  '/papers/new',
]);

/**
 * What is everybody's own: there is no right to ask, but of a message or a draft that isn't there.
 */
const OWN_POSTS: ReadonlySet<string> = new Set([
  ...ADULTS_OWN,
  '/mail/trash/empty',
  '/mail/undo',
  '/mail/:mailbox/:uid/seen',
  '/charter',
  '/comfort',
  '/settings',
  '/keys',
  '/folders',
  '/groups',
  '/templates',
  '/write',
  '/write/keep',
  '/write/people',
  '/write/count',
  '/write/cupboard',
  '/write/format',
  '/write/undo',
  // A piece of a file of one's own, which nobody else can name.
  '/coming/:upload/:place',
  '/write/help',
  '/my-mail',
  '/devices',
  '/copies',
  '/copies/confirm',
  '/copies/end',
  '/protect',
  '/protect/codes',
  '/protect/codes.pdf',
  '/protect/codes/kept',
  '/protect/end',
  '/language',
  '/says',
  // Names what it decides about, and nothing of anybody else’s by it.
  '/held/act',
  '/held/undo',
  '/held/own',
]);

const POSTS = [...Object.keys(PAGES.posts), '/codes/:class/open'];
const isOwn = (pattern: string, isPupil: boolean): boolean =>
  OWN_POSTS.has(pattern) && !(isPupil && ADULTS_OWN.has(pattern));
const OWN_LOADS: ReadonlySet<string> = new Set([
  '/mail/:mailbox',
  '/quit',
  '/charter',
  '/album',
  '/comfort',
  '/settings',
  '/keys',
  '/help',
  '/more',
  '/family',
  '/folders',
  '/groups',
  '/groups/new',
  '/templates',
  '/templates/new',
  '/search',
  '/write',
  '/write/help',
  '/write/cupboard',
  '/write/format',
  '/write/later',
  '/own-day',
  '/my-mail',
  '/leave',
  '/devices',
  '/copies',
  '/password',
  '/protect',
  '/classes',
  '/codes',
  // Lists of one's own: a head's schools, what waits for a teacher.
  '/people',
  '/school',
  '/roster',
  '/papers',
  '/papers/new',
  '/boards',
  '/walls',
  '/cupboards',
  '/week',
  '/notebook',
  '/notebook/all.zip',
  '/agenda',
  '/held',
  '/held/decided',
  '/held/refused',
  '/reports',
  '/helped',
]);

/** What hangs for a class and its school is read by its children and their families. */
const BOARDS: ReadonlySet<string> = new Set([
  '/boards/:school',
  '/boards/:school/:class',
  '/boards/:school/:class/propose',
  '/walls/:school/:class',
  '/cupboards/:school/:cupboard',
  '/cupboards/:school/:cupboard/find',
  '/cupboards/:school/:cupboard/all.zip',
]);
/** A child gives to the wall of their class, and has their own part of each of its boxes. */
const OF_A_CHILD: ReadonlySet<string> = new Set([
  ...BOARDS,
  '/walls/:school/:class/mine',
  '/boxes/:school/:box',
  '/boxes/:school/:box/hand',
]);
/** Whoever works in a school reads its board, and what hangs there for them. */
const OF_A_COLLEAGUE: ReadonlySet<string> = new Set([
  '/boards/:school',
  '/notices/:school/:notice/files/:part',
  '/notices/:school/:notice/remind-me',
  '/notices/:school/:notice/seen',
  '/notices/:school/:notice/voice/words',
]);
const NOTHING: ReadonlySet<string> = new Set();
/** What an agent has of the schools of their communes, whichever these are; one is a form too. */
const AGENTS_LOADS: ReadonlySet<string> = new Set([
  '/agents/trail',
  '/agents/trail.csv',
  '/town/stop',
  '/roster/questions',
]);

/** Fields as forms of ours bring them, of every page at once. */
const FILLED = {
  text: 'x',
  note: 'x',
  way: 'move',
  to: '1',
  kind: 'pictures',
  format: 'screen',
  families: 'with',
  day: '2026-11-24',
  why: 'Une raison bien longue',
  reason: 'Une raison bien longue',
  name: 'CE9 Z',
  year: '2026',
  role: 'teacher',
  mark: 'seen',
  stop: '1',
  pupilMail: 'stop',
  act: 'apply',
  address: 'musee@exemple.fr',
  moderated: '1',
  answer: 'yes',
  local: 'x.y',
  from: '2026-11-24',
  until: '2026-12-24',
  hours: '2',
  guardian: '1',
  blocked: '1',
  level: 'CP',
  search: 'lefevre',
  pupil: '1',
  account: '1',
  adult: '1',
  session: '1',
  signature: 'x',
  words: 'x',
  photosOpen: 'true',
} as const;

/** Every field that a page asks for by its name, with more in it than any form of ours brings. */
const TOO_LONG = Object.fromEntries(
  [...Object.keys(FILLED), ...fieldsAskedFor()].map((name) => [name, '.'.repeat(FIELD_CHARS + 1)]),
);
const encoded = (fields: Readonly<Record<string, string>>): string =>
  new URLSearchParams(fields).toString();
/** Bodies of forms, but for their token. */
const FORMS = { empty: '', filled: encoded(FILLED) } as const;
/** What is too long, in two forms: one of more than two million letters is refused unread. */
const LONG_FORMS = [0, 1].map((half) =>
  encoded(Object.fromEntries(Object.entries(TOO_LONG).filter((_, at) => at % 2 === half))),
);

function fieldsAskedFor(): string[] {
  const asks = /\bfield(?:sOf)?\(\w+, '([^']+)'/g;
  const forms = /\bformOf\(\{.*?\n?\}\)/gs;
  const named = /[{,]\s*'?([\w-]+)'?(?=: |, | \})/g;
  return listSources(join(import.meta.dirname, '..'))
    .filter((file) => /webmail\/(pages|routes)\/.*(?<!\.test)\.ts$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .flatMap((text) => [
      ...text.matchAll(asks),
      ...[...text.matchAll(forms)].flatMap(([form]) => [...form.matchAll(named)]),
    ])
    .map(([, name = '']) => name)
    .filter((name) => name !== 'csrf');
}

/** Of the processor, for a form of 1.7 MB that is sent and read in one process. */
const MOST_MS = 250;

/** Of a hold that is decided, of one that isn't theirs and of one that never was: one answer. */
const DECIDED = '/held?said=already';

let path: (pattern: string) => string;
beforeAll(async () => {
  const teacher = await town.viewer('claire.lefevre');
  const pupil = await town.viewer('adele.vidal');
  const {
    rows: [list],
  } = await town.admin.query<{ id: string }>(
    `select id from address where local = 'ce1-a.tilleuls'`,
  );
  const { ref } = await town.core.writings.save(
    teacher,
    { to: [], cc: [], subject: '', text: 'x', answers: 'sender', answerTo: null },
    { previous: null, add: [], drop: [] },
  );
  const device = await town.core.appPasswords.make(teacher, 'Banc');
  const group = await town.core.groups.save(teacher, {
    id: null,
    name: 'Lecture',
    whom: 'pupils',
    pupils: [pupil.address],
  });
  const template = await town.core.templates.save(teacher, {
    id: null,
    school: null,
    title: 'Sortie',
    subject: '',
    text: 'x',
  });
  const {
    rows: [elsewhere],
  } = await town.admin.query<{ id: number }>(
    'select commune_id as id from school where id > 0 and commune_id <> (select commune_id from school where id = $1)',
    [teacher.school],
  );
  const agent = await town.viewer('yann.kervella');
  await town.core.agents.limit(await town.viewer('hugues.armand'), agent.account, [
    elsewhere?.id ?? 0,
  ]);
  const asked = await townPaper(teacher, pupil);
  const notice = await teamNotice();
  const gift = await giveTo(town.core, teacher, { child: await town.viewer('noe.garnier') });
  await town.admin.query(
    `insert into wall_book (school_id, class_id, school_year, for_families, asked_at, made_at,
        edition)
      select school_id, class_id, school_year, false, now(), now(), 1 from wall_item`,
  );
  const filled = await fillCupboard(town.core, {
    teacher,
    child: await town.viewer('noe.garnier'),
    now: town.clock.now,
  });
  const values: Readonly<Record<string, string | number>> = {
    ...asked,
    notice,
    gift,
    ...filled,
    version: 1,
    place: 1,
    upload: '0b7f0f6e-4a9a-4d53-9a0e-5c7f1f0a9d11',
    mailbox: 'drafts',
    uid: ref.uid,
    part: '2',
    hold: 1,
    school: teacher.school,
    class: teacher.classes[0]?.id ?? 0,
    cupboard: teacher.classes[0]?.id ?? 0,
    child: pupil.account,
    account: pupil.account,
    other: list?.id ?? 0,
    device: device.kind === 'made' ? device.id : 0,
    group: group.kind === 'saved' ? group.id : 0,
    template: template.kind === 'saved' ? template.id : 0,
    draft: 1,
    import: 1,
    batch: 1,
    report: 1,
    holiday: 1,
  };
  path = (pattern) => pattern.replace(/:(\w+)/g, (_all, name: string) => String(values[name]));
});

/** A paper of one child's family alone, with a file, so that it is nobody else's. */
async function townPaper(
  teacher: Viewer,
  { address, addressId: pupil }: Viewer,
): Promise<Readonly<Record<'paper' | 'pupil' | 'sheet', number>>> {
  const { groups } = town.core;
  const group = await groups.save(teacher, {
    id: null,
    name: 'Sortie',
    whom: 'families',
    pupils: [address],
  });
  const list = (await groups.list(teacher)).find(
    ({ id }) => group.kind === 'saved' && id === group.id,
  );
  const asked = await askPaper(town.core, teacher, {
    to: [list?.address ?? ''],
    add: [{ name: 'plan.txt', mediaType: 'text/plain', bytes: Buffer.from('Un plan') }],
  });
  if (asked.kind !== 'asked') throw new Error(JSON.stringify(asked));
  const sheet = await enterSheet(town.core, teacher, { ref: asked.ref, child: pupil });
  return { paper: asked.ref.paper, pupil, sheet };
}

/** A notice for those who work in the school, with a file. */
async function teamNotice(): Promise<number> {
  const head = await town.viewer('mamadou.diallo');
  const posted = await town.core.boards.post(
    head,
    { school: head.school, classId: null },
    wish({
      readers: ['team'],
      add: [{ name: 'plan.txt', mediaType: 'text/plain', bytes: Buffer.from('Un plan') }],
    }),
  );
  if (posted.kind !== 'posted') throw new Error(JSON.stringify(posted));
  return posted.ref.notice;
}

async function visitor(local: string): Promise<{ readonly cookie: string; readonly csrf: string }> {
  const token = await town.enter(await town.viewer(local));
  const session = await town.core.accounts.session(token);
  if (session === null) throw new Error(local);
  return { cookie: `${SESSION_COOKIE}=${token}`, csrf: masked(session.csrf) };
}

await town.admin.query(
  `update membership set until_date = '2026-11-23' where role = 'pupil'
    and address_id = (select id from address where local = 'theo.jourdain')`,
);
await town.admin.query('update school set roster_version = roster_version + 1');

const VISITORS: readonly {
  readonly who: string;
  readonly local: string;
  readonly isPupil?: true;
  readonly reads?: ReadonlySet<string>;
}[] = [
  { who: 'a pupil of the school', local: 'lina.moreau', isPupil: true, reads: OF_A_CHILD },
  { who: 'a mother', local: 'karine.moreau', reads: BOARDS },
  { who: 'a teacher of another class', local: 'karim.haddad', reads: OF_A_COLLEAGUE },
  { who: 'a pupil who has left the class', local: 'theo.jourdain', isPupil: true },
  { who: 'a teacher of another school', local: 'julie.robin' },
  { who: 'a head of another school', local: 'beatrice.vasseur' },
  { who: 'an agent of another commune', local: 'yann.kervella', reads: AGENTS_LOADS },
];
/** The first of them, who know the class and read something of it. */
const NEAR = 3;
/** What some of these have: the others and the next one are asked of each. */
const OF_SOME = [ADULTS_OWN, OF_A_CHILD, OF_A_COLLEAGUE];

it('how files come is said of acts that there are', () => {
  expect(Object.keys(BRINGING).filter((path) => !(path in PAGES.posts))).toEqual([]);
});

describe.each(VISITORS.map((one, turn) => ({ ...one, turn })))(
  '$who',
  ({ local, isPupil = false, reads = NOTHING, turn }) => {
    const fills = Object.entries(FORMS);
    // Each address by one of those who are near it, and by one in four of the others.
    const isNear = turn < NEAR;
    const step = isNear ? NEAR : 4 * (VISITORS.length - NEAR);
    const isTheirTurn = (pattern: string, at: number): boolean =>
      (at + turn) % step === 0 || (turn <= NEAR && OF_SOME.some((some) => some.has(pattern)));
    it('gets 404 of one form in some that isn’t theirs, by turns empty and filled', () =>
      getsNothing((pattern, at) =>
        isTheirTurn(pattern, at) ? fills.slice(at % 2, (at % 2) + 1) : [],
      ));
    it('gets 404 of them whatever is in them', SOAKED, () => getsNothing(() => fills));

    async function getsNothing(
      fillsAt: (pattern: string, at: number) => readonly (readonly [string, string])[],
    ): Promise<void> {
      const { cookie, csrf } = await visitor(local);
      expect(csrf).not.toBe('');
      const others: string[] = [];
      for (const [at, pattern] of POSTS.entries()) {
        if (isOwn(pattern, isPupil) || reads.has(pattern)) continue;
        for (const [filled, fields] of fillsAt(pattern, at)) {
          const form = formOf({ csrf }, cookie);
          const { status, headers } = await ask(port, path(pattern), {
            from: '127.0.0.1',
            ...form,
            body: `${form.body}&${fields}`,
          });
          if (status !== 404 && headers['location'] !== DECIDED)
            others.push(`${pattern} ${filled}: ${status} ${String(headers['location'] ?? '')}`);
        }
      }
      expect(others).toEqual([]);
    }

    const pages = [...Object.keys(PAGES.loads), '/roster/town/:batch/events'];
    it('gets 404 of one page in some that isn’t theirs', () =>
      readsNothing(pages.filter(isTheirTurn)));
    it('gets 404 of the other pages', SOAKED, () => readsNothing(pages));

    async function readsNothing(patterns: readonly string[]): Promise<void> {
      const { cookie } = await visitor(local);
      const others: string[] = [];
      for (const pattern of patterns) {
        if (OWN_LOADS.has(pattern) || reads.has(pattern)) continue;
        const { status, headers } = await ask(port, path(pattern), {
          from: '127.0.0.1',
          headers: { cookie },
        });
        if (status !== 404)
          others.push(`${pattern}: ${status} ${String(headers['location'] ?? '')}`);
      }
      expect(others).toEqual([]);
    }
  },
);

describe.each([
  { local: 'lina.moreau', isPupil: true },
  { local: 'mamadou.diallo', isPupil: false },
])('fields that are too long are no work, whoever sends them: $local', ({ local, isPupil }) => {
  const { some, rest } = sliced(isPupil ? 48 : POSTS.length, POSTS);
  it('to a few of the forms', () => areNoWork(some));
  it('to the others', SOAKED, () => areNoWork(rest));

  async function areNoWork(patterns: readonly string[]): Promise<void> {
    expect(Object.keys(TOO_LONG).length).toBeGreaterThan(120);
    const { cookie, csrf } = await visitor(local);
    const form = formOf({ csrf }, cookie);
    const wrong: string[] = [];
    for (const [pattern, fields] of patterns.flatMap((one) =>
      LONG_FORMS.map((all) => [one, all] as const),
    )) {
      const begun = process.threadCpuUsage();
      const { status, headers } = await ask(port, path(pattern), {
        from: '127.0.0.1',
        ...form,
        body: `${form.body}&${fields}`,
      });
      const { user, system } = process.threadCpuUsage(begun);
      const ms = (user + system) / 1000;
      // Megabytes to read: a pupil’s way to the forms of others is everybody’s.
      const isRefused =
        OF_A_CHILD.has(pattern) ||
        status === 404 ||
        headers['location'] === DECIDED ||
        (status === 413 && !ADULTS_OWN.has(pattern));
      if (status >= 500 || ms > MOST_MS || (isPupil && !isOwn(pattern, isPupil) && !isRefused))
        wrong.push(`${pattern}: ${status} after ${ms} ms`);
    }
    expect(wrong).toEqual([]);
  }
});
