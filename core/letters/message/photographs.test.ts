import { describe, expect, it } from 'vitest';
import { BODY_CHARACTERS } from './limits.ts';
import { hasPhotograph } from './photographs.ts';
import { crlf, read } from './testing/by-lines.ts';

const KEY = Buffer.alloc(32);
const isPhotograph = (lines: readonly string[]): boolean => hasPhotograph(read(crlf(lines)), KEY);
const html = (body: string): readonly string[] => ['Content-Type: text/html', '', body];

describe('a picture that stands in a formatted text is a photograph', () => {
  it.each([
    { where: 'as a picture', body: '<img src="data:image/jpeg;base64,/9j/4AAQ">' },
    { where: 'of any type', body: '<img src="data:;base64,/9j/4AAQ">' },
    { where: 'in capitals', body: '<IMG SRC=DATA:image/jpeg;base64,/9j/4AAQ>' },
    {
      where: 'with line ends in its scheme',
      body: '<img src=" d\r\na\tta:image/jpeg;base64,/9j">',
    },
    { where: 'in entities', body: '<img src="&#100;ata:image/jpeg;base64,/9j/4AAQ">' },
    { where: 'as one of several', body: '<img srcset="a.png 1x, data:image/jpeg;base64,/9j 2x">' },
    { where: 'behind a cell', body: '<td background="data:image/jpeg;base64,/9j/4AAQ">x</td>' },
    { where: 'in a style', body: '<p style="background:url(data:image/jpeg;base64,/9j)">x</p>' },
    { where: 'in a sheet', body: '<style>p{background:url("data:image/jpeg;base64,/9j")}</style>' },
    {
      where: 'deeper than is read',
      body: `${'<b>'.repeat(5_000)}<img src="data:image/jpeg;base64,/9j">`,
    },
    {
      where: 'behind what is read',
      body: `${'x'.repeat(1_000)}\r\n`.repeat(BODY_CHARACTERS / 1_000),
    },
  ])('$where', ({ body }) => expect(isPhotograph(html(body))).toBe(true));

  it('in an alternative that we don’t show, and in a message in the message', () => {
    const picture = html('<img src="data:image/jpeg;base64,/9j/4AAQ">');
    const plain = ['--b', 'Content-Type: text/plain', '', 'Bonjour', '--b'];
    const alternative = ['Content-Type: multipart/alternative; boundary=b', '', ...plain];
    expect(isPhotograph([...alternative, ...picture, '--b', ...html('x'), '--b--'])).toBe(true);
    expect(isPhotograph(['Content-Type: message/rfc822', '', 'Subject: x', ...picture])).toBe(true);
  });

  it.each([
    { what: 'a picture from elsewhere', body: '<img src="https://a.example/data:x.jpg">' },
    { what: 'a word', body: '<p title="data:x">data:image/jpeg;base64,/9j/4AAQ</p>' },
    { what: 'a sheet of colours', body: '<style>p{color:red}</style><p>x</p>' },
  ])('$what is none', ({ body }) => expect(isPhotograph(html(body))).toBe(false));

  it('nor is what stands in a plain text', () =>
    expect(isPhotograph(['', '<img src="data:image/jpeg;base64,/9j/4AAQ">'])).toBe(false));
});
