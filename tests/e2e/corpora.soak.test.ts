/**
 * Mail that was collected for being broken or hostile, through the real doors of the running whole.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WireClient } from '../../smtp/testing/wire-client.ts';
import { hasChromium } from '../shared/chromium.ts';
import { faultsOf, NOT_CHECKED, type AttackFile, type DeliveredAttack } from './attacks.ts';
import { openYard } from './browser.ts';
import { uidsIn, visit, type HttpVisitor } from './http-visitor.ts';
import { must, startWhole, type DemoAccount, type Whole } from './whole.ts';
import { deliver, ready } from './wire.ts';

const CORPORA = join(import.meta.dirname, '../../../shared/corpora');
const here = existsSync(CORPORA);
const title = (what: string) =>
  here ? what : `${what}: skipped, the corpora are not beside this repository`;
const STRANGER = 'marie@example.org';
/** No message may cost the server more processor time. */
const MAX_CPU_MS = 1_000;
/** Of /proc/<pid>/stat, on every Linux that Node runs on. */
const TICK_MS = 10;
/** Below the number of refusals after which a stranger is sent away, and a pupil's 30 an hour. */
const A_CONNECTION = 18;
const PUPILS_AN_HOUR = 28;
const TEACHERS_AN_HOUR = 190;

let whole: Whole;
beforeAll(async () => {
  if (here) whole = await startWhole();
});
afterAll(async () => {
  await whole?.stop();
});

/** Counts answers, and remembers what took too long or was put off twice. */
interface Tally {
  readonly counts: Map<string, number>;
  readonly wrong: string[];
  slowestMs: number;
  slowest: string;
}

const newTally = (): Tally => ({ counts: new Map(), wrong: [], slowestMs: 0, slowest: '' });
const count = (tally: Tally, what: string) =>
  tally.counts.set(what, (tally.counts.get(what) ?? 0) + 1);

/** Processor time that the server has used, all its threads together. */
function cpuMs(): number {
  const fields = readFileSync(`/proc/${whole.services().pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

interface Door {
  readonly name: string;
  /** Who sends the message with this number, and to whom; null sends at the MX. */
  whose(at: number): { readonly as: DemoAccount | null; readonly to: string };
}

function doors(): readonly Door[] {
  const of = (role: string) =>
    whole.town.accounts.filter(
      (one) => one.role === role && one.school === 'tilleuls' && one.classes.length > 0,
    );
  const teachers = of('teacher');
  const pupils = of('pupil');
  const mateOf = ({ address, classes }: DemoAccount) =>
    must(
      pupils.find((one) => one.address !== address && one.classes[0] === classes[0]),
      'a classmate',
    ).address;
  return [
    { name: 'mx, to a teacher', whose: () => ({ as: null, to: whole.address('claire.lefevre') }) },
    {
      name: 'submission, a pupil to a classmate',
      whose: (at) => {
        const as = must(pupils[Math.floor(at / PUPILS_AN_HOUR) % pupils.length], 'a pupil');
        return { as, to: mateOf(as) };
      },
    },
    {
      name: 'submission, a teacher to a colleague',
      whose: (at) => ({
        as: must(teachers[Math.floor(at / TEACHERS_AN_HOUR) % teachers.length], 'a teacher'),
        to: whole.address('anne.kermadec'),
      }),
    },
  ];
}

/**
 * The message as its sender's own, so that the whole path is gone and not only its first step:
 * other senders are refused at once.
 */
function asOwn(raw: Buffer, address: string): Buffer {
  const text = raw.toString('latin1');
  const end = text.search(/\r\n\r\n/);
  const header = end === -1 ? text : text.slice(0, end + 2);
  const own = header.replace(
    /^(from|sender|resent-[a-z-]+|return-path):[^\r\n]*(\r\n[ \t][^\r\n]*)*\r\n/gim,
    '',
  );
  return Buffer.from(
    `From: ${address}\r\n${own}${end === -1 ? '' : text.slice(end + 2)}`,
    'latin1',
  );
}

/** Most were kept on disk with bare LF; a client sends CRLF. */
const wired = (path: string): Buffer =>
  Buffer.from(readFileSync(path, 'latin1').replace(/\r?\n/g, '\r\n'), 'latin1');

/** Sends one message, once more where it is put off, and weighs it. */
async function weigh(tally: Tally, name: string, send: () => Promise<string>): Promise<string> {
  const before = cpuMs();
  let reply = await send();
  if (reply.startsWith('4')) {
    count(tally, `put off once: ${reply.slice(0, 3)}`);
    reply = await send();
  }
  const cost = cpuMs() - before;
  count(tally, 'sent');
  count(
    tally,
    reply.startsWith('5') ? `5xx ${reply.slice(0, 3)} ${reply.slice(4, 9)}` : reply.slice(0, 3),
  );
  if (cost > tally.slowestMs) Object.assign(tally, { slowestMs: cost, slowest: name });
  if (cost > MAX_CPU_MS) tally.wrong.push(`${name}: ${cost} ms of processor time`);
  if (!/^(250|5\d\d)[- ]/.test(reply)) tally.wrong.push(`${name}: ${reply}`);
  return reply;
}

async function sendAll(door: Door, files: readonly string[]): Promise<Tally> {
  const tally = newTally();
  let wire: WireClient | null = null;
  let sender = '';
  for (const [at, file] of files.entries()) {
    const { as, to } = door.whose(at);
    const from = as?.address ?? STRANGER;
    if (wire === null || from !== sender || at % A_CONNECTION === 0) {
      wire?.cut();
      wire = await ready(as === null ? whole.ports.mx : whole.ports.submissions, as);
      sender = from;
    }
    const open: WireClient = wire;
    const raw = as === null ? wired(file) : asOwn(wired(file), as.address);
    await weigh(tally, file.slice(CORPORA.length + 1), () =>
      deliver(open, { from, to: [to] }, raw),
    );
  }
  wire?.cut();
  return tally;
}

function print(name: string, { counts, slowestMs, slowest }: Tally): void {
  const lines = [...counts]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([what, n]) => `  ${what.padEnd(28)} ${String(n).padStart(5)}`);
  if (![...counts.keys()].some((what) => /^4|put off/.test(what)))
    lines.push(`  ${'4xx'.padEnd(28)} ${'0'.padStart(5)}`);
  process.stdout.write(
    [
      `${name}`,
      ...lines,
      `  slowest: at most ${slowestMs} ms of processor time (${slowest})`,
      '',
    ].join('\n'),
  );
}

it.skipIf(!here)(
  title(
    'mime-*: no message crashes the server, is put off twice or costs a second of its processor',
  ),
  { tags: 'soak', timeout: 180_000 },
  async () => {
    const files = readdirSync(CORPORA)
      .filter((name) => name.startsWith('mime-'))
      .sort()
      .flatMap((name) =>
        readdirSync(join(CORPORA, name), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && entry.name !== 'SOURCES.md')
          .map((entry) => join(entry.parentPath, entry.name)),
      );
    const { pid } = whole.services();
    // At once: what a message costs is then known from above only, which is enough.
    const tallies = await Promise.all(
      doors().map(async (door) => ({ door, tally: await sendAll(door, files) })),
    );
    for (const { door, tally } of tallies) print(`mime-*, ${door.name}`, tally);
    for (const { tally } of tallies)
      expect({ wrong: tally.wrong, sent: tally.counts.get('sent') }).toEqual({
        wrong: [],
        sent: files.length,
      });
    expect(whole.services().pid).toBe(pid);
    expect((await fetch(`${whole.base}/healthz`)).status).toBe(200);
  },
);

it.skipIf(!here)(
  title('attacks: each gets its right answer'),
  { tags: 'soak', timeout: 120_000 },
  async () => {
    const attacks = JSON.parse(
      readFileSync(join(CORPORA, 'attacks/manifest.json'), 'utf8'),
    ) as readonly AttackFile[];
    const lina = whole.account('lina.moreau');
    // a teacher whose boxes the other corpora left alone
    const reader = await visit(whole.base, whole.account('karim.haddad'));
    const yard = hasChromium() ? await openYard(whole.base) : null;
    const shown = await yard?.enter(whole.account('karim.haddad'));
    const claire = await visit(whole.base, whole.account('claire.lefevre'));
    const signedIn = await ready(whole.ports.submissions, lina);
    const tally = newTally();
    const faults: string[] = [];
    let right = 0;
    try {
      for (const attack of attacks) {
        const pupil = attack.via === 'submission';
        const to = whole.address(pupil ? 'claire.lefevre' : 'karim.haddad');
        const raw = Buffer.from(
          asOurs(readFileSync(join(CORPORA, 'attacks', attack.file), 'latin1'), attack),
          'latin1',
        );
        const from = pupil ? lina.address : STRANGER;
        const reply = await weigh(tally, attack.file, async () => {
          const wire = pupil ? signedIn : await ready(whole.ports.mx);
          try {
            return await deliver(wire, { from, to: [to] }, raw);
          } finally {
            if (!pupil) wire.cut();
          }
        });
        const taken = reply.startsWith('250')
          ? await newest(pupil ? claire : reader, to, pupil ? lina : null)
          : null;
        const found = [...(await faultsOf(attack, reply, taken))];
        if (taken !== null && !pupil && shown !== undefined)
          found.push(...(await ledAway(shown.page, taken, attack)));
        found.push(...(yard?.strangers() ?? []).map((url) => `${attack.file}: asked ${url}`));
        found.push(
          ...(yard?.complaints() ?? [])
            .filter((said) => !isPolicyAtWork(said))
            .map((said) => `${attack.file}: ${said}`),
        );
        if (found.length === 0) right += 1;
        faults.push(...found);
      }
    } finally {
      signedIn.cut();
      await yard?.close();
    }
    print('attacks', tally);
    process.stdout.write(`attacks right ${right} of ${attacks.length}\n`);
    printUnchecked(attacks);
    // nothing answered by itself
    expect(await whole.count('select count(*) as n from outbox')).toBe(0);
    expect([...tally.wrong, ...faults]).toEqual([]);
  },
);

/** Opens what was taken; where the browser is anywhere else after it, that is a fault. */
async function ledAway(
  page: Page,
  { uid }: DeliveredAttack,
  { cls, file }: AttackFile,
): Promise<string[]> {
  await page.goto(`${whole.base}/mail/inbox/${uid}`, { waitUntil: 'load' });
  if (cls === 'html') await page.waitForTimeout(150);
  const isThere = new URL(page.url()).pathname === `/mail/inbox/${uid}`;
  return isThere ? [] : [`${file}: led to ${page.url()}`];
}

function printUnchecked(attacks: readonly AttackFile[]): void {
  const all = attacks.flatMap(({ file, must: musts }) => musts.map((one) => ({ file, one })));
  for (const { file, one } of all)
    if (one in NOT_CHECKED)
      process.stdout.write(`  not checked: ${file}, ${one}: ${NOT_CHECKED[one]}\n`);
}

/**
 * A page's policy that stops what a message asked for says so in the console: that is it at work.
 */
function isPolicyAtWork(said: string): boolean {
  return /Content Security Policy|Blocked script execution in .* because the document's frame is sandboxed|net::ERR_BLOCKED_BY_CSP/.test(
    said,
  );
}

/** The newest message of an inbox, as the page and the database have it. */
async function newest(
  reader: HttpVisitor,
  owner: string,
  sender: DemoAccount | null,
): Promise<DeliveredAttack> {
  const list = await reader.text('/mail/inbox');
  const uid = must(uidsIn(list)[0], 'a message');
  const [row] = await whole.rows<{ raw: Buffer }>(
    `
      select m.raw
      from message m
        join entry e on e.school_id = m.school_id
        and e.message_id = m.id
        join mailbox b on b.school_id = e.school_id
        and b.id = e.mailbox_id
        join account a on a.school_id = b.school_id
        and a.id = b.account_id
        join address d on d.id = a.address_id
      where b.use = 'inbox' and d.local = $1 and e.uid = $2
    `,
    [owner.split('@')[0], uid],
  );
  const raw = must(row, 'its row').raw.toString('latin1');
  const header = raw
    .slice(0, raw.search(/\r\n\r\n|$/))
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n');
  return {
    uid,
    list: list.slice(list.indexOf('id="list"')),
    header,
    reader,
    page: await reader.text(`/mail/inbox/${uid}`),
    sender: sender && { name: sender.displayName, address: sender.address },
  };
}

/**
 * The manifest's placeholders: a pupil and a teacher of one of our schools. From outside comes a
 * stranger, but for what claims to be the teacher.
 */
function asOurs(text: string, { via }: AttackFile): string {
  const pupil = via === 'submission' ? whole.address('lina.moreau') : 'tom.p@elsewhere.example';
  return text
    .replaceAll('tom.p@school-a.example', pupil)
    .replaceAll('anna.teacher@school-a.example', whole.address('claire.lefevre'))
    .replaceAll('school-a.example', whole.town.domain);
}
