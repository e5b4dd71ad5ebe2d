import type { StrangersReader } from './reader.ts';

/** A text of about so many characters that begins the same thing again and again. */
export interface Attack {
  readonly name: string;
  of(characters: number): string;
}

const PRINTABLE = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at));
const WHITE = ['\t', '\n', '\r\n', '\r\n ', '\0'];
/** As characters of Latin-1, so that readers of bytes get them too. */
const BEYOND_ASCII = ['é', '\u00ad', '\u00a0', '\u00cc\u0081', '\u00e2\u0080\u008b', '\u0085'];
/** Pairs and starts of every grammar that is read here. */
const STARTS = words(`
  a. a@ a, a; a: a/ a= .a @a (a a) "a \\" \\( () (( [] [a] [a <> <a <a> <a@b> , =? =?a?q? =?utf-8?q?a?=
  =?utf-8?b?YQ==?= %41 %25 &amp; &# &#x41; &a; // http:// https://a http:a. www. www.a a.fr, -- /* */ *0=a
  a*0*=%41; ::$ .: :. re: re:[a] [a]re: 1. 1, 0x {0} {{ }} \\u $( ^a ~a |a`).concat(
  ' a',
  'a ',
  '. ',
  ' .',
  ' :',
  ': ',
  ', ',
  '( ',
  ' )',
  '\n>',
  '> ',
  '\n\n',
  ' \n',
  '\n ',
  '-\n',
);
/** What stands behind a repetition, so that whatever looks for its end doesn't find it. */
export const TAIL = '\u0001!.a';
export const TAILS: readonly string[] = ['', '.a', '\u0001!'];

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** Every attack on a reader, with each of these tails. */
export function* attacksOn(
  { units = [], around = ['', ''] }: StrangersReader,
  tails: readonly string[],
): Generator<Attack> {
  const [before, after] = around;
  for (const unit of new Set([...units, ...PRINTABLE, ...WHITE, ...BEYOND_ASCII, ...STARTS]))
    for (const tail of tails)
      yield {
        name: JSON.stringify(`${unit}…${tail}`),
        of: (characters) =>
          `${before}${unit.repeat(Math.ceil(characters / unit.length))}${tail}${after}`,
      };
}
