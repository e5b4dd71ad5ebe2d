import { expect, it } from 'vitest';
import { faultInLine, faultInResponse } from './command-line.ts';
import { LIMITS } from './limits.ts';

const OFFERED = { auth: 'offered', offersDsn: false } as const;

it.each<{ line: string; then: string | null }>([
  { line: 'MAIL FROM:<a@b.example>', then: null },
  { line: 'mail from:<>', then: null },
  { line: 'MAIL FROM: <a@b.example> SIZE=100 BODY=8BITMIME SMTPUTF8', then: null },
  { line: 'MAIL FROM:<a@b.example> AUTH=<>', then: null },
  { line: 'MAIL FROM:<a@b.example> RET=FULL', then: 'unknown-parameter' },
  { line: 'MAIL FROM:<a@b.example> SIZE=', then: 'bad-parameter' },
  { line: 'MAIL FROM:a@b.example', then: 'bad-sender' },
  { line: 'MAIL FROM:<a@b.example><c@d.example>', then: 'bad-sender' },
  { line: 'MAIL FROM:<@relay.example:a@b.example>', then: 'bad-sender' },
  { line: 'MAIL', then: 'bad-sender' },
  { line: 'MAIL FROM:<é@b.example>', then: 'utf8-unannounced' },
  { line: 'MAIL FROM:<é@b.example> SMTPUTF8', then: null },
  { line: 'MAIL FROM:<a@xn--exmple-cua.example>', then: null },
  { line: 'RCPT TO:<a@b.example>', then: null },
  { line: 'RCPT TO:<é@b.example>', then: null },
  { line: 'RCPT TO:<a@b.example> X=1', then: 'unknown-parameter' },
  { line: 'RCPT TO:<a@b.example> ORCPT=rfc822;a@b', then: 'unknown-parameter' },
  { line: 'RCPT TO:<a@b.example> NOTIFY=NEVER', then: 'unknown-parameter' },
  { line: 'RCPT TO:<a@b.example> =1', then: 'bad-parameter' },
  { line: 'RCPT TO:<a@b.example> <c@d.example>', then: 'bad-recipient' },
  { line: 'RCPT TO:<a@b.example>,<c@d.example>', then: 'bad-recipient' },
  { line: 'RCPT TO:<@ecoles.preau.test:a@b.example>', then: 'bad-recipient' },
  { line: 'RCPT TO:<"a b"@c.example>', then: 'bad-recipient' },
  { line: 'RCPT TO:a@b.example', then: 'bad-recipient' },
  { line: 'RCPT TO:<a@b\0.example>', then: 'bad-characters' },
  { line: 'NOOP\tx', then: 'bad-characters' },
  { line: 'DATA', then: null },
  { line: 'DATA ', then: null },
  { line: 'DATA now', then: 'no-parameter' },
  { line: 'QUIT x', then: 'no-parameter' },
  { line: 'EXPN ce1', then: 'not-offered' },
  { line: 'BDAT 10 LAST', then: 'not-offered' },
  { line: 'AUTH PLAIN AGEAYg==', then: null },
  { line: 'AUTH PLAIN', then: null },
  { line: 'AUTH PLAIN =', then: null },
  { line: 'AUTH PLAIN %%%%', then: 'bad-base64' },
  { line: `NOOP ${'x'.repeat(LIMITS.lineBytes - 5)}`, then: null },
  { line: `NOOP ${'x'.repeat(LIMITS.lineBytes - 4)}`, then: 'line-too-long' },
])('$line: $then', ({ line, then }) => {
  expect(faultInLine(Buffer.from(line), OFFERED, LIMITS)).toBe(then);
});

it.each<{ line: string; then: string | null }>([
  { line: 'MAIL FROM:<a@b.example> RET=hdrs ENVID=QQ+2B314159', then: null },
  { line: 'MAIL FROM:<a@b.example> RET=ALL', then: 'bad-parameter' },
  { line: 'MAIL FROM:<a@b.example> ENVID=a+2b', then: 'bad-parameter' },
  { line: `MAIL FROM:<a@b.example> ENVID=${'x'.repeat(101)}`, then: 'bad-parameter' },
  { line: 'MAIL FROM:<a@b.example> NOTIFY=NEVER', then: 'unknown-parameter' },
  { line: 'RCPT TO:<a@b.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;A+2Bb@b.example', then: null },
  { line: 'RCPT TO:<a@b.example> NOTIFY=NEVER,SUCCESS', then: 'bad-parameter' },
  { line: 'RCPT TO:<a@b.example> NOTIFY', then: 'bad-parameter' },
  { line: 'RCPT TO:<a@b.example> ORCPT=a@b.example', then: 'bad-parameter' },
  { line: 'RCPT TO:<a@b.example> RET=FULL', then: 'unknown-parameter' },
])('where DSN is asked for (RFC 3461), $line: $then', ({ line, then }) => {
  const offer = { auth: 'offered', offersDsn: true } as const;
  expect(faultInLine(Buffer.from(line), offer, LIMITS)).toBe(then);
});

it('takes no broken UTF-8', () => {
  expect(
    faultInLine(
      Buffer.from('524350542054 4f3a3cff40623e'.replace(' ', ''), 'hex'),
      OFFERED,
      LIMITS,
    ),
  ).toBe('bad-characters');
});

it.each([
  { offer: 'never', then: 'not-offered' },
  { offer: 'after-tls', then: 'auth-needs-tls' },
] as const)('AUTH where it is $offer: $then', ({ offer, then }) => {
  expect(
    faultInLine(Buffer.from('AUTH PLAIN AGEAYg=='), { auth: offer, offersDsn: false }, LIMITS),
  ).toBe(then);
  expect(
    faultInLine(
      Buffer.from('MAIL FROM:<a@b.example> AUTH=<>'),
      { auth: offer, offersDsn: false },
      LIMITS,
    ),
  ).toBe('unknown-parameter');
});

it.each([
  ['AGEAYg==', null],
  ['*', null],
  ['', null],
  ['a b', 'bad-base64'],
  ['A'.repeat(12_289), 'line-too-long'],
])('an answer to a challenge %#', (line, then) => {
  expect(faultInResponse(Buffer.from(line), LIMITS)).toBe(then);
});
