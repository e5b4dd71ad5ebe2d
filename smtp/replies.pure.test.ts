import { expect, it } from 'vitest';
import { keysOf } from '../core/ground/keys.ts';
import type { Outcome } from '../core/rules/outcome.ts';
import type { ReasonName } from '../core/rules/reasons.ts';
import type { Viewer } from '../core/rules/viewer.ts';
import { LIMITS } from './limits.ts';
import {
  asError,
  replyNaming,
  replyTo,
  replyToFault,
  replyToSession,
  type ReplyReader,
} from './replies.ts';
import { SESSION_TEXTS, type SessionReply } from './texts.ts';

const child = { role: 'pupil', language: 'fr' } as Viewer;
const adult = { role: 'teacher', language: 'en' } as Viewer;
const refusal = (rule: ReasonName, address = 'zoe@ecoles.preau.test') => ({
  address,
  rule,
  words: { name: 'Zoé', className: 'CM1', ownClassName: 'CE1' },
});
const denied = (...rules: ReasonName[]): Outcome => ({
  kind: 'denied',
  refusals: rules.map((rule) => refusal(rule)),
});

it.each<{ outcome: Outcome; to: ReplyReader; code: number; says: RegExp }>([
  { outcome: { kind: 'accepted', message: null }, to: null, code: 250, says: /^2\.0\.0 OK/ },
  {
    outcome: { kind: 'held', message: null, held: [refusal('first-contact')] },
    to: child,
    code: 250,
    says: /^2\.0\.0 \w/,
  },
  { outcome: denied('not-in-your-class'), to: child, code: 550, says: /^5\.7\.1 .*Zoe est en CM1/ },
  { outcome: denied('no-such-address'), to: child, code: 550, says: /^5\.1\.1 / },
  {
    outcome: denied('no-such-address'),
    to: null,
    code: 550,
    says: /^5\.1\.1 This address.*\n5\.1\.1 Cette adresse/,
  },
  { outcome: denied('recipient-closed'), to: adult, code: 550, says: /^5\.2\.1 / },
  { outcome: denied('locked-archive'), to: null, code: 554, says: /^5\.7\.1 / },
  { outcome: denied('a-rule-of-tomorrow' as ReasonName), to: adult, code: 550, says: /^5\.7\.1 / },
  { outcome: denied(), to: null, code: 550, says: /^5\.7\.1 / },
  {
    outcome: denied('not-in-your-class', 'not-your-teacher'),
    to: child,
    code: 550,
    says: /^5\.7\.1 zoe@ecoles\.preau\.test: .*\n5\.7\.1 zoe@/,
  },
  {
    outcome: { kind: 'infected', signature: 'Win.Test.EICAR' },
    to: adult,
    code: 550,
    says: /^5\.7\.1 .*Win\.Test\.EICAR/,
  },
  {
    outcome: { kind: 'infected', signature: 'Win.Test.EICAR' },
    to: child,
    code: 550,
    says: /^5\.7\.1 .*Win\.Test\.EICAR/,
  },
  {
    outcome: { kind: 'unscannable', signature: 'Heuristics.Limits' },
    to: null,
    code: 554,
    says: /^5\.7\.1 .*Heuristics\.Limits/,
  },
  { outcome: { kind: 'scanner-silent' }, to: null, code: 451, says: /^4\.3\.0 / },
  {
    outcome: { kind: 'too-big', limitBytes: 26_214_400 },
    to: adult,
    code: 552,
    says: /^5\.3\.4 .*26/,
  },
  {
    outcome: { kind: 'mailbox-full', address: 'x@y', permanent: false },
    to: null,
    code: 452,
    says: /^4\.2\.2 /,
  },
  {
    outcome: { kind: 'mailbox-full', address: 'x@y', permanent: true },
    to: null,
    code: 552,
    says: /^5\.2\.2 /,
  },
  {
    outcome: { kind: 'malformed', why: 'bare-lf' },
    to: null,
    code: 550,
    says: /^5\.6\.0 .*bare-lf/,
  },
  { outcome: { kind: 'malformed', why: 'too-many-hops' }, to: null, code: 554, says: /^5\.4\.6 / },
  { outcome: { kind: 'malformed', why: 'beyond-limits' }, to: null, code: 554, says: /^5\.6\.0 / },
  {
    outcome: { kind: 'malformed', why: 'own-domain-from-outside' },
    to: null,
    code: 550,
    says: /^5\.7\.1 Nothing proves/,
  },
  { outcome: { kind: 'not-your-address' }, to: child, code: 553, says: /^5\.7\.1 / },
  { outcome: { kind: 'no-recipient' }, to: null, code: 554, says: /^5\.5\.1 / },
])('$outcome.kind ($code)', ({ outcome, to, code, says }) => {
  const reply = replyTo(outcome, to);
  expect(reply.code).toBe(code);
  expect(reply.lines.join('\n')).toMatch(says);
  // RFC 5321 §4.5.3.1.5
  for (const line of reply.lines) expect(`${code} ${line}\r\n`).toMatch(/^[\x20-\x7e]{1,510}\r\n$/);
});

it('a fault is 451 and says nothing of our insides', () => {
  expect(replyToFault(null)).toEqual({
    code: 451,
    lines: [expect.stringMatching(/^4\.3\.0 /), expect.stringMatching(/^4\.3\.0 /)],
  });
});

it('an error always carries its code, a success is none', () => {
  expect(asError(replyTo({ kind: 'accepted', message: null }, null))).toBeNull();
  expect(asError(replyTo(denied('not-in-your-class'), child))?.responseCode).toBe(550);
});

it('names a few of many refused, and how many more', () => {
  const many = Array.from({ length: LIMITS.recipients }, (_, i) =>
    refusal('not-in-your-class', `t${i}@ecoles.preau.test`),
  );
  const { lines } = replyNaming(many, child);
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toBe('5.7.1 + 980');
});

/** Errors of a program that its maker reads, and what only another server is told. */
const OF_PROGRAMS: readonly SessionReply[] = [
  'bad-base64',
  'bad-characters',
  'bad-parameter',
  'line-too-long',
  'no-parameter',
  'not-offered',
  'null-sender',
  'too-many-commands',
  'unchecked',
  'unknown-parameter',
];

it('SMTP’s own replies say it in English and French where a person of ours may read them', () => {
  const names = keysOf(SESSION_TEXTS);
  expect(names.filter((name) => !SESSION_TEXTS[name].includes(' / ')).toSorted()).toEqual(
    OF_PROGRAMS,
  );
  for (const name of names) {
    const { code, lines } = replyToSession(name);
    const [line = ''] = lines;
    expect(`${code} ${line}`).toMatch(/^[45]\d\d [45]\.\d+\.\d+ [\x20-\x7e]+[^.]$/);
    expect(line.length).toBeLessThan(400);
  }
});

it.each([
  { timeZone: 'Europe/Paris', says: 'demain a 6 h' },
  { timeZone: 'Pacific/Noumea', says: 'demain a 16 h' },
  { timeZone: 'America/Martinique', says: 'demain a 1 h' },
])('tells a child of $timeZone that sending starts again $says', ({ timeZone, says }) => {
  const paused = {
    address: 'zoe@ecoles.preau.test',
    rule: 'sending-paused' as const,
    words: { until: '2026-11-25T05:00:00Z' },
  };
  const now = new Date('2026-11-24T05:30:00Z');
  const reply = replyTo({ kind: 'denied', refusals: [paused] }, { ...child, timeZone }, now);
  expect(reply.lines.join(' ')).toContain(says);
});
