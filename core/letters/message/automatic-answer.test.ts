import { describe, expect, it } from 'vitest';
import { answerable, type Unanswerable } from './automatic-answer.ts';

const OWN = 'claire.lefevre@ecoles.preau.test';
const HEAD = {
  'Return-Path': '<marie@example.org>',
  From: 'Marie <marie@example.org>',
  To: `Claire <${OWN}>`,
  Subject: 'La sortie',
};

const message = (fields: Readonly<Record<string, string | null>>): Buffer =>
  Buffer.from(
    `${Object.entries({ ...HEAD, ...fields })
      .flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
      .join('\r\n')}\r\n\r\nBonjour\r\n`,
  );
const asked = (fields: Readonly<Record<string, string | null>>) =>
  answerable(message(fields), { own: OWN, cameFrom: 'outside' });

describe('a message that somebody’s absence answers', () => {
  it.each<{ when: string; fields: Readonly<Record<string, string | null>> }>([
    { when: 'a person wrote it to them', fields: {} },
    {
      when: 'they are in Cc, in other letters',
      fields: { To: 'x@example.org', Cc: OWN.toUpperCase() },
    },
    { when: 'it was sent on to them', fields: { To: 'x@example.org', 'Resent-To': OWN } },
    { when: 'it says that it isn’t automatic', fields: { 'Auto-Submitted': 'no' } },
    { when: 'its priority is high', fields: { Precedence: 'special-delivery' } },
    {
      when: 'somebody’s name only looks like a program',
      fields: { From: 'Owner <owen@example.org>', 'Return-Path': '<owen@example.org>' },
    },
  ])('$when', ({ fields }) => expect(asked(fields).kind).toBe('answerable'));

  it('needs no Return-Path from the town itself', () =>
    expect(answerable(message({ 'Return-Path': null }), { own: OWN, cameFrom: 'town' }).kind).toBe(
      'answerable',
    ));

  it('is answered to who wrote it, as they write their address', () =>
    expect(asked({ From: 'Marie@Example.org', 'Reply-To': 'list@example.org' })).toEqual({
      kind: 'answerable',
      to: 'Marie@Example.org',
    }));
});

const from = (address: string) => ({ From: address, 'Return-Path': `<${address}>` });

describe('a message that no program answers (RFC 3834 §2)', () => {
  it.each<{ why: Unanswerable; fields: Readonly<Record<string, string | null>> }>([
    { why: 'automatic', fields: { 'Auto-Submitted': 'auto-replied' } },
    {
      why: 'automatic',
      fields: { 'Auto-Submitted': 'auto-generated; owner-email="x@example.org"' },
    },
    { why: 'automatic', fields: { 'auto-submitted': 'auto-notified' } },
    { why: 'automatic', fields: { 'X-Auto-Response-Suppress': 'DR, OOF, AutoReply' } },
    { why: 'automatic', fields: { 'X-Autoreply': 'yes' } },
    { why: 'automatic', fields: { 'X-Autorespond': 'absent' } },
    { why: 'list', fields: { 'List-Id': '<parents.example.org>' } },
    { why: 'list', fields: { 'List-Unsubscribe': '<https://example.org/u>' } },
    { why: 'list', fields: { 'X-BeenThere': 'parents@example.org' } },
    { why: 'bulk', fields: { Precedence: 'bulk' } },
    { why: 'bulk', fields: { Precedence: ' List ' } },
    { why: 'bulk', fields: { Precedence: 'junk' } },
    { why: 'bulk', fields: { 'Feedback-ID': 'x:y:z' } },
    { why: 'junk', fields: { 'X-Spam-Flag': 'YES' } },
    {
      why: 'report',
      fields: { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=x' },
    },
    { why: 'no-return-path', fields: { 'Return-Path': '<>' } },
    { why: 'no-return-path', fields: { 'Return-Path': null } },
    { why: 'other-return-path', fields: { 'Return-Path': '<x.y=z@news.example.org>' } },
    { why: 'program', fields: { 'Return-Path': '<bounces+12=34@example.org>' } },
    { why: 'program', fields: from('MAILER-DAEMON@example.org') },
    { why: 'program', fields: from('owner-parents@example.org') },
    { why: 'program', fields: from('parents-owner@example.org') },
    { why: 'program', fields: from('parents-request@example.org') },
    { why: 'program', fields: from('parents-bounces+marie@example.org') },
    { why: 'program', fields: from('no-reply@example.org') },
    { why: 'program', fields: from('ne-pas-repondre@example.org') },
    { why: 'program', fields: from('doNotReply-7@example.org') },
    { why: 'program', fields: { Sender: 'listserv@example.org' } },
    { why: 'no-author', fields: { From: null } },
    { why: 'no-author', fields: { From: 'a@example.org, b@example.org' } },
    { why: 'not-named', fields: { To: 'undisclosed-recipients:;' } },
    { why: 'not-named', fields: { To: `claire@example.org`, Cc: `x${OWN}` } },
  ])('$why: $fields', ({ why, fields }) =>
    expect(asked(fields)).toEqual({ kind: 'unanswerable', why }),
  );

  it('has a header at all', () =>
    expect(
      answerable(Buffer.from('no header here\r\n'), { own: OWN, cameFrom: 'outside' }).kind,
    ).toBe('unanswerable'));
});
