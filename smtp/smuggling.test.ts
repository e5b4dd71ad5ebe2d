/**
 * Every form of end-of-data by which one message was read as two (RFC 5321 §4.1.1.4): only
 * CRLF.CRLF ends a message. Each is sent whole and split at every byte of the form; there is one
 * answer, and the inner message is nowhere.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SOAKED, sliced } from '../tests/shared/slice.ts';
import { FALSE_ENDS } from './testing/ends-of-data.ts';
import { openTestTown, type SmtpTestTown } from './testing/test-town.ts';
import { ready } from './testing/wire-client.ts';

const FORMS = [
  ...FALSE_ENDS,
  '\r\n. \r\n',
  '\r\n.\v\r\n',
  '\r\n.\f\r\n',
  '\r\n\v.\r\n',
  '\r\n.\u0085',
  '\u0085.\u0085',
  '\u2028.\u2028',
  '\r\n.\u2028\r\n',
  '\r\n..\r\n',
];
const TO = 'RCPT TO:<claire.lefevre@ecoles.preau.test>';
const OUTER = 'From: marie@example.org\r\nSubject: outer\r\n\r\nouter';
const INNER = `MAIL FROM:<evil@example.org>\r\n${TO}\r\nDATA\r\nFrom: evil@example.org\r\nSubject: inner\r\n\r\ninner`;

let town: SmtpTestTown;
beforeAll(async () => {
  town = await openTestTown();
});
afterAll(() => town.close());

const { some, rest } = sliced(
  2,
  FORMS.map((form) => ({ form, shown: JSON.stringify(form) })),
);
it.each(some)('$shown', isOneMessage);
it.each(rest)('and so $shown', SOAKED, isOneMessage);

async function isOneMessage({ form }: { readonly form: string }): Promise<void> {
  const bytes = Buffer.from(form);
  const before = await town.inboxOf('claire.lefevre');
  const answers = await Promise.all(Array.from(bytes, (_, split) => sendInTwo(bytes, split)));
  for (const [split, replies] of answers.entries()) {
    expect(replies, `split at ${split}`).toHaveLength(1);
    expect(replies[0]).toMatch(
      /\r(?!\n)|\0/.test(form) ? /^550[- ]5\.6\.0 / : /^250 2\.0\.0 OK, kept/,
    );
  }
  const taken = answers.filter(([reply]) => reply?.startsWith('250')).length;
  expect((await town.inboxOf('claire.lefevre')) - before).toBe(taken);
  expect(
    (await town.rowsOf('claire.lefevre')).filter(({ subject }) => subject !== 'outer'),
  ).toEqual([]);
}

/** 0 is whole; the pause makes two TCP segments of it. */
async function sendInTwo(form: Buffer, split: number): Promise<string[]> {
  const client = await ready(town.smtp.ports.mx);
  for (const line of ['MAIL FROM:<marie@example.org>', TO, 'DATA']) await client.say(line);
  const outer = Buffer.concat([Buffer.from(OUTER), form.subarray(0, split)]);
  client.send(split === 0 ? Buffer.concat([outer, form, Buffer.from(`${INNER}\r\n.\r\n`)]) : outer);
  if (split > 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    client.send(Buffer.concat([form.subarray(split), Buffer.from(`${INNER}\r\n.\r\n`)]));
  }
  const replies = [await client.reply()];
  const more = await client.reply(25);
  if (more !== 'silence') replies.push(more);
  client.cut();
  return replies;
}
