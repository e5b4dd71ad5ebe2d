/**
 * What each page costs the database: statements that somebody waits for, and rows that come over.
 * On the small town with some letters; printed, and held under a bound, so that a page that reads a
 * hundred letters to count them is seen.
 */
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { annuaire, annuaireCsv } from '../core/roster/school-directory/testing/annuaire.ts';
import { wish } from '../core/school/boards/testing/wish.ts';
import { fillCupboard } from '../core/school/hand-in/testing/filled.ts';
import { zipped } from '../core/school/imports/testing/reading.ts';
import { csv, pupil } from '../core/school/imports/testing/school-files.ts';
import { askPaper, enterSheet } from '../core/school/papers/testing/asked-paper.ts';
import { giveTo } from '../core/school/wall/testing/makings.ts';
import { sliced, SOAKED } from '../tests/shared/slice.ts';
import { openTestTown, proofFor, type TestTown } from '../tests/shared/town.ts';
import { watchedStore } from '../tests/shared/watched-store.ts';
import { oneWhoHas, type Who } from '../tests/shots/pages.ts';
import { SESSION_COOKIE } from './http/guard.ts';
import { LITTLE_PAGES } from './routes/little-routes.ts';
import { DEMO_PAGES, PAGES } from './routes/routes.ts';
import { webmail } from './server.ts';

const HOST = 'courrier.ecoles.preau.test';
const PUPIL = 'lina.moreau';
const TEACHER = 'claire.lefevre';
const HEAD = 'mamadou.diallo';
const AGENT = 'hugues.armand';
/** Of the pupil. */
const MOTHER = 'karine.moreau';
/** Of a school whose roster comes anew, so that nothing of the others’ changes. */
const OTHER_HEAD = 'beatrice.vasseur';
const COLLEAGUE = 'karim.haddad';
/** Of the class; but nothing proves that it is their letters. */
const FRIEND = 'camille.arnoux@musee-des-sciences.example';
/** In each inbox, and as many from outside that wait for the teacher. */
const LETTERS = 20;

interface Cost {
  readonly trips: number;
  readonly rows: number;
}

/**
 * What no page may cost more than, but for those below. With some air in the trips: a roster is
 * looked at again once it is a second old, which on a busy machine happens within one page.
 */
const MOST: Cost = { trips: 20, rows: 120 };
/** Around a class stand its people, its links and what became of its letters. */
const OF_A_CLASS: Cost = { trips: 28, rows: 120 };
/** Whoever writes chooses among everybody of a school who is within reach, 300 here. */
const OF_EVERYBODY: Cost = { trips: 40, rows: 450 };
/** A file is held against a whole roster. */
const OF_A_ROSTER: Cost = { trips: 40, rows: 600 };
/** Each school is asked for its journal, side by side; that somebody looks is written down. */
const OF_ALL_JOURNALS: Cost = { trips: 26, rows: 120 };
const MORE: Readonly<Partial<Record<string, Cost>>> = {
  '/family/:child/write': OF_EVERYBODY,
  '/agents/trail': OF_ALL_JOURNALS,
  '/papers/new': OF_A_CLASS,
  '/papers/:school/:paper/change': OF_A_CLASS,
  '/papers/:school/:paper/:pupil/question': OF_EVERYBODY,
  '/classes': OF_EVERYBODY,
  '/classes/:class': OF_A_CLASS,
  '/classes/:class/child/:child': OF_A_CLASS,
  '/classes/:class/child/:child/write': OF_EVERYBODY,
  '/classes/:class/child/:child/family': OF_EVERYBODY,
  '/classes/:class/board': OF_A_CLASS,
  '/walls/:school/:class': OF_A_CLASS,
  '/cupboards/:school/:cupboard': OF_A_CLASS,
  '/cupboards/:school/:cupboard/bin': OF_A_CLASS,
  '/cupboards/:school/:cupboard/find': OF_A_CLASS,
  '/cupboards/:school/:cupboard/largest': OF_A_CLASS,
  '/classes/:class/cupboard': OF_A_CLASS,
  '/stored/:school/:item': OF_A_CLASS,
  '/cupboards/:school/:class/box': OF_A_CLASS,
  '/boxes/:school/:box': OF_A_CLASS,
  '/boxes/:school/:box/change': OF_A_CLASS,
  '/stored/:school/:item/change': OF_A_CLASS,
  '/stored/:school/:item/move': OF_A_CLASS,
  '/classes/:class/week': OF_A_CLASS,
  '/classes/:class/week/change': OF_A_CLASS,
  '/classes/:class/week/special': OF_A_CLASS,
  '/classes/:class/week/need': OF_A_CLASS,
  '/classes/:class/remind': OF_EVERYBODY,
  '/classes/:class/write': OF_EVERYBODY,
  '/classes/:class/families': OF_EVERYBODY,
  '/groups/:group/write': OF_EVERYBODY,
  '/templates/:template/write': OF_EVERYBODY,
  '/mail/:mailbox/:uid/reply': OF_EVERYBODY,
  '/mail/:mailbox/:uid/reply-all': OF_EVERYBODY,
  '/write': OF_EVERYBODY,
  '/write/help': OF_EVERYBODY,
  '/write/letter/:letter': OF_EVERYBODY,
  '/write/letter/:letter/seen': OF_A_CLASS,
  '/own-day': OF_A_CLASS,
  '/write/:uid': OF_EVERYBODY,
  '/roster/:school/draft/:draft': OF_A_ROSTER,
  '/roster/:school/import/:import': OF_A_ROSTER,
  '/roster/:school/next': OF_A_ROSTER,
};

/** Who is asked for a page, where it isn’t one of those whose it is by `tests/shots/pages.ts`. */
const WHOSE: Readonly<Partial<Record<string, string>>> = {
  '/my-mail': PUPIL,
  '/walls': HEAD,
  '/cupboards': HEAD,
  '/week': MOTHER,
  '/makings/:letter/:part': PUPIL,
};

/** Somebody of each; of a class’s computer and of nobody there is no page here. */
const SOMEBODY: Readonly<Partial<Record<Who, string>>> = {
  pupil: PUPIL,
  guardian: MOTHER,
  head: HEAD,
  agent: AGENT,
};

function whose(pattern: string): string {
  if (pattern.startsWith('/roster/:school')) return OTHER_HEAD;
  return WHOSE[pattern] ?? SOMEBODY[oneWhoHas(pattern)] ?? TEACHER;
}

/** Where there is nothing to show here: a link in a letter to leave by, a voice in a letter. */
const NOT_HERE: ReadonlySet<string> = new Set([
  '/leave',
  // The letter has been sent; the file is no PDF and no folder.
  '/write/letter/:letter/cupboard',
  ...['small', 'pages', 'picture', 'all.zip'].map((way) => `/stored/:school/:item/${way}`),
  '/mail/:mailbox/:uid/sound/:part',
  '/mail/:mailbox/:uid/film/:part',
  '/mail/:mailbox/:uid/pdf/:part',
  '/mail/:mailbox/:uid/pdf/:part/inside',
  '/mail/:mailbox/:uid/pdf/:part/pages',
  '/mail/:mailbox/:uid/pdf/:part/picture',
  '/reports/:school/:report/sound/:part',
  '/held/:school/:hold/picture/:part',
  '/held/:school/:hold/sound/:part',
  '/classes/:class/phrases/:phrase/picture',
  // A letter that no child gets has no look of a child's: `little.test.ts` asks for one.
  '/write/letter/:letter/seen',
  // Of those who don't read yet, whom nobody here is: `little*.test.ts` ask for them.
  '/quit',
  ...Object.keys(LITTLE_PAGES.loads).filter((path) =>
    /voice|^\/says|^\/write\/(?:draw|phrase|photo|sent)/.test(path),
  ),
]);

const spent = { trips: 0, rows: 0 };
let town: TestTown;
let app: FastifyInstance;
let values: Readonly<Record<string, string | number>>;
const cookies = new Map<string, string>();

beforeAll(async () => {
  town = await openTestTown({
    watch: (store) =>
      watchedStore(store, {
        async statement(rows) {
          spent.trips += 1;
          spent.rows += rows;
        },
        writes: () => {
          spent.trips += 1;
        },
      }),
  });
  await town.openPhotos();
  for (let letter = 0; letter < LETTERS; letter += 1) {
    const content = {
      subject: `Lettre ${letter}`,
      text: 'x'.repeat(70).concat('\r\n').repeat(200),
    };
    await town.send(COLLEAGUE, [TEACHER, HEAD], content);
    await town.send(TEACHER, [PUPIL], content);
    await town.receive(FRIEND, [PUPIL], {
      ...content,
      proof: { authentication: 'none', headers: '', server: [] },
    });
  }
  app = await webmail(
    { ...town.core, config: { ...town.core.config, publicUrl: `https://${HOST}` } },
    DEMO_PAGES,
    { clock: () => town.clock.now },
  );
  for (const local of [PUPIL, MOTHER, TEACHER, HEAD, AGENT, OTHER_HEAD])
    cookies.set(local, `${SESSION_COOKIE}=${await town.enter(await town.viewer(local))}`);
  const [teacher, child] = [await town.viewer(TEACHER), await town.viewer(PUPIL)];
  const filled = await fillCupboard(town.core, { teacher, child, now: town.clock.now });
  values = {
    ...(await lettersOf(TEACHER)),
    ...(await paperOf(TEACHER, PUPIL)),
    notice: await noticeOf(TEACHER),
    ...(await wallOf(TEACHER, PUPIL)),
    ...filled,
    report: await reportOf(PUPIL),
    ...(await rosterOf(OTHER_HEAD)),
    schoolImport: await schoolImportOf(AGENT),
  };
}, 120_000);
afterAll(async () => {
  await app?.close();
  await town?.close();
});

/** A message with a picture, one in HTML, and a letter begun. */
async function lettersOf(local: string): Promise<Record<string, string | number>> {
  const who = await town.viewer(local);
  const picture = { name: 'a.png', bytes: Buffer.from('iVBORw0KGgo=', 'base64') };
  await town.send(PUPIL, [local], { file: picture });
  const [row] = await town.rows(local);
  const stranger = 'musee@dehors.example';
  await town.core.delivery.accept(
    {
      sender: { kind: 'outside', address: stranger },
      recipients: [who.address],
      via: 'mx',
      peer: null,
      session: 'test',
      trace: '',
    },
    Readable.from([
      Buffer.from(
        `From: ${stranger}\r\nContent-Type: text/html\r\n\r\n<table><tr><td><b>Bonjour</b> <i>à tous</i></table>\r\n`,
      ),
    ]),
    () => Promise.resolve(proofFor(stranger)),
  );
  const styled = (await town.rows(local)).find(({ preview }) => preview.includes('à tous'));
  await town.send(local, ['ce1-a.tilleuls'], { subject: 'Piscine' });
  const { ref } = await town.core.writings.save(
    who,
    { to: [], cc: [], subject: 'Sortie', text: 'x', answers: 'sender', answerTo: null },
    { previous: null, add: [], drop: [] },
  );
  const group = await town.core.groups.save(who, {
    id: null,
    name: 'Lecture',
    whom: 'both',
    pupils: [town.address(PUPIL)],
  });
  const template = await town.core.templates.save(who, {
    id: null,
    school: null,
    title: 'Sortie',
    subject: '',
    text: 'x',
  });
  return {
    mailbox: 'inbox',
    uid: row?.uid ?? 0,
    styledUid: styled?.uid ?? 0,
    part: '2',
    draftUid: ref.uid,
    letter: '00000000-0000-4000-8000-000000000000',
    group: group.kind === 'saved' ? group.id : 0,
    template: template.kind === 'saved' ? template.id : 0,
    class: who.classes[0]?.id ?? 0,
    cupboard: who.classes[0]?.id ?? 0,
    school: who.school,
    account: (await town.viewer(PUPIL)).account,
    child: (await town.viewer(PUPIL)).account,
  };
}

/** A paper that the families of a class are asked, with a file; the child's slip of it. */
async function paperOf(local: string, child: string): Promise<Record<string, number>> {
  const teacher = await town.viewer(local);
  const asked = await askPaper(town.core, teacher, {
    to: [town.address('familles.ce1-a.tilleuls')],
    add: [{ name: 'plan.txt', mediaType: 'text/plain', bytes: Buffer.from('Un plan') }],
  });
  if (asked.kind !== 'asked') throw new Error(JSON.stringify(asked));
  const pupil = (await town.viewer(child)).addressId;
  const sheet = await enterSheet(town.core, teacher, { ref: asked.ref, child: pupil });
  return { paper: asked.ref.paper, pupil, version: 1, place: 1, sheet };
}

/** A notice for a class, with a file. */
async function noticeOf(local: string): Promise<number> {
  const who = await town.viewer(local);
  const posted = await town.core.boards.post(
    who,
    { school: who.school, classId: who.classes[0]?.id ?? null },
    wish({ add: [{ name: 'plan.txt', mediaType: 'text/plain', bytes: Buffer.from('Un plan') }] }),
  );
  if (posted.kind !== 'posted') throw new Error(JSON.stringify(posted));
  return posted.ref.notice;
}

/** A full wall with its book; one of its gifts, and what its child made. */
async function wallOf(local: string, pupil: string): Promise<Record<string, string | number>> {
  const [teacher, child] = [await town.viewer(local), await town.viewer(pupil)];
  const gift = await giveTo(town.core, teacher, { child });
  await town.core.walls.hang(teacher, { school: teacher.school, item: gift });
  await town.admin.query(
    `insert into wall_item (school_id, class_id, school_year, author_address_id, given_name, kind,
        media_type, sha256, bytes, width, height, asked_at, hung_at)
      select i.school_id, i.class_id, i.school_year, i.author_address_id, i.given_name, i.kind,
        i.media_type, n::text, i.bytes, i.width, i.height, now(), now()
      from wall_item i, generate_series(1, 60) n;
    insert into wall_book (school_id, class_id, school_year, for_families, asked_at, made_at, edition)
      select distinct school_id, class_id, school_year, true, now(), now(), 1 from wall_item`,
  );
  const [line] = await town.core.walls.list(child);
  const own = line && (await town.core.walls.makings(child, line.ref));
  return { gift, making: own?.makings[0]?.letter ?? '' };
}

/** A letter with a picture, in HTML, that a child has reported; its adults see it by now. */
async function reportOf(local: string): Promise<number> {
  const [writer, child] = [await town.viewer('noe.garnier'), await town.viewer(local)];
  await town.core.delivery.accept(
    {
      sender: { kind: 'account', viewer: writer },
      recipients: [child.address],
      via: 'web',
      peer: null,
      session: 'test',
      trace: '',
    },
    Readable.from([
      Buffer.from(
        [
          `From: ${writer.address}`,
          `To: ${child.address}`,
          'Subject: Un mot',
          'MIME-Version: 1.0',
          'Content-Type: multipart/mixed; boundary=b',
          '',
          '--b',
          'Content-Type: text/html; charset=utf-8',
          '',
          '<p>Un mot <b>dur</b></p>',
          '--b',
          'Content-Type: image/png; name=a.png',
          'Content-Transfer-Encoding: base64',
          'Content-Disposition: attachment; filename=a.png',
          '',
          'iVBORw0KGgo=',
          '--b--',
          '',
        ].join('\r\n'),
      ),
    ]),
  );
  const row = (await town.rows(local)).find(({ subject }) => subject === 'Un mot');
  const id = row && (await town.core.reports.report(child, row.mailbox, row.uid));
  if (typeof id !== 'number') throw new Error('not reported');
  town.clock.now = new Date(town.clock.now.getTime() + 60_000);
  return id;
}

/** Files given and applied, others given and looked at, next year ready. */
async function rosterOf(local: string): Promise<Record<string, number>> {
  const { pendingImports } = town.core;
  const [head, agent] = [await town.viewer(local), await town.viewer(AGENT)];
  const { school } = head;
  const own = await pendingImports.ofSchool(head, school);
  const file = csv.pupils([pupil('Nour Haddad', 'CP', { birthDate: '2019-05-04' })]);
  const give = async (year = own?.runningYear ?? ''): Promise<number> => {
    const given = await pendingImports.upload(head, school, { year, files: [file] });
    if (given?.kind !== 'draft') throw new Error(JSON.stringify(given));
    return given.id;
  };
  const apply = async (id: number): Promise<number> => {
    const shown = await pendingImports.draft(head, school, id);
    if (shown?.kind !== 'preview') throw new Error(JSON.stringify(shown));
    const choices = { retyped: shown.preview.leaves.length };
    await pendingImports.choose(head, school, { id, choices });
    const applied = await pendingImports.apply(head, school, { id, reason: '' });
    if (applied === null || !('import' in applied)) throw new Error(JSON.stringify(applied));
    return applied.import;
  };
  const draft = await give();
  const done = await apply(await give());
  await apply(await give(own?.nextYear));
  const batch = await pendingImports.uploadTown(agent, {
    year: own?.runningYear ?? '',
    file: { name: 'ville.zip', bytes: zipped([{ name: 'pasteur/eleves.csv', bytes: file.bytes }]) },
  });
  if (batch?.kind !== 'draft') throw new Error(JSON.stringify(batch));
  return { draft, import: done, batch: batch.id, otherSchool: school };
}

/** A file of schools that was given, its communes chosen. */
async function schoolImportOf(local: string): Promise<number> {
  const { schoolImports } = town.core;
  const { rows, communes } = annuaire();
  const agent = await town.viewer(local);
  const given = await schoolImports.upload(agent, { name: 'a.csv', bytes: annuaireCsv(rows) });
  if (given.kind !== 'given') throw new Error(JSON.stringify(given));
  await schoolImports.choose(agent, given.id, { communes: communes.map(({ code }) => code) });
  return given.id;
}

/** What stands at a name in an address: a draft has another UID than a message. */
function valueIn(pattern: string, name: string): string | number | undefined {
  if (pattern === '/write/:uid') return values['draftUid'];
  if (pattern.startsWith('/makings/') && name === 'letter') return values['making'];
  if (pattern.endsWith('/body') && name === 'uid') return values['styledUid'];
  if (pattern.startsWith('/roster/') && name === 'school') return values['otherSchool'];
  if (pattern.startsWith('/schools/') && name === 'import') return values['schoolImport'];
  return values[name];
}

async function load(pattern: string): Promise<{ status: number; cost: Cost }> {
  const url = pattern.replace(/:(\w+)/g, (_all, name: string) => String(valueIn(pattern, name)));
  const headers = { host: HOST, cookie: cookies.get(whose(pattern)) ?? '' };
  await app.inject({ url, headers }); // what is kept of the roster is kept
  Object.assign(spent, { trips: 0, rows: 0 });
  const { statusCode } = await app.inject({ url, headers });
  return { status: statusCode, cost: { ...spent } };
}

/** What the town still does by itself with what it was filled with isn't the pages'. */
async function quiet(): Promise<void> {
  for (let before = -1; before !== spent.trips;) {
    before = spent.trips;
    await setTimeout(QUIET_MS);
  }
}
const QUIET_MS = 500;

const { some, rest } = sliced(12, Object.keys(PAGES.loads));
it('a page in twelve asks the database a few times, for what it shows', () => askLittle(some));
it('the other pages ask it as little', SOAKED, () => askLittle(rest));

async function askLittle(patterns: readonly string[]): Promise<void> {
  await quiet();
  const dear: string[] = [];
  const table: string[] = [];
  for (const pattern of patterns) {
    const { status, cost } = await load(pattern);
    const most = MORE[pattern] ?? MOST;
    const line = `${String(cost.trips).padStart(4)} ${String(cost.rows).padStart(6)}  ${status} ${pattern}`;
    table.push(line);
    if (
      cost.trips > most.trips ||
      cost.rows > most.rows ||
      (status >= 400 && !NOT_HERE.has(pattern))
    )
      dear.push(line);
  }
  console.log(['trips   rows', ...table].join('\n'));
  expect(dear).toEqual([]);
}
