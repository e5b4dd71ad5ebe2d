import { expect, it } from 'vitest';
import { asData } from './data.ts';

const END = '\r\n.\r\n';

/** What a server reads that knows CRLF alone (RFC 5321 §4.5.2), and what it is left with. */
function read(said: string): { readonly text: string; readonly left: string } {
  // the line end before the first line is that of DATA
  const all = `\r\n${said}`;
  const end = all.indexOf(END);
  return { text: all.slice(2, end + 2).replace(/^\./gm, ''), left: all.slice(end + END.length) };
}

function* textsOf(letters: readonly string[], length: number): Generator<string> {
  if (length === 0) return yield '';
  for (const text of textsOf(letters, length - 1))
    for (const letter of letters) yield `${text}${letter}`;
}

it.each([0, 1, 2, 3, 4, 5, 6])(
  'a message of any %d bytes is one message, and all of it',
  (length) => {
    for (const text of textsOf(['\r', '\n', '.', 'é'], length)) {
      const said = asData(Buffer.from(text, 'latin1')).toString('latin1');
      const lines = text.split(/\r\n|\r|\n/);
      const whole = lines.at(-1) === '' && lines.length > 1 ? lines : [...lines, ''];
      expect(read(said), JSON.stringify(text)).toEqual({ text: whole.join('\r\n'), left: '' });
      expect(said.replaceAll('\r\n', ''), JSON.stringify(text)).not.toMatch(/[\r\n]/);
    }
  },
);
