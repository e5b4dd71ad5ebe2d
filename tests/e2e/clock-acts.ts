/** What a school's clock says: on pages, in letters, in refusals, in copies. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { expect } from 'vitest';
import { dayInWords } from '../../core/roster/days.ts';
import { uidsIn, visit, type HttpVisitor } from './http-visitor.ts';
import { must, nowOf, until, type Whole } from './whole.ts';
import { deliver, letter, ready } from './wire.ts';

const DAY_MS = 86_400_000;
/** A roster that was changed by hand is read anew after a second. */
const ROSTER_AGE_MS = 1_500;
const TEACHER = 'claire.lefevre';
const COLLEAGUE = 'mamadou.diallo';
const GUARDIAN = 'karine.moreau';
const FAMILIES = 'familles.ce1-a.tilleuls';
const NO_BREAK = '\u00a0';

function shown(at: Date, timeZone: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('fr-FR', { timeZone, ...parts }).format(at);
}

/** `YYYY-MM-DD` at the school, so many days from a moment. */
const dayAt = (at: Date, timeZone: string, days = 0): string =>
  new Date(at.getTime() + days * DAY_MS).toLocaleDateString('sv-SE', { timeZone });

/** `HH:MM` of a moment and of the minute after: it may end between a letter and a look. */
const timesFrom = (at: Date, timeZone: string): readonly string[] =>
  [0, 60_000].map((more) =>
    shown(new Date(at.getTime() + more), timeZone, { hour: '2-digit', minute: '2-digit' }),
  );

async function write(
  who: HttpVisitor,
  fields: Readonly<Record<'act' | 'to' | 'subject', string>>,
): Promise<void> {
  await who.text('/write');
  const answer = await who.post('/write', { ...fields, text: 'Bonjour' });
  expect(answer.status).toBe(303);
}

/** A letter of now has the hour of the school's clock; one for later leaves at eight by it. */
export async function pagesGoByIt(whole: Whole): Promise<void> {
  const { timeZone } = whole;
  const claire = await visit(whole.base, whole.account(TEACHER));
  const now = await nowOf(whole);
  const to = whole.address(COLLEAGUE);
  await write(claire, { act: 'now', to, subject: 'À l’heure' });
  const row = /À l’heure[\s\S]*?<\/li>|À l’heure[\s\S]{0,900}/.exec(
    await claire.text('/mail/sent'),
  )?.[0];
  expect(timesFrom(now, timeZone).some((time) => row?.includes(time))).toBe(true);
  const tomorrow = dayAt(now, timeZone, 1);
  await write(claire, { act: `later ${tomorrow}T08:00`, to, subject: 'À huit heures' });
  const [waits] = await whole.rows<{ at: string }>(
    `select to_char(leaves_at at time zone $1, 'YYYY-MM-DD HH24:MI') as at
     from waiting_draft where reason = 'later' order by leaves_at`,
    [timeZone],
  );
  expect(waits?.at).toBe(`${tomorrow} 08:00`);
  expect(await claire.text('/write/later')).toContain(`demain à 8${NO_BREAK}h`);
}

/** Who rests until tomorrow is told so, on a page and over SMTP, by the school's clock. */
export async function refusalsGoByIt(whole: Whole): Promise<void> {
  const { timeZone, base } = whole;
  const now = await nowOf(whole);
  await whole.rows(
    `update account set paused_until = ($1 || ' 09:30')::timestamp at time zone $2
     from address p where p.id = account.address_id and p.local = 'adele.vidal'`,
    [dayAt(now, timeZone, 1), timeZone],
  );
  await rosterChanged(whole);
  const adele = whole.account('adele.vidal');
  const resting = await visit(base, adele);
  expect(await resting.text('/write')).toContain(`demain à 9${NO_BREAK}h${NO_BREAK}30`);
  await callGoesByIt(whole, resting, now);
  const wire = await ready(whole.ports.submissions, adele);
  const to = whole.address('lina.moreau');
  const raw = letter({ from: adele.address, to, subject: 'Coucou', text: 'Coucou' });
  expect(await deliver(wire, { from: adele.address, to: [to] }, raw)).toMatch(
    /^550[ -]5\.7\.1 .*demain a 9 h 30/,
  );
  wire.cut();
  await whole.rows('update account set paused_until = null where paused_until is not null');
  await rosterChanged(whole);
}

/** A child at rest calls for help: the teacher reads until which day, by the school's clock. */
async function callGoesByIt(whole: Whole, child: HttpVisitor, now: Date): Promise<void> {
  expect((await child.post('/write/help', {})).status).toBe(200);
  const claire = await visit(whole.base, whole.account(TEACHER));
  const [newest] = uidsIn(await claire.text('/mail/inbox'));
  const call = await claire.text(`/mail/inbox/${newest}`);
  expect(call).toContain('demande de l’aide');
  expect(call).toContain(`jusqu’au ${dayInWords(dayAt(now, whole.timeZone, 1), 'fr')}`);
}

/** A change from outside counts once the school's roster has a new version. */
async function rosterChanged({ rows }: Whole): Promise<void> {
  await rows('update school set roster_version = roster_version + 1');
  await sleep(ROSTER_AGE_MS);
}

/** A family's copy outside says when the class letter came. */
export async function copiesGoByIt(whole: Whole): Promise<void> {
  const { timeZone } = whole;
  await whole.rows(
    `insert into copy_address (school_id, account_id, address, confirmed_at)
     select a.school_id, a.id, 'karine@exemple.org', now()
     from account a join address p on p.id = a.address_id where p.local = $1`,
    [GUARDIAN],
  );
  const claire = await visit(whole.base, whole.account(TEACHER));
  const now = await nowOf(whole);
  await write(claire, { act: 'now', to: whole.address(FAMILIES), subject: 'La sortie' });
  // It leaves after a while in which its letter may be taken back.
  await whole.rows("update due set at = now() where kind = 'copy'");
  const copy = await until('the copy is outside', () => copyOf(whole, 'La sortie'), 30_000);
  const day = shown(now, timeZone, { weekday: 'long', day: 'numeric', month: 'long' });
  expect(timesFrom(now, timeZone).some((time) => copy.includes(time))).toBe(true);
  expect(copy).toContain(day);
}

async function copyOf({ dataDir }: Whole, subject: string): Promise<string | null> {
  const folder = join(dataDir, 'outside');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const bytes = readFileSync(join(folder, name));
    const mail = await simpleParser(bytes.subarray(bytes.indexOf('\n') + 1));
    if (mail.subject === `Copie : ${subject}`) return mail.text ?? '';
  }
  return null;
}

/** Midnight passes: what was today is yesterday, and what waits for an hour leaves at it. */
export async function midnightPasses(whole: Whole, turnTo: (at: Date) => void): Promise<void> {
  const { timeZone } = whole;
  const [claire, colleague] = [
    await visit(whole.base, whole.account(TEACHER)),
    await visit(whole.base, whole.account(COLLEAGUE)),
  ];
  const evening = await nowOf(whole);
  const [today, tomorrow] = [dayAt(evening, timeZone), dayAt(evening, timeZone, 1)];
  const to = whole.address(COLLEAGUE);
  await write(claire, { act: 'now', to, subject: 'Du soir' });
  await write(claire, { act: `later ${tomorrow}T00:10`, to, subject: 'De minuit dix' });
  expect(await colleague.text('/mail/inbox')).toContain('Aujourd’hui');
  const midnight = await midnightOf(whole, tomorrow);
  turnTo(new Date(midnight.getTime() + 2 * 60_000));
  await until(
    'the day has changed',
    async () => dayAt(await nowOf(whole), timeZone) === tomorrow,
    40_000,
  );
  const inbox = await colleague.text('/mail/inbox');
  expect(inbox).toContain('Hier');
  expect(inbox).not.toContain('Aujourd’hui');
  expect(inbox).not.toContain('De minuit dix');
  turnTo(new Date(midnight.getTime() + 10 * 60_000 + 5_000));
  await until(
    'the letter of ten past midnight has come',
    async () => (await colleague.text('/mail/inbox')).includes('De minuit dix'),
    60_000,
  );
  const [left] = await whole.rows<{ day: string }>(
    `select to_char(received_at at time zone $1, 'YYYY-MM-DD') as day
     from message where subject = 'Du soir'`,
    [timeZone],
  );
  expect(left?.day).toBe(today);
  expect(await claire.text('/write/later')).toContain(`aujourd’hui à 8${NO_BREAK}h`);
}

async function midnightOf({ rows, timeZone }: Whole, day: string): Promise<Date> {
  const [row] = await rows<{ at: Date }>('select $1::timestamp at time zone $2 as at', [
    day,
    timeZone,
  ]);
  return must(row, 'midnight').at;
}
