/**
 * Mail that was collected for being broken or hostile, through the real doors: each is answered 250
 * or 5xx, at once, and never 4xx for ever.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sliced, SOAKED } from '../tests/shared/slice.ts';
import { openTestTown, type SmtpTestTown } from './testing/test-town.ts';
import { ready, type WireClient } from './testing/wire-client.ts';

const CORPORA = join(import.meta.dirname, '../../shared/corpora');
const ATTACKS = join(CORPORA, 'attacks');
const here = existsSync(CORPORA);
const SKIPPED = here ? '' : ' (skipped, the corpora are not beside this repository)';
/** Of our own processor time, whatever else the machine does. */
const MOST_WORK_MS = 3_000;
const AT_ONCE = 4;
/** Below the number of errors at which a stranger is sent away. */
const MESSAGES_A_CONNECTION = 15;

interface Attack {
  readonly file: string;
  readonly via: 'submission' | 'inbound';
  readonly expect: string;
}

let town: SmtpTestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

/** Gives the reply to the whole message and how much we worked meanwhile. */
async function deliver(
  client: WireClient,
  from: string,
  to: string,
  raw: Buffer,
): Promise<{ reply: string; ms: number }> {
  for (const line of [`MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA']) {
    const reply = await client.say(line);
    if (!/^[23]/.test(reply)) return { reply, ms: 0 };
  }
  const before = process.cpuUsage();
  client.send(
    Buffer.concat([
      Buffer.from(raw.toString('latin1').replace(/(^|\r\n)\./g, '$1..'), 'latin1'),
      Buffer.from(raw.subarray(-2).toString() === '\r\n' ? '.\r\n' : '\r\n.\r\n'),
    ]),
  );
  const reply = await client.reply();
  const { user, system } = process.cpuUsage(before);
  return { reply, ms: (user + system) / 1_000 };
}

describe.skipIf(!here)(`attacks${SKIPPED}`, () => {
  const all = here
    ? (JSON.parse(readFileSync(join(ATTACKS, 'manifest.json'), 'utf8')) as readonly Attack[])
    : [];
  const { some, rest } = sliced(3, all);
  it('each of a third of them gets its right answer', () => areAnswered(some));
  it('so does each of the others', SOAKED, () => areAnswered(rest));

  async function areAnswered(attacks: readonly Attack[]): Promise<void> {
    const counts: Record<string, number> = {};
    const wrong: string[] = [];
    for (const { file, via, expect: right } of attacks) {
      const raw = Buffer.from(asOurs(readFileSync(join(ATTACKS, file), 'latin1'), via), 'latin1');
      const lina = town.address('lina.moreau');
      const client =
        via === 'submission'
          ? await ready(town.smtp.ports.submissions, {
              tls: 'implicit',
              as: { login: lina, password: town.password },
            })
          : await ready(town.smtp.ports.mx);
      const { reply, ms } = await deliver(
        client,
        via === 'submission' ? lina : 'marie@example.org',
        town.address('claire.lefevre'),
        raw,
      );
      client.cut();
      counts[`${via} ${reply.slice(0, 3)}`] = (counts[`${via} ${reply.slice(0, 3)}`] ?? 0) + 1;
      if (!isRight(right, reply) || ms > MOST_WORK_MS)
        wrong.push(`${file}: ${right} / ${reply} (${Math.round(ms)} ms)`);
    }
    const rows = await town.rowsOf('claire.lefevre');
    process.stdout.write(`attacks: ${JSON.stringify(counts)}\n`);
    expect(wrong).toEqual([]);
    // What the pupil sent and was taken is shown as the pupil's.
    expect(
      rows
        .filter(({ from }) => from.address.endsWith('@ecoles.preau.test'))
        .every(
          ({ from }) => from.address === town.address('lina.moreau') && from.name === 'Lina Moreau',
        ),
    ).toBe(true);
  }
});

describe.skipIf(!here)(`messages of the mime-* corpora${SKIPPED}`, () => {
  const all = here ? messagesOfCorpora() : [];
  const { some, rest } = sliced(12, all);
  it('none of a twelfth of them is put off, crashes or lingers', () => areTaken(some));
  it('nor is any of the others', SOAKED, () => areTaken(rest));

  async function areTaken(messages: readonly string[]): Promise<void> {
    const files = [...messages];
    const counts: Record<string, number> = {};
    const wrong: string[] = [];
    let slowest = 0;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (
          let batch = files.splice(0, MESSAGES_A_CONNECTION);
          batch.length > 0;
          batch = files.splice(0, MESSAGES_A_CONNECTION)
        ) {
          const client = await ready(town.smtp.ports.mx);
          for (const file of batch) {
            // Most were kept on disk with bare LF; a client sends CRLF.
            const { reply, ms } = await deliver(
              client,
              'marie@example.org',
              town.address('claire.lefevre'),
              Buffer.from(readFileSync(file, 'latin1').replace(/\r?\n/g, '\r\n'), 'latin1'),
            );
            const code = reply.slice(0, 3);
            counts[code] = (counts[code] ?? 0) + 1;
            slowest = Math.max(slowest, ms);
            if (!/^(250|55\d)[- ]/.test(reply) || ms > MOST_WORK_MS)
              wrong.push(`${file.slice(CORPORA.length)}: ${reply} (${Math.round(ms)} ms)`);
          }
          client.cut();
        }
      }),
    );
    process.stdout.write(
      `mime-*: ${JSON.stringify(counts)}, most work ${Math.round(slowest)} ms\n`,
    );
    expect(wrong).toEqual([]);
  }
});

function messagesOfCorpora(): string[] {
  return readdirSync(CORPORA)
    .filter((name) => name.startsWith('mime-'))
    .flatMap((name) =>
      readdirSync(join(CORPORA, name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'SOURCES.md')
        .map((entry) => join(entry.parentPath, entry.name)),
    );
}

/**
 * The manifest's placeholders: a pupil and a teacher of one of our schools. What comes in from
 * outside is a stranger's, but for what claims to be the teacher's.
 */
function asOurs(text: string, via: Attack['via']): string {
  const pupil = via === 'submission' ? town.address('lina.moreau') : 'tom.p@elsewhere.example';
  return text
    .replaceAll('tom.p@school-a.example', pupil)
    .replaceAll('anna.teacher@school-a.example', town.address('claire.lefevre'))
    .replaceAll('school-a.example', 'ecoles.preau.test');
}

function isRight(expected: string, reply: string): boolean {
  if (/^accept/.test(expected)) return reply.startsWith('250 ');
  if (/^reject or quarantine/.test(expected)) return reply.startsWith('5');
  return /^(250|5\d\d)[- ]/.test(reply);
}
