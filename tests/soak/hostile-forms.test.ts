/**
 * What once stopped the pages by way of the pages, against the running whole: forms of spaces, the
 * name of a session, files of rosters, a letter that eight children hear at once. How long
 * everybody else waits beside each, and what the machine gives for it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textCell, workbookOfParts } from '../../core/roster/testing/workbook-parts.ts';
import { uidsIn, visit, type HttpVisitor } from '../e2e/http-visitor.ts';
import { must, startWhole, until, type DemoAccount, type Whole } from '../e2e/whole.ts';
import { deliver, ready } from '../e2e/wire.ts';
import {
  MOST_MORE_MIB,
  MOST_WAIT_MS,
  servingPids,
  startProbe,
  watchMemory,
} from './service-watch.ts';

const TRIES = 200;
/** Of files that are read for seconds, in a process apart. */
const LARGE_TRIES = 5;
const CHILDREN = 8;
const LETTER_BYTES = 1_000_000;

let whole: Whole;
let visitors: Readonly<Record<Who, HttpVisitor>>;
let school: number;
let year: string;
type Who = 'pupil' | 'teacher' | 'head' | 'agent';

beforeAll(async () => {
  whole = await startWhole();
  const head = must(
    whole.town.accounts.find(({ role }) => role === 'head'),
    'a head',
  );
  const agent = must(
    whole.town.accounts.find(({ role }) => role === 'agent'),
    'an agent',
  );
  visitors = {
    pupil: await visit(whole.base, whole.account('lina.moreau')),
    teacher: await visit(whole.base, whole.account('claire.lefevre')),
    head: await visit(whole.base, head),
    agent: await visit(whole.base, agent),
  };
  const [found] = await whole.rows<{ id: number }>('select id from school where slug = $1', [
    head.school,
  ]);
  school = must(found?.id, 'the school of the head');
  const page = await visitors.head.text(`/roster/${school}`);
  year = must(/name="year"\s+value="([^"]+)"/.exec(page)?.[1], 'the year of a roster');
}, 300_000);
afterAll(() => whole.stop());

/** Something that is sent, who sends it, and how it may be answered. */
interface Row {
  readonly title: string;
  readonly who: Who;
  readonly tries: number;
  readonly send: (visitor: HttpVisitor) => Promise<Response>;
  readonly answers: readonly number[];
}

const SETTINGS = [25_000, 60_000].flatMap((spaces): readonly Row[] => {
  const typed = `${' '.repeat(spaces)}x`;
  const absence = { on: '1', from: '2026-11-30', until: '2026-12-01', words: typed };
  return (['pupil', 'teacher'] as const).flatMap((who) => {
    const answers = [who === 'pupil' ? 404 : 413];
    return [
      {
        title: `a signature of ${spaces} spaces, by a ${who}`,
        who,
        tries: TRIES,
        send: (visitor) => visitor.post('/settings/signature', { signature: typed }),
        answers,
      },
      {
        title: `an absence of ${spaces} spaces, by a ${who}`,
        who,
        tries: TRIES,
        send: (visitor) => visitor.post('/settings/absence', absence),
        answers,
      },
    ];
  });
});

const SESSIONS = [40_000, 250_000].map((signs): Row => ({
  title: `the name of a session of ${signs} signs`,
  who: 'teacher',
  tries: TRIES,
  send: (visitor) => visitor.post('/settings/others', { session: 'a'.repeat(signs) }),
  answers: [413],
}));

const cellAt = (name: string): Buffer =>
  workbookOfParts({
    rows: `<row r="1">${textCell('A1', 'Nom élève')}</row><row>${textCell(name, 'x')}</row>`,
  });
const header = (letters: number): Buffer => Buffer.from(`${'s'.repeat(letters)};b\n1;2\n`);
const manyRows = (): Buffer =>
  workbookOfParts({
    rows: Array.from(
      { length: 480_000 },
      (_, row) => `<row r="${row + 1}"><c r="A${row + 1}"><v>1</v></c></row>`,
    ).join(''),
  });

const FILES = [
  {
    what: 'a workbook with a cell at XFD1048576',
    name: 'a.xlsx',
    make: () => cellAt('XFD1048576'),
  },
  { what: 'a workbook with a cell at ZZZZZZ1', name: 'a.xlsx', make: () => cellAt('ZZZZZZ1') },
  { what: 'a workbook of 480,000 rows', name: 'a.xlsx', make: manyRows, tries: LARGE_TRIES },
  { what: 'a title of 18,000 letters', name: 'a.csv', make: () => header(18_000) },
  { what: 'a title of 80,000 letters', name: 'a.csv', make: () => header(80_000) },
].flatMap(({ what, name, make, tries = TRIES / 10 }): readonly Row[] => {
  const file = { name, bytes: make() };
  return [
    {
      title: `${what}, by a head`,
      who: 'head',
      tries,
      send: (visitor) => visitor.give(`/roster/${school}`, { year }, [{ field: 'files', ...file }]),
      answers: [422],
    },
    {
      title: `${what}, by an agent as the list of schools`,
      who: 'agent',
      tries,
      send: (visitor) => visitor.give('/schools/file', {}, [{ field: 'file', ...file }]),
      answers: [422],
    },
  ];
});

describe('what once stopped the pages', { shuffle: false }, () => {
  it.each([...SETTINGS, ...SESSIONS, ...FILES])(
    'nobody else waits beside $title',
    { timeout: 600_000 },
    async ({ title, who, tries, send, answers }) => {
      const watch = watching();
      const codes = new Set<number>();
      for (let done = 0; done < tries; done += 1) {
        const answer = await send(visitors[who]);
        await answer.text();
        codes.add(answer.status);
      }
      await watch.mustHold(`${title}: ${tries} x ${[...codes].join(' ')}`);
      expect([...codes].filter((code) => !answers.includes(code))).toEqual([]);
    },
  );

  it(
    'nobody else waits beside a letter of 1 MB that eight children hear at once',
    { timeout: 600_000 },
    async () => {
      const teacher = whole.account('claire.lefevre');
      const list = must(teacher.classes[0], 'a class');
      const children = whole.town.accounts
        .filter(({ role, classes }) => role === 'pupil' && classes.includes(list))
        .slice(0, CHILDREN);
      await sendStory(teacher, list);
      const ears = await Promise.all(children.map(earOf));
      const watch = watching();
      const codes = new Set<number>();
      for (let round = 0; round < TRIES / CHILDREN; round += 1)
        for (const answer of await Promise.all(ears.map((hear) => hear()))) {
          await answer.arrayBuffer();
          codes.add(answer.status);
        }
      await watch.mustHold(`1 MB heard by ${ears.length}: ${[...codes].join(' ')}`);
      expect([...codes].filter((code) => code >= 500)).toEqual([]);
    },
  );
});

/** Watches everybody else, and the machine, until what was sent is answered. */
function watching(): { mustHold(what: string): Promise<void> } {
  const pids = servingPids(whole);
  const memory = watchMemory(whole);
  const probe = startProbe(whole.base);
  return {
    async mustHold(what) {
      const { highestMs, count } = await probe.stop();
      const moreMib = memory.stop();
      const waited = `others waited ${highestMs.toFixed(0)} ms at most of ${count}`;
      console.log(`${what}; ${waited}, memory + ${moreMib.toFixed(0)} MiB`);
      expect(servingPids(whole)).toEqual(pids);
      expect(moreMib).toBeLessThan(MOST_MORE_MIB);
      expect(highestMs).toBeLessThan(MOST_WAIT_MS);
    },
  };
}

async function sendStory(teacher: DemoAccount, list: string): Promise<void> {
  const sentence = 'Il était une fois un loup. '.repeat(30);
  const text = `${sentence}\r\n`.repeat(LETTER_BYTES / Buffer.byteLength(sentence));
  const head = `From: ${teacher.address}\r\nTo: ${list}\r\nSubject: conte\r\n`;
  const type = 'Content-Type: text/plain; charset=utf-8\r\n';
  const wire = await ready(whole.ports.submissions, teacher);
  const raw = Buffer.from(`${head}${type}\r\n${text}`);
  expect(await deliver(wire, { from: teacher.address, to: [list] }, raw)).toMatch(/^250/);
  wire.cut();
}

/** Asks for the first words of the story, in the voice of the pages. */
async function earOf(child: DemoAccount): Promise<() => Promise<Response>> {
  const visitor = await visit(whole.base, child);
  const uid = await until('the story is in an inbox', async () => {
    const [newest] = uidsIn(await visitor.text('/mail/inbox'));
    return newest ?? null;
  });
  return () => visitor.get(`/mail/inbox/${uid}/voice/1`);
}
