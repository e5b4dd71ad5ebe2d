import { randomBytes } from 'node:crypto';

const SYLLABLES = [
  'ca',
  'lé',
  'mon',
  'ti',
  'ru',
  'pe',
  'sal',
  'vi',
  'dou',
  'gna',
  'fé',
  'rin',
  'chan',
  'bo',
  'que',
  'tel',
  'nou',
  'ci',
  'mar',
  'son',
];
/**
 * A person's letters draw on a few thousand words, a few of them over and over: indexes cost what
 * they cost for such text.
 */
const WORDS = Array.from(
  { length: 3_000 },
  (_, at) =>
    [at, at * 7 + 3, at * 13 + 5]
      .slice(0, 1 + (at % 3))
      .map((part, index) => SYLLABLES[Math.floor(part / 20 ** index) % 20])
      .join('') + (at % 5 === 0 ? 's' : ''),
);
/** What the header and the first and last lines of a letter take of its size, in bytes. */
const AROUND_BYTES = 520;
const LINE_BYTES = 70;
const JPEG = Buffer.from('ffd8ffe000104a46494600', 'hex');

interface LetterWish {
  readonly from: string;
  /** Of the whole letter without its attachment, in bytes. */
  readonly sizeBytes: number;
  /** Of the attached file before base64; 0 is none. */
  readonly attachmentBytes: number;
}

/**
 * A letter from outside that is never the same twice: not its header, not its text, not its
 * attachment. Give it any mark.
 */
type Letter = (mark: string) => Buffer;

/**
 * Makes the part that all letters share once, so that making one more costs hardly anything while
 * the clock runs.
 */
export function writeLetters({ from, sizeBytes, attachmentBytes }: LetterWish): Letter {
  const prose = proseOf(sizeBytes - AROUND_BYTES);
  if (attachmentBytes === 0) {
    return (mark) =>
      Buffer.from(
        `${header(from, mark)}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nLettre ${mark}.\r\n${prose}Fin ${mark}.\r\n`,
      );
  }
  const file = Buffer.from(
    randomBytes(attachmentBytes).toString('base64').replace(/.{76}/g, '$&\r\n'),
  );
  return (mark) => {
    const boundary = `b-${mark}`;
    // A photo, as far as its first bytes say. Whoever remembers files by their hash hasn't seen
    // this one.
    const first = `${Buffer.concat([JPEG, randomBytes(57 - JPEG.length)]).toString('base64')}\r\n`;
    return Buffer.concat([
      Buffer.from(
        `${header(from, mark)}Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n--${boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nLettre ${mark}.\r\n${prose}\r\n` +
          `--${boundary}\r\nContent-Type: image/jpeg; name="photo.jpg"\r\nContent-Disposition: attachment; filename="photo.jpg"\r\nContent-Transfer-Encoding: base64\r\n\r\n${first}`,
      ),
      file,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
  };
}

function header(from: string, mark: string): string {
  return (
    `Received: from a.ext.test (a.ext.test [192.0.2.7]) by b.ext.test with ESMTPS id ${mark}\r\nMessage-ID: <${mark}@ext.test>\r\nDate: ${new Date().toUTCString().replace('GMT', '+0000')}\r\n` +
    `From: "Classe verte" <${from}>\r\nTo: "La classe" <classe@ext.test>\r\nSubject: Nouvelles ${mark}\r\nMIME-Version: 1.0\r\n`
  );
}

function proseOf(bytes: number): string {
  let text = '';
  let line = '';
  for (
    let at = 1;
    text.length + line.length < bytes;
    at = (at * 1_103_515_245 + 12_345) & 0x7f_ff_ff_ff
  ) {
    // The n-th word about as often as 1/n (Zipf).
    line += `${WORDS[Math.floor(WORDS.length ** ((at >> 8) / 0x80_00_00)) - 1]} `;
    if (line.length > LINE_BYTES) {
      text += `${line.trimEnd()}\r\n`;
      line = '';
    }
  }
  return `${text}${line.trimEnd()}\r\n`;
}
