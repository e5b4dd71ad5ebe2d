/** A bare CR, a bare LF, a dot that begins a line. Most messages have none of them. */
const NOT_SAYABLE = /\r(?!\n)|(?<!\r)\n|(?<![^\n])\./;
const LF = 0x0a;
const END = Buffer.from('\r\n.\r\n');

/**
 * A message as it follows 354, its end too: CRLF for each bare CR or LF, so that nobody takes one
 * of them for the end of the data, and a further dot before each that begins a line (RFC 5321
 * §2.3.8, §4.5.2).
 */
export function asData(raw: Buffer): Buffer {
  const text = raw.toString('latin1');
  const said = NOT_SAYABLE.test(text) ? Buffer.from(mended(text), 'latin1') : raw;
  return Buffer.concat([said, said.at(-1) === LF ? END.subarray(2) : END]);
}

const mended = (text: string): string =>
  text.replace(/\r\n|\r|\n/g, '\r\n').replace(/^\.|\n\./g, '$&.');
