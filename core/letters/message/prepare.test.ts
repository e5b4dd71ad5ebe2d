import { describe, expect, it } from 'vitest';
import { readMessage } from './parse.ts';
import { prepareForSending, prepareFromOutside, wholeOf, type SendingAccount } from './prepare.ts';
import { asSent, corpusFiles, corpusJson, hasCorpora } from './testing/corpora.ts';
import { parseFrom } from './testing/from.ts';

const tom: SendingAccount = {
  address: 'tom.p@school-a.example',
  displayName: 'Tom Petit',
  role: 'pupil',
  messageId: '<new@school-a.example>',
  date: new Date('2026-09-07T06:00:00Z'),
  trace: '',
};
const OURS = { ourDomains: ['school-a.example'], authServId: 'mx.school-a.example', trace: '' };
const OWN = '"Tom Petit" <tom.p@school-a.example>';
const mail = (header: string): Buffer => Buffer.from(`${header}Subject: x\r\n\r\nBonjour\r\n`);

/** Every row of decision 28: "Header spoof", "Display name" and "Sender, Resent-*, Reply-To". */
describe('From of a pupil who is signed in', () => {
  it.each<{ when: string; header: string; then: string }>([
    { when: 'their own', header: 'From: tom.p@school-a.example\r\n', then: OWN },
    { when: 'their own in upper case', header: 'From: TOM.P@School-A.example\r\n', then: OWN },
    {
      when: 'their own under a teacher’s name',
      header: 'From: "Anna Teacher" <tom.p@school-a.example>\r\n',
      then: OWN,
    },
    {
      when: 'their own under a name that is an address',
      header: 'From: "anna@school-a.example" <tom.p@school-a.example>\r\n',
      then: OWN,
    },
    {
      when: 'their own with an override in the name',
      header: 'From: \u202Eannann <tom.p@school-a.example>\r\n',
      then: OWN,
    },
    { when: 'none', header: '', then: OWN },
    { when: 'a teacher', header: 'From: anna@school-a.example\r\n', then: 'not-your-address' },
    {
      when: 'two, their own first',
      header: 'From: tom.p@school-a.example\r\nFrom: anna@school-a.example\r\n',
      then: 'not-your-address',
    },
    {
      when: 'two, their own last',
      header: 'From: anna@school-a.example\r\nFrom: tom.p@school-a.example\r\n',
      then: 'not-your-address',
    },
    {
      when: 'twice their own',
      header: 'From: tom.p@school-a.example\r\nfrom: tom.p@school-a.example\r\n',
      then: 'not-your-address',
    },
    {
      when: 'two addresses',
      header: 'From: tom.p@school-a.example, anna@school-a.example\r\n',
      then: 'not-your-address',
    },
    {
      when: 'a group',
      header: 'From: x: tom.p@school-a.example, anna@school-a.example;\r\n',
      then: 'not-your-address',
    },
    { when: 'an empty group', header: 'From: x:;\r\n', then: 'not-your-address' },
    { when: 'odd case', header: 'fRoM: anna@school-a.example\r\n', then: 'not-your-address' },
    {
      when: 'a space before the colon',
      header: 'From: tom.p@school-a.example\r\nFrom : anna@school-a.example\r\n',
      then: 'not-your-address',
    },
    { when: 'folded', header: 'From:\r\n anna@school-a.example\r\n', then: 'not-your-address' },
    {
      when: 'folded in two',
      header: 'From: tom.p@school-a.example,\r\n anna@school-a.example\r\n',
      then: 'not-your-address',
    },
    {
      when: 'a line of spaces before it',
      header: 'To: a@b.fr\r\n \r\nFrom: tom.p@school-a.example\r\n',
      then: 'ambiguous-from',
    },
    {
      when: 'a bare LF in the header',
      header: 'To: a@b.fr\nFrom: anna@school-a.example\r\n',
      then: 'bare-lf',
    },
    {
      when: 'a bare CR in the header',
      header: 'To: a@b.fr\rFrom: anna@school-a.example\r\n',
      then: 'bare-cr',
    },
    {
      when: 'a NUL',
      header: 'From: tom.p@school-a.example\0, anna@school-a.example\r\n',
      then: 'nul',
    },
    {
      when: 'an encoded word for an address',
      header: 'From: =?utf-8?q?anna=40school-a.example?=\r\n',
      then: 'not-your-address',
    },
    {
      when: 'a comma in a quoted local part',
      header: 'From: "tom.p@school-a.example,x"@school-a.example\r\n',
      then: 'not-your-address',
    },
    {
      when: 'two in angle brackets',
      header: 'From: <tom.p@school-a.example> <anna@school-a.example>\r\n',
      then: 'not-your-address',
    },
    {
      when: 'a comment',
      header: 'From: tom.p@school-a.example (x) <anna@school-a.example>\r\n',
      then: 'not-your-address',
    },
    {
      when: 'a junk line before it',
      header: 'junk\r\nFrom: tom.p@school-a.example\r\n',
      then: OWN,
    },
    {
      when: 'Sender',
      header: `From: ${OWN}\r\nSender: anna@school-a.example\r\nResent-From: anna@school-a.example\r\n`,
      then: OWN,
    },
    { when: 'Reply-To elsewhere', header: `From: ${OWN}\r\nReply-To: x@evil.test\r\n`, then: OWN },
  ])('$when', ({ header, then }) => {
    const prepared = prepareForSending(mail(header), tom);
    if (prepared.kind === 'refused') {
      expect(prepared.why).toBe(then);
      return;
    }
    const text = wholeOf(prepared).toString();
    expect(parseFrom(text)).toEqual([then]);
    expect(text).not.toMatch(/anna|evil|\u202E/);
  });
});

describe('the rest of the header', () => {
  const ready = (header: string, account = tom): string => {
    const prepared = prepareForSending(mail(header), account);
    return prepared.kind === 'ready' ? wholeOf(prepared).toString() : prepared.why;
  };
  it('takes out hidden recipients and what only servers write', () => {
    const text = ready(
      'Bcc: hidden@x.fr\r\nResent-Bcc:\r\n hidden@x.fr\r\nbCC : hidden@x.fr\r\nReturn-Path: <hidden@x.fr>\r\nAuthentication-Results: mx; spf=pass hidden\r\n',
    );
    expect(text).not.toMatch(/hidden|bcc|return-path|authentication/i);
  });
  it('adds Message-ID and Date only where they lack', () => {
    expect(ready('')).toContain(
      'Date: Mon, 07 Sep 2026 06:00:00 +0000\r\nMessage-ID: <new@school-a.example>\r\n\r\nBonjour',
    );
    const text = ready('Date: Tue, 1 Sep 2026 00:00:00 +0200\r\nMessage-ID: <old@x>\r\n');
    expect(text).toContain('<old@x>');
    expect(text).not.toMatch(/new@|06:00:00/);
  });
  it('lets an adult’s Reply-To stand', () => {
    expect(ready('Reply-To: ecole@school-a.example\r\n', { ...tom, role: 'teacher' })).toContain(
      'Reply-To: ecole@',
    );
  });
  it('encodes a name of the roster', () => {
    expect(ready('', { ...tom, displayName: 'Zoé "Z" Éloïse' })).toMatch(
      /\r\nFrom: =\?utf-8\?B\?[A-Za-z0-9+/=]+\?=\r\n <tom\.p@school-a\.example>\r\n/,
    );
    expect(ready('', { ...tom, displayName: 'Tom "T" P\r\nBcc: x@y.z' })).toContain(
      'From: "Tom \\"T\\" P Bcc: x y.z" <tom.p',
    );
  });
  it('makes CRLF of a bare LF in the body, and leaves the rest byte for byte', () => {
    const prepared = prepareForSending(Buffer.from('Subject: x\r\n\r\na\nb\r\n.\n.\r\n'), tom);
    expect(
      prepared.kind === 'ready' &&
        wholeOf(prepared).toString().endsWith('\r\n\r\na\r\nb\r\n.\r\n.\r\n'),
    ).toBe(true);
  });
  it('gives a message without any header one', () => {
    const prepared = prepareForSending(Buffer.from('just a body\r\n'), tom);
    expect(prepared.kind === 'ready' && wholeOf(prepared).toString()).toMatch(
      /^From: .*\r\nDate: .*\r\nMessage-ID: .*\r\n\r\njust a body\r\n$/,
    );
  });
});

describe('from outside', () => {
  it.each<{ when: string; header: string; then: string }>([
    { when: 'a stranger', header: 'From: x@out.test\r\n', then: 'ready' },
    {
      when: 'our domain',
      header: 'From: anna@school-a.example\r\n',
      then: 'own-domain-from-outside',
    },
    {
      when: 'our domain in upper case',
      header: 'From: Anna <anna@SCHOOL-A.example>\r\n',
      then: 'own-domain-from-outside',
    },
    {
      when: 'our domain with its root',
      header: 'From: anna@school-a.example.\r\n',
      then: 'own-domain-from-outside',
    },
    {
      when: 'our domain in wide letters',
      header: 'From: anna@ｓchool-a.example\r\n',
      then: 'own-domain-from-outside',
    },
    {
      when: 'under our domain',
      header: 'From: anna@x.school-a.example\r\n',
      then: 'own-domain-from-outside',
    },
    {
      when: 'our domain as Sender',
      header: 'From: x@out.test\r\nSender: anna@school-a.example\r\n',
      then: 'own-domain-from-outside',
    },
    { when: 'a domain that ends alike', header: 'From: x@evilschool-a.example\r\n', then: 'ready' },
    { when: 'none', header: '', then: 'no-from' },
    { when: 'an empty group', header: 'From: x:;\r\n', then: 'no-from' },
    { when: 'two', header: 'From: x@out.test\r\nFrom: y@out.test\r\n', then: 'ambiguous-from' },
    { when: 'two addresses', header: 'From: x@out.test, y@out.test\r\n', then: 'ambiguous-from' },
  ])('$when', ({ header, then }) => {
    const prepared = prepareFromOutside(mail(header), OURS);
    expect(prepared.kind === 'ready' ? 'ready' : prepared.why).toBe(then);
  });

  it('puts the trace first', () => {
    const prepared = prepareFromOutside(Buffer.from('From: x@out.test\r\n\r\nLigne.\r\n'), {
      ...OURS,
      trace: 'Received: from a\r\n',
    });
    const raw = prepared.kind === 'ready' ? wholeOf(prepared).toString() : '';
    expect(raw).toBe('Received: from a\r\nFrom: x@out.test\r\n\r\nLigne.\r\n');
  });

  it('takes out results of authentication that bear our name, and no others', () => {
    const prepared = prepareFromOutside(
      mail(
        'From: x@out.test\r\nAuthentication-Results: mx.other.test; spf=fail\r\nauthentication-results : (c) "MX.school-a.example" 1; dmarc=pass\r\n',
      ),
      OURS,
    );
    const text = prepared.kind === 'ready' ? wholeOf(prepared).toString() : '';
    expect([text.includes('mx.other.test'), /school-a/i.test(text)]).toEqual([true, false]);
  });
});

describe.skipIf(!hasCorpora)(
  'attacks/manifest.json (skipped where the corpora are not beside the repository)',
  () => {
    it('never shows another sender', () => {
      const entries = corpusJson('attacks/manifest.json') as {
        file: string;
        via: string;
        expect: string;
      }[];
      const files = new Map(corpusFiles('attacks').map(({ name, bytes }) => [name, asSent(bytes)]));
      const counts: Record<string, number> = {};
      for (const { file, via, expect: wanted } of entries) {
        const raw = files.get(file) ?? Buffer.alloc(0);
        const prepared =
          via === 'submission'
            ? prepareForSending(raw, tom)
            : prepareFromOutside(raw, {
                ...OURS,
                ourDomains: file.startsWith('spoof') ? OURS.ourDomains : [],
              });
        const what = prepared.kind === 'ready' ? 'ready' : prepared.why;
        counts[what] = (counts[what] ?? 0) + 1;
        if (prepared.kind === 'refused') {
          expect(wanted, file).not.toMatch(/^accept/);
          continue;
        }
        const read = readMessage(wholeOf(prepared));
        if (via === 'submission' && read.kind === 'read')
          expect([read.message.envelope.from, read.message.envelope.sender, file]).toEqual([
            [{ name: 'Tom Petit', address: tom.address }],
            [{ name: 'Tom Petit', address: tom.address }],
            file,
          ]);
        expect(file).not.toBe('spoof-own-domain-from-outside.eml');
      }
      console.log('attacks prepared:', JSON.stringify(counts));
    });
  },
);
