import { describe, expect, it } from 'vitest';
import { ALL } from './archive/work.ts';
import { decodedPart, decodedParts, readBody } from './body.ts';
import type { Part, ReadMessage } from './message.ts';
import { readMessage } from './parse.ts';
import { crlf, MULTI, read, shape } from './testing/by-lines.ts';

describe('structure', () => {
  it.each<{ when: string; lines: string[]; then: string }>([
    { when: 'plain text', lines: ['From: a@b.fr', '', 'x'], then: '1 text/plain' },
    { when: 'no header at all', lines: ['just a body', ''], then: '1 text/plain' },
    {
      when: 'two parts',
      lines: [...MULTI, '--b', '', 'x', '--b', 'Content-Type: image/png', '', 'y', '--b--', ''],
      then: ' multipart/mixed(1 text/plain, 2 image/png)',
    },
    {
      when: 'a multipart in a multipart',
      lines: [
        ...MULTI,
        '--b',
        'Content-Type: multipart/alternative; boundary=bb',
        '',
        '--bb',
        '',
        'x',
        '--bb--',
        '--b--',
      ],
      then: ' multipart/mixed(1 multipart/alternative(1.1 text/plain))',
    },
    {
      when: 'an inner multipart left open',
      lines: [
        ...MULTI,
        '--b',
        'Content-Type: multipart/alternative; boundary=bb',
        '',
        '--bb',
        '',
        'x',
        '--b',
        '',
        'y',
        '--b--',
      ],
      then: ' multipart/mixed(1 multipart/alternative(1.1 text/plain), 2 text/plain)',
    },
    {
      when: 'a boundary that starts like the outer one',
      lines: [
        ...MULTI,
        '--b',
        'Content-Type: multipart/x; boundary=b1',
        '',
        '--b1',
        '',
        'x',
        '--b1--',
        '--b--',
      ],
      then: ' multipart/mixed(1 multipart/x(1.1 text/plain))',
    },
    {
      when: 'a message in the message',
      lines: [...MULTI, '--b', 'Content-Type: message/rfc822', '', 'Subject: y', '', 'z', '--b--'],
      then: ' multipart/mixed(1 message/rfc822{1.1 text/plain})',
    },
    {
      when: 'a multipart message in the message',
      lines: ['Content-Type: message/rfc822', '', ...MULTI, '--b', '', 'x', '--b--'],
      then: '1 message/rfc822{1 multipart/mixed(1.1 text/plain)}',
    },
    {
      when: 'a digest',
      lines: [
        'Content-Type: multipart/digest; boundary=b',
        '',
        '--b',
        '',
        'Subject: y',
        '',
        'z',
        '--b--',
      ],
      then: ' multipart/digest(1 message/rfc822{1.1 text/plain})',
    },
    {
      when: 'a multipart without boundary is a file',
      lines: ['Content-Type: multipart/mixed', '', '--x', '', 'hi'],
      then: '1 application/octet-stream',
    },
    {
      when: 'a boundary that never comes',
      lines: [...MULTI, 'x'],
      then: '1 application/octet-stream',
    },
    {
      when: 'a part that ends in its header',
      lines: [...MULTI, '--b', 'Content-Type: text/html', '--b--'],
      then: ' multipart/mixed(1 text/html)',
    },
    {
      when: 'a malformed type is a file',
      lines: ['Content-Type: ../x', '', ''],
      then: '1 application/octet-stream',
    },
    {
      when: 'a multipart of no known kind',
      lines: ['Content-Type: multipart/*; boundary=b', '', '--b', '', 'x', '--b--'],
      then: ' multipart/mixed(1 text/plain)',
    },
    {
      when: 'a boundary in RFC 2231 pieces',
      lines: [
        'Content-Type: multipart/mixed; boundary*0=a; boundary*1=b',
        '',
        '--ab',
        '',
        'x',
        '--ab--',
      ],
      then: ' multipart/mixed(1 text/plain)',
    },
  ])('$when', ({ lines, then }) => {
    expect(shape(read(crlf(lines)).structure)).toBe(then);
  });

  it('gives byte ranges that cut exactly', () => {
    const raw = crlf([
      ...MULTI,
      'preamble',
      '--b',
      'X: y',
      '',
      'one',
      'two',
      '--b  ',
      '',
      '',
      '--b--',
      'epilogue',
    ]);
    const { structure } = read(raw);
    expect(
      structure.parts.map((part) => [
        raw.toString('utf8', part.headerStart, part.bodyStart),
        raw.toString('utf8', part.bodyStart, part.bodyEnd),
        part.lines,
      ]),
    ).toEqual([
      ['X: y\r\n\r\n', 'one\r\ntwo', 1],
      ['\r\n', '', 0],
    ]);
  });
});

describe('ENVELOPE and the rest', () => {
  const message = read(
    crlf([
      'Received: a',
      'Received: b',
      'From: =?iso-8859-1?q?L=E9a?= <lea@b.fr>',
      'To: "T, M" <t@b.fr>',
      'Cc: c@b.fr',
      'Subject: =?utf-8?b?w4l0w6k=?=',
      ' =?utf-8?q?_=E2=80=AEx?=',
      'Message-ID: <3@b>',
      'In-Reply-To: <2@b>',
      'References: <1@b>',
      '\t<2@b>',
      'Auto-Submitted: auto-replied',
      'Content-Type: text/html',
      '',
      '<title>no</title><p>Va &#x202E;voir <a href="HTTP://Évil.test/a b">là</a> www.b.fr.</p>',
      '',
    ]),
  );
  it('decodes', () => {
    expect(message.envelope).toMatchObject({
      subject: 'Été x',
      from: [{ name: 'Léa', address: 'lea@b.fr' }],
      to: [{ name: 'T, M', address: 't@b.fr' }],
      messageId: '<3@b>',
      inReplyTo: '<2@b>',
      date: null,
    });
    expect(message.envelope.sender).toEqual(message.envelope.from);
  });
  it('lists', () => {
    expect(message).toMatchObject({
      references: ['<1@b>', '<2@b>'],
      automatic: true,
      preview: 'Va voir là www.b.fr.',
    });
    expect(message.links.links.map((link) => new URL(link).host)).toContain('xn--vil-9la.test');
    expect(message.searchText).toContain('Léa lea@b.fr');
  });
});

it('reads all but the links where nobody asks for them', () => {
  const html = '<p>www.e.fr <img src="data:image/png;base64,AAAA"></p>';
  const raw = crlf([
    ...['Subject: www.c.fr', ...MULTI],
    ...['--b', '', 'www.d.fr'],
    ...['--b', 'Content-Type: text/html', '', html],
    ...['--b', 'Content-Type: text/plain; name=a.txt', '', 'www.g.fr', '--b--', ''],
  ]);
  const whole = readMessage(raw);
  const without = readMessage(raw, { ...ALL, linkBytes: null });
  if (whole.kind !== 'read' || without.kind !== 'read') throw new Error('it can be read');
  expect(whole.message.links.links).toHaveLength(4);
  expect(whole.message.structure.parts[1]).toMatchObject({ holdsPictures: true });
  const links = { links: [], areMore: false, filesCut: false };
  expect(without.message).toEqual({ ...whole.message, links });
});

describe('text and charsets', () => {
  it.each<{ when: string; type: string; encoding: string; body: string; then: string }>([
    {
      when: 'quoted-printable',
      type: 'text/plain; charset=utf-8',
      encoding: 'quoted-printable',
      body: 'L=C3=A9a=\r\n !  \r\nx=3',
      then: 'Léa !\nx=3',
    },
    {
      when: 'base64',
      type: 'text/plain; charset=utf-8',
      encoding: 'base64',
      body: 'TMOp\r\nYQ==',
      then: 'Léa',
    },
    {
      when: 'windows-1252 without a charset',
      type: 'text/plain',
      encoding: '8bit',
      body: 'L\xE9a \x80',
      then: 'Léa €',
    },
    {
      when: 'UTF-8 called ASCII',
      type: 'text/plain; charset=us-ascii',
      encoding: '8bit',
      body: 'L\xC3\xA9a',
      then: 'Léa',
    },
    {
      when: 'ISO-2022-JP',
      type: 'text/plain; charset=iso-2022-jp',
      encoding: '7bit',
      body: '\x1B$B4A;z\x1B(B',
      then: '漢字',
    },
    {
      when: 'UTF-7 stays as it is',
      type: 'text/plain; charset=utf-7',
      encoding: '7bit',
      body: '+ADw-script+AD4-',
      then: '+ADw-script+AD4-',
    },
    {
      when: 'an unknown charset',
      type: 'text/plain; charset=x-nothing',
      encoding: '8bit',
      body: 'L\xC3\xA9a',
      then: 'Léa',
    },
    {
      when: 'an encoded NUL',
      type: 'text/plain',
      encoding: 'quoted-printable',
      body: 'a=00b=07',
      then: 'ab',
    },
  ])('$when', ({ type, encoding, body, then }) => {
    const raw = Buffer.from(
      `Content-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`,
      'latin1',
    );
    expect(readBody(raw, read(raw).structure).text).toBe(then);
  });

  it('chooses among alternatives, and joins what is mixed', () => {
    const raw = crlf([
      ...MULTI,
      '--b',
      'Content-Type: multipart/alternative; boundary=c',
      '',
      '--c',
      '',
      'text',
      '--c',
      'Content-Type: text/html',
      '',
      '<b>html</b>',
      '--c--',
      '--b',
      '',
      'foot',
      '--b',
      'Content-Disposition: attachment; filename=a.txt',
      '',
      'file',
      '--b--',
    ]);
    const message = read(raw);
    expect(readBody(raw, message.structure)).toEqual({
      text: 'text\n\nfoot',
      html: '<b>html</b>\n<hr>\n<pre>foot</pre>',
    });
    expect(message.attachments.map(({ path, name }) => `${path} ${name}`)).toEqual(['3 a.txt']);
  });
});

describe('files', () => {
  const file = (header: string[], body = 'eA=='): ReadMessage =>
    read(
      crlf([
        ...MULTI,
        '--b',
        'Content-Type: application/octet-stream',
        'Content-Transfer-Encoding: base64',
        ...header,
        '',
        body,
        '--b--',
      ]),
    );
  it.each<{ when: string; header: string[]; then: string }>([
    {
      when: 'RFC 2231',
      header: ["Content-Disposition: attachment; filename*=utf-8''%C3%A9t%C3%A9.txt"],
      then: 'été.txt everyday',
    },
    {
      when: 'RFC 2231 pieces',
      header: [
        "Content-Disposition: attachment; filename*0*=utf-8''%C3%A9t; filename*1=e.e; filename*2=xe",
      ],
      then: 'éte.exe dangerous',
    },
    {
      when: 'encoded words',
      header: ['Content-Disposition: attachment; filename="=?utf-8?q?=C3=A9t=C3=A9.txt?="'],
      then: 'été.txt everyday',
    },
    {
      when: 'two names: the worse counts',
      header: ["Content-Disposition: attachment; filename=a.exe; filename*=utf-8''a.txt"],
      then: 'a.txt dangerous',
    },
    {
      when: 'name against filename',
      header: ['Content-Disposition: attachment; filename=a.txt', 'content-type: x/y; name=a.exe'],
      then: 'a.txt dangerous',
    },
    {
      when: 'two dispositions',
      header: [
        'Content-Disposition: attachment; filename=a.txt',
        'Content-Disposition: attachment; filename=a.exe',
      ],
      then: 'a.exe dangerous',
    },
    {
      when: 'a line end in the name',
      header: ['Content-Disposition: attachment; filename="a\\', ' b.txt"'],
      then: 'a b.txt everyday',
    },
  ])('$when', ({ header, then }) => {
    expect(file(header).attachments.map(({ name, danger }) => `${name} ${danger}`)).toEqual([then]);
  });
  it('fetches nothing for a part that says where it is: what stands there is the file', () => {
    const part = [
      '--b',
      'Content-Type: message/external-body; access-type=URL; URL="http://evil.example/jeu.exe"',
      '',
      'Content-Type: text/html',
      '',
      '',
      '--b--',
    ];
    const message = read(crlf([...MULTI, ...part]));
    expect(shape(message.structure)).toBe(' multipart/mixed(1 message/external-body)');
    expect(message.attachments.map(({ path }) => path)).toEqual(['1']);
    expect(
      decodedPart(crlf([...MULTI, ...part]), message.structure.parts[0] as Part).toString(),
    ).toBe('Content-Type: text/html\r\n\r\n');
  });
  it('makes a file of a calendar’s event, and shows none of its text', () => {
    const event = [
      '--b',
      'Content-Type: text/calendar; method=REQUEST',
      '',
      'BEGIN:VCALENDAR',
      'DESCRIPTION:<script>alert(1)</script>',
      'END:VCALENDAR',
    ];
    const raw = crlf([...MULTI, '--b', '', 'Bonjour', ...event, '--b--']);
    const message = read(raw);
    expect(readBody(raw, message.structure)).toEqual({ text: 'Bonjour', html: null });
    expect(message.attachments.map(({ path }) => path)).toEqual(['2']);
  });
  it('looks into a message in the message', () => {
    const message = read(
      crlf([
        ...MULTI,
        '--b',
        'Content-Type: message/rfc822',
        '',
        'Subject: lettre',
        'Content-Type: application/x; name=a.txt',
        '',
        'MZ',
        '--b--',
      ]),
    );
    expect(message.attachments).toMatchObject([
      { path: '1', name: 'lettre.eml', danger: 'dangerous', mediaType: 'application/octet-stream' },
    ]);
  });
});

describe('doubtful parts are given again, decoded', () => {
  const EVIL = 'X5O!-not-it';
  it.each<[string, string[]]>([
    [
      'base64 in a second encoding field',
      [
        'Content-Transfer-Encoding: 7bit',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from(EVIL).toString('base64'),
      ],
    ],
    [
      'an unknown encoding',
      ['Content-Transfer-Encoding: x-base64', '', Buffer.from(EVIL).toString('base64')],
    ],
    [
      'base64 on a multipart',
      [
        'Content-Type: multipart/mixed; boundary=b',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from(`--b\r\n\r\n${EVIL}\r\n--b--`).toString('base64'),
      ],
    ],
    [
      'data after padding',
      ['Content-Transfer-Encoding: base64', '', `QQ==${Buffer.from(EVIL).toString('base64')}`],
    ],
    [
      'UTF-16',
      [
        'Content-Type: text/plain; charset=utf-16le',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from(EVIL, 'utf16le').toString('base64'),
      ],
    ],
    [
      'uuencode',
      ['Content-Transfer-Encoding: x-uuencode', '', 'begin 644 a', '+6#5/(2UN;W0M:70', '`', 'end'],
    ],
  ])('%s', (_, lines) => {
    const raw = crlf(lines);
    const found = [...decodedParts(raw, read(raw))].some(
      (bytes) =>
        bytes.includes(EVIL) ||
        Buffer.from(bytes.toString('latin1').replace(/\0/g, '')).includes(EVIL),
    );
    expect(found).toBe(true);
  });
  it('and honest mail has none', () => {
    expect(
      read(
        crlf([
          ...MULTI,
          '--b',
          'Content-Type: text/plain; charset=utf-8',
          'Content-Transfer-Encoding: quoted-printable',
          '',
          'x',
          '--b--',
        ]),
      ).doubtful,
    ).toEqual([]);
  });
});
