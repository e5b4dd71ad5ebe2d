import confusables from 'unhomoglyph/data.json' with { type: 'json' };
import type { RandomChoices } from '../../../rules/testing/random.ts';

type Below = RandomChoices['below'];

/** How a sentence may be spelled so that it is read as before. */
interface Spelling {
  readonly name: string;
  readonly spell: (text: string, below: Below) => string;
}

const MATHEMATICAL = [0x1d400, 0x1d468, 0x1d5a0, 0x1d5d4, 0x1d63c, 0x1d670];
const CYRILLIC = pairs('аaвbсcеeнhкkмmоoрpѕsтtуyхxіiјjԁdԛqԝwгrһhпn');
const GREEK = pairs('αaβbεeηnιiκkνvοoρpτtυuχxγy');
const SMALL_CAPITALS = pairs('ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢz');
const ARABIC_NOUGHT = 0x660;
const MARKS = ['\u0336', '\u0301', '\u0332', '\u20DD'];
const NOTHING = ['\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD', '\u034F', '\u{E0061}'];
const MUCH = 15_000;

/** All look-alikes of each letter of ours that Unicode's list has. */
const LIKE = likeEach();

const letters = (text: string, spell: (letter: string) => string): string =>
  text.normalize('NFD').replace(/[a-z]/gi, spell);
const within = (text: string, sign: () => string): string =>
  text.replace(/(?<=\p{L}\p{M}*)(?=\p{L})/gu, sign);
const offset = (letter: string): number => letter.toLowerCase().charCodeAt(0) - 0x61;
const any = (below: Below, of: readonly string[]): string => of[below(of.length)] ?? '';
const alphabet =
  (by: ReadonlyMap<string, string>) =>
  (text: string): string =>
    letters(text, (letter) => by.get(letter.toLowerCase()) ?? letter);

export const SPELLINGS: readonly Spelling[] = [
  { name: 'accents apart', spell: (text) => text.normalize('NFD') },
  {
    name: 'marks on each letter',
    spell: (text, below) => letters(text, (letter) => `${letter}${any(below, MARKS)}`),
  },
  {
    name: 'nothing between letters',
    spell: (text, below) => within(text, () => any(below, NOTHING)),
  },
  { name: 'soft hyphens', spell: (text) => within(text, () => '\u00AD') },
  {
    name: 'mathematical letters',
    spell: (text, below) =>
      letters(text, (letter) => {
        const first = MATHEMATICAL[below(MATHEMATICAL.length)] ?? 0;
        return String.fromCodePoint(first + (letter < 'a' ? 0 : 26) + offset(letter));
      }),
  },
  {
    name: 'wide letters',
    spell: (text) =>
      text.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0)),
  },
  {
    name: 'letters in circles',
    spell: (text) => letters(text, (letter) => String.fromCodePoint(0x24d0 + offset(letter))),
  },
  {
    name: 'white letters on black',
    spell: (text) => letters(text, (letter) => String.fromCodePoint(0x1f150 + offset(letter))),
  },
  { name: 'Cyrillic look-alikes', spell: alphabet(CYRILLIC) },
  { name: 'Greek look-alikes', spell: alphabet(GREEK) },
  { name: 'small capitals', spell: alphabet(SMALL_CAPITALS) },
  {
    name: 'any of Unicode’s look-alikes',
    spell: (text, below) =>
      letters(text, (letter) => any(below, LIKE.get(letter.toLowerCase()) ?? [letter])),
  },
  { name: 'capital i for l', spell: (text) => text.replace(/(?<=\p{Ll})l/gu, 'I') },
  { name: 'rn for m', spell: (text) => text.replace(/m(?=[aeiou])/g, 'rn') },
  {
    name: 'digits of Arabic',
    spell: (text) =>
      text.replace(/\d/g, (digit) => String.fromCodePoint(ARABIC_NOUGHT + Number(digit))),
  },
  {
    name: 'from the right',
    spell: (text) =>
      text.replace(/[^\n]+/g, (line) => `\u202E${[...line].reverse().join('')}\u202C`),
  },
];

/** What may stand before a sentence so that nobody looks so far. */
export const BEHIND: readonly Spelling[] = [
  { name: 'behind much space', spell: (text) => `Salut.${' '.repeat(MUCH)}${text}` },
  { name: 'behind many lines', spell: (text) => `Salut.${'\r\n'.repeat(MUCH)}${text}` },
  { name: 'behind many kind signs', spell: (text) => `Salut ${'❤️'.repeat(MUCH)}. ${text}` },
];

/** Ours by look-alike, out of « look-alike, ours, look-alike, ours … ». */
function pairs(listed: string): ReadonlyMap<string, string> {
  const found = [...listed.matchAll(/(.)([a-z])/gu)];
  return new Map(found.map(([, like = '', ours = '']) => [ours, like]));
}

function likeEach(): ReadonlyMap<string, readonly string[]> {
  const found = Object.entries(confusables)
    .filter(([like]) => /^\p{L}$/u.test(like) && like > '\u007F')
    .map(([like, ours]): [string, string] => [like, ours === 'rn' ? 'm' : ours.toLowerCase()])
    // An l may be meant as an i, too: what is taken for one is no test of the other.
    .filter(([, ours]) => /^[a-km-z]$/.test(ours));
  return new Map(
    [...Map.groupBy(found, ([, ours]) => ours)].map(([ours, all]) => [
      ours,
      all.map(([like]) => like),
    ]),
  );
}
