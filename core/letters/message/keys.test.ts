import { describe, expect, it } from 'vitest';
import { baseSubject, fold } from './keys.ts';
import type { ReadMessage } from './message.ts';
import { readMessage } from './parse.ts';

function read(head: string, body = 'Un mot.\r\n'): ReadMessage {
  const result = readMessage(Buffer.from(`${head}\r\n\r\n${body}`));
  if (result.kind !== 'read') throw new Error(result.why);
  return result.message;
}

describe('the base of a subject (RFC 5256 §2.1)', () => {
  it.each([
    ['a', 'a', false],
    ['Re: a', 'a', true],
    ['RE[2]: a', 'a', true],
    ['[foo] Fwd: [bar] Re: fw: b (fWd)  (fwd)', 'b', true],
    ['b (a)', 'b (a)', false],
    ['Re: [FWD: c]', 'c', true],
    ['[xyz]', '[xyz]', false],
    ['', '', false],
    ['Ad: Re: Ad: x', 'Ad: Re: Ad: x', false],
    ['re: [fwd: [fwd: re: [fwd: babylon]]]', 'babylon', true],
    ['[liste] sortie', 'sortie', false],
    ['  deux   mots ', 'deux mots', false],
    ['Re :  Piscine', 'Piscine', true],
  ])('%s is %s', (subject, base, isReply) =>
    expect(baseSubject(subject)).toEqual({ base, isReply }),
  );
  it('ends on anything, soon', () => {
    const begun = performance.now();
    for (const nasty of ['[', '[a]', 're:', '[fwd:', '(fwd)', ' ', '[fwd: re: [x] '])
      baseSubject(nasty.repeat(2_000));
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

describe('what is searched and sorted by', () => {
  it('has neither case nor accents', () => {
    expect(fold('Événement à l’école, œuvre')).toBe('EVENEMENT A L’ECOLE, OEUVRE');
    expect(fold('ﬁn ｆｕｌｌ')).toBe('FIN FULL');
  });
  it('is whole fields, decoded; null for a field that isn’t there', () => {
    const { keys } = read(
      'From: =?utf-8?q?Ana=C3=AFs?= <Anais.B@x.org>\r\nTo: a: b@c.org;, "D, E" <d@e.org>\r\nSubject: Re: =?utf-8?b?w4lsw6h2ZXM=?=\r\nDate: Fri, 2 Jan 2026 01:02:03 +0200',
    );
    expect(keys).toMatchObject({
      from: 'ANAIS <ANAIS.B@X.ORG>',
      to: 'A: B@C.ORG;, "D, E" <D@E.ORG>',
      cc: null,
      subject: 'RE: ELEVES',
      baseSubject: 'ELEVES',
      isReply: true,
      firstFrom: 'ANAIS.B',
      firstTo: 'A',
      firstCc: '',
      shownFrom: 'ANAIS',
      sentAt: new Date('2026-01-01T23:02:03Z'),
      sentOn: '2026-01-02',
    });
  });
  it('finds an address that a comment hides, and shows a group by its name', () => {
    const { keys } = read(
      'From: <user-from (comment)@ (comment) domain.org>\r\nTo: Classe de CM2: b@c.org;\r\nCc: =?utf-8?q?=C3=89mile?= <d@e.org>',
    );
    expect(keys.from).toBe('<USER-FROM (COMMENT)@ (COMMENT) DOMAIN.ORG>, USER-FROM@DOMAIN.ORG');
    expect([keys.firstFrom, keys.shownTo, keys.cc]).toEqual([
      'USER-FROM',
      'CLASSE DE CM2',
      'EMILE <D@E.ORG>',
    ]);
  });
  it.each([
    ['Sat, 24 Mar 2007 23:00:00 +0200', '2007-03-24T21:00:00.000Z', '2007-03-24'],
    ['1 Feb 98 10:00 EST', '1998-02-01T15:00:00.000Z', '1998-02-01'],
    ['24 Mar 07 (comment)', '2007-03-24T00:00:00.000Z', '2007-03-24'],
    ['yesterday', null, null],
    ['31 Feb 2020 10:00:00 +0000', null, null],
    ['1 Jan 275761 00:00:00 +0000', null, null],
    ['', null, null],
  ])('reads the date %s', (date, at, on) => {
    const { keys } = read(`From: a@b.org\r\nDate: ${date}`);
    expect([keys.sentAt?.toISOString() ?? null, keys.sentOn]).toEqual([at, on]);
  });
});

describe('what goes over the wire', () => {
  it('keeps groups, routes and comments of addresses, and encoded words as they stand', () => {
    const { wire, headerBytes } = read(
      [
        'Date: Thu, 15 Feb 2007 01:02:03 +0200',
        'Subject: =?utf-8?q?=C3=A9t=C3=A9?=',
        'From: user@domain (Real Name)',
        'Sender: ',
        'To: group: g1@d1.org, g2@d2.org;, group2: g3@d3.org;',
        'Cc: group:;, group2: (foo) ;',
        'Bcc: <@route:user@domain>, "Q \\"x\\"" <"a b"@c.d>, word',
        'Message-ID: <m@id>',
      ].join('\r\n'),
    );
    const real = '(("Real Name" NIL "user" "domain"))';
    expect(wire.envelope).toBe(
      `("Thu, 15 Feb 2007 01:02:03 +0200" "=?utf-8?q?=C3=A9t=C3=A9?=" ${real} ${real} ${real} ` +
        '((NIL NIL "group" NIL)(NIL NIL "g1" "d1.org")(NIL NIL "g2" "d2.org")(NIL NIL NIL NIL)(NIL NIL "group2" NIL)(NIL NIL "g3" "d3.org")(NIL NIL NIL NIL)) ' +
        '((NIL NIL "group" NIL)(NIL NIL NIL NIL)(NIL NIL "group2" NIL)(NIL NIL NIL NIL)) ' +
        '((NIL "@route" "user" "domain")("Q \\"x\\"" NIL "a b" "c.d")("word" NIL "" "")) NIL "<m@id>")',
    );
    expect(headerBytes).toBeGreaterThan(200);
  });
  it('is ASCII whatever the header holds', () => {
    const { wire } = read('Subject: été\x01\r\nFrom: Zoé <zoé@x.org>');
    expect(wire.envelope).toMatch(/^[\x20-\x7E]*$/);
    expect(wire.envelope).toContain(`"=?utf-8?B?${Buffer.from('été ').toString('base64')}?="`);
  });
  it('is the structure, with and without its extensions', () => {
    const inner = 'From: in@x.org\r\nSubject: Dedans\r\n\r\nTexte.\r\n';
    const { wire } = read(
      'From: a@b.org\r\nContent-Type: multipart/mixed; boundary="b"',
      '--b\r\nContent-Type: text/plain; charset=utf-8; name*0=a; name*1=b\r\nContent-Language: fr, en\r\n\r\nUn.\r\nDeux.\r\n' +
        `--b\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename="x y.eml"\r\n\r\n${inner}\r\n--b\r\n\r\nsans type\r\n--b--\r\n`,
    );
    const envelope =
      '(NIL "Dedans" ((NIL NIL "in" "x.org")) ((NIL NIL "in" "x.org")) ((NIL NIL "in" "x.org")) NIL NIL NIL NIL NIL)';
    expect(wire.body).toBe(
      '(("TEXT" "PLAIN" ("CHARSET" "utf-8" "NAME*0" "a" "NAME*1" "b") NIL NIL "7BIT" 10 1)' +
        `("MESSAGE" "RFC822" NIL NIL NIL "7BIT" ${inner.length} ${envelope} ("TEXT" "PLAIN" ("CHARSET" "us-ascii") NIL NIL "7BIT" 8 1) 4)` +
        '("TEXT" "PLAIN" ("CHARSET" "us-ascii") NIL NIL "7BIT" 9 0) "MIXED")',
    );
    expect(wire.bodyStructure).toContain('10 1 NIL NIL ("fr" "en") NIL)');
    expect(wire.bodyStructure).toContain('NIL ("ATTACHMENT" ("FILENAME" "x y.eml")) NIL NIL)');
    expect(wire.bodyStructure.endsWith('"MIXED" ("BOUNDARY" "b") NIL NIL NIL)')).toBe(true);
  });
});
