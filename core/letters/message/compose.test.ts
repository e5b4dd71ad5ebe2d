import { describe, expect, it } from 'vitest';
import { decodedPart, readBody } from './body.ts';
import { composeBounce } from './bounce.ts';
import { answerSubject, compose, quote, type Composition } from './compose.ts';
import type { ReadMessage } from './message.ts';
import { readMessage } from './parse.ts';
import { checkBytes } from './wire.ts';

const plain: Composition = {
  from: { name: 'Zoé Petit', address: 'zoe@ecoles.test' },
  to: [{ name: 'Léa', address: 'lea@ecoles.test' }],
  cc: [],
  subject: 'Été à l’école',
  text: 'Bonjour,\nà bientôt\n.\n',
  attachments: [],
  inReplyTo: null,
  references: [],
  date: new Date('2026-09-07T06:00:00Z'),
  messageId: '<1@ecoles.test>',
  headers: {},
};
const composed = async (
  change: Partial<Composition>,
): Promise<{ raw: Buffer; message: ReadMessage }> => {
  const result = await compose({ ...plain, ...change });
  if (result.kind === 'refused') throw new Error(result.field);
  const read = readMessage(result.raw);
  if (read.kind === 'refused') throw new Error(read.why);
  return { raw: result.raw, message: read.message };
};

describe('compose', () => {
  it('names readers by what they are, and nobody of them (RFC 5322 §3.4)', async () => {
    const { raw, message } = await composed({ to: { group: 'CE1 "A"; <x@y.z>, familles' } });
    expect(message.envelope.to).toEqual([]);
    expect(raw.toString()).toMatch(/^To: "CE1 {2}A ; <x@y\.z>, familles":;\r$/m);
    expect((await compose({ ...plain, to: { group: 'a\r\nBcc: x@y.z' } })).kind).toBe('refused');
  });

  it('reads back as it was written', async () => {
    const file = {
      name: 'dessin été.png',
      mediaType: 'image/png',
      bytes: Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'),
    };
    const { raw, message } = await composed({
      attachments: [file],
      inReplyTo: '<0@x>',
      references: ['<a@x>', '<0@x>'],
      headers: { 'Auto-Submitted': 'auto-replied' },
    });
    expect(checkBytes(raw)).toBeNull();
    expect(message.envelope).toMatchObject({
      subject: plain.subject,
      from: [plain.from],
      to: plain.to,
      messageId: '<1@ecoles.test>',
      inReplyTo: '<0@x>',
      date: 'Mon, 07 Sep 2026 06:00:00 +0000',
    });
    expect(message).toMatchObject({
      references: ['<a@x>', '<0@x>'],
      automatic: true,
      doubtful: [],
      attachments: [{ name: file.name, danger: 'everyday' }],
    });
    expect(readBody(raw, message.structure).text?.trimEnd()).toBe(plain.text.trimEnd());
    const part = message.structure.parts[1];
    expect(part && decodedPart(raw, part)).toEqual(file.bytes);
  });

  it.each<{ when: string; change: Partial<Composition>; then: string }>([
    { when: 'a line end in the subject', change: { subject: 'x\r\nBcc: y@z.fr' }, then: 'subject' },
    { when: 'a NUL in the subject', change: { subject: 'x\0' }, then: 'subject' },
    {
      when: 'a line end in a name',
      change: { to: [{ name: 'x\nBcc: y', address: 'a@b.fr' }] },
      then: 'to',
    },
    {
      when: 'an address that is two',
      change: { cc: [{ name: '', address: 'a@b.fr,c@d.fr' }] },
      then: 'cc',
    },
    {
      when: 'an address that hides another',
      change: { to: [{ name: '', address: '"a@evil.test x"@b.fr' }] },
      then: 'to',
    },
    {
      when: 'a line end in a file’s name',
      change: { attachments: [{ name: 'a\r\nX: y', mediaType: 'a/b', bytes: Buffer.alloc(0) }] },
      then: 'attachments',
    },
    {
      when: 'a line end in a media type',
      change: { attachments: [{ name: 'a', mediaType: 'a/b\r\nX: y', bytes: Buffer.alloc(0) }] },
      then: 'attachments',
    },
    {
      when: 'a line end in a reply id',
      change: { inReplyTo: '<a@b>\r\nX: y' },
      then: 'message-id',
    },
    {
      when: 'a line end in another field',
      change: { headers: { 'List-Id': 'x\r\ny' } },
      then: 'headers',
    },
    {
      when: 'a field’s name with a colon',
      change: { headers: { 'X: y\r\nZ': 'x' } },
      then: 'headers',
    },
  ])('refuses $when', async ({ change, then }) => {
    expect(await compose({ ...plain, ...change })).toEqual({ kind: 'refused', field: then });
  });

  it.each<{ what: string; change: Partial<Composition> }>([
    { what: 'a plain text', change: { text: 'a\nb\r\nc\rd\n' } },
    { what: 'one that is encoded whole', change: { text: 'Привет\nмир\n' } },
    { what: 'a formatted one', change: { html: '<p>a</p>\n<p>b</p>\r\n' } },
    {
      what: 'a message in it',
      change: {
        attachments: [
          {
            name: 'a.eml',
            mediaType: 'message/rfc822',
            bytes: Buffer.from('Subject: a\n\nb\r\nc\n'),
          },
        ],
      },
    },
  ])('ends lines by CRLF: $what', async ({ change }) => {
    const { raw, message } = await composed({ text: 'a\n', ...change });
    expect(raw.toString('latin1')).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
    expect(checkBytes(raw)).toBeNull();
    const { text } = readBody(raw, message.structure);
    expect(text?.trimEnd()).toBe((change.text ?? 'a').replace(/\r\n?/g, '\n').trimEnd());
  });

  it('leaves a file as it is, its line ends too', async () => {
    const bytes = Buffer.from('a;b\nc;d\r\ne\r\n\n');
    const file = { name: 'a.csv', mediaType: 'text/csv', bytes };
    const { raw, message } = await composed({ attachments: [file] });
    const part = message.structure.parts[1];
    expect(part && decodedPart(raw, part)).toEqual(bytes);
  });

  it('reads no file and no address', async () => {
    const { raw } = await composed({
      text: 'data:text/plain,x file:///etc/hostname',
      subject: '/etc/hostname',
    });
    expect(raw.toString()).toContain('Subject: /etc/hostname');
  });
});

it('tells of what was not delivered', () => {
  const raw = composeBounce({
    from: 'mailer-daemon@ecoles.test',
    to: 'zoe@ecoles.test',
    reportingHost: 'mx.ecoles.test',
    messageId: '<2@ecoles.test>',
    date: plain.date,
    subject: 'Message non remis',
    text: 'L’adresse n’existe pas.',
    recipients: [
      {
        address: 'x@out.test',
        action: { kind: 'failed' },
        status: '5.1.1',
        diagnostic: '550 5.1.1 no\r\nX: y',
        remoteHost: 'mx.out.test',
      },
    ],
    original: Buffer.from('Subject: Été\r\nMessage-ID: <1@ecoles.test>\r\nX: y\r\n\r\nsecret'),
  });
  expect(raw.toString()).toMatch(
    /^In-Reply-To: <1@ecoles\.test>\r\nReferences: <1@ecoles\.test>\r$/m,
  );
  const read = readMessage(raw);
  expect(
    read.kind === 'read' && [
      read.message.automatic,
      read.message.structure.subtype,
      read.message.structure.params['report-type'],
      read.message.structure.parts.map((part) => `${part.type}/${part.subtype}`),
    ],
  ).toEqual([
    true,
    'report',
    'delivery-status',
    ['text/plain', 'message/delivery-status', 'text/rfc822-headers'],
  ]);
  const text = raw.toString();
  expect(text).toContain(
    'Final-Recipient: rfc822; x@out.test\r\nAction: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; mx.out.test\r\nDiagnostic-Code: smtp; 550 5.1.1 no X: y\r\n',
  );
  expect(text).not.toContain('secret');
});

it.each([
  ['Bonjour', 'Re: Bonjour'],
  ['Re: Bonjour', 'Re: Bonjour'],
  ['RE : Rép. : re[2]: Bonjour', 'Re: Bonjour'],
  ['', 'Re: '],
  ['Relire', 'Re: Relire'],
])('answers %j with %j', (subject, then) => {
  expect(answerSubject(subject)).toBe(then);
});

it('quotes', () => {
  expect(quote('a\r\n\r\n> b\r\n', 'Zoé a écrit :')).toBe('\n\nZoé a écrit :\n> a\n>\n>> b\n');
});
