/**
 * Every form of end-of-data by which one message was read as two (RFC 5321 §4.1.1.4): only CRLF.CRLF ends a message. Each is
 * sent whole and split at every byte of the form; there is one answer, and the inner message is nowhere.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSmtp, type Smtp } from './server.ts';
import { DOMAIN, makeUpCore, type MadeUpCore } from './testing/made-up-core.ts';
import { ready } from './testing/wire-client.ts';

const FORMS = [
  '\n.\n', '\n.\r\n', '\r\n.\n', '\r.\r', '\r.\r\n', '\r\n.\r', '\r.\n', '\n.\r', '\n\n.\r\n', '\r\r\n.\r\r\n', '\r\n.\r\r\n', '\r\n\0.\r\n', '\r\n.\0\r\n',
  '\r\n. \r\n', '\r\n.\v\r\n', '\r\n.\f\r\n', '\r\n\v.\r\n', '\r\n.\u0085', '\u0085.\u0085', '\u2028.\u2028', '\r\n.\u2028\r\n', '\r\n..\r\n',
];
const INNER = `MAIL FROM:<evil@example.org>\r\nRCPT TO:<claire@${DOMAIN}>\r\nDATA\r\nSubject: inner\r\n\r\ninner`;

let made: MadeUpCore;
let smtp: Smtp;

beforeAll(async () => {
  made = makeUpCore();
  smtp = await startSmtp(made.core);
});
afterAll(() => smtp.close());

it.each(FORMS.map((form) => ({ form, shown: JSON.stringify(form) })))('$shown', async ({ form }) => {
  const bytes = Buffer.from(form);
  made.taken.length = 0;
  const answers = await Promise.all(Array.from(bytes, (_, split) => sendInTwo(bytes, split)));
  for (const [split, replies] of answers.entries()) {
    expect(replies.filter((reply) => /^[245]50/.test(reply)), `split at ${split}: ${replies.join(' | ')}`).toHaveLength(1);
    if (/[\r\n\0]/.test(form.replaceAll('\r\n', ''))) expect(replies[0]).toMatch(/^550[- ]5\.6\.0 /);
  }
  expect(made.taken.length).toBeLessThanOrEqual(bytes.length);
  // Whatever was taken holds the rest as its text, so nobody ever read it as a command.
  for (const { raw, handover } of made.taken) {
    expect(raw).toContain('Subject: outer');
    expect(raw).toContain('Subject: inner');
    expect(handover.sender).toMatchObject({ address: 'marie@example.org' });
  }
});

/** 0 is whole; the pause makes two TCP segments of it. */
async function sendInTwo(form: Buffer, split: number): Promise<string[]> {
  const client = await ready(smtp.ports.mx);
  for (const line of ['MAIL FROM:<marie@example.org>', `RCPT TO:<claire@${DOMAIN}>`, 'DATA']) await client.say(line);
  const outer = Buffer.concat([Buffer.from('Subject: outer\r\n\r\nouter'), form.subarray(0, split)]);
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
