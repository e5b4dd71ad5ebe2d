/** What is said in one breath: a sentence, or a part of one. */
export const PIECE_CHARACTERS = 220;
/** Of a letter so much is read aloud: some ten minutes. */
const LETTER_PIECES = 60;
/** What is looked at for them: pieces are shorter than they may be, and some have no word. */
const LOOKED_AT_CHARACTERS = 4 * LETTER_PIECES * PIECE_CHARACTERS;

/** A sentence ends, and white space follows; what closes it stays with it. */
const SENTENCE_END = /([.!?…][»”"')\]]*)\s+/gu;
const HAS_WORD = /[\p{L}\p{N}]/u;

/** A part of a text, as it is shown; `piece` is its number among those that are read aloud. */
interface Chunk {
  readonly text: string;
  /** Null for what isn't said: it has no word, or comes after what is read of a letter. */
  readonly piece: number | null;
}

/** The beginning of a text, to a space: enough for all that is said of it. */
export function heardPart(text: string): string {
  if (text.length <= LOOKED_AT_CHARACTERS) return text;
  const end = text.lastIndexOf(' ', LOOKED_AT_CHARACTERS);
  return text.slice(0, end > 0 ? end : LOOKED_AT_CHARACTERS);
}

/**
 * A text in the parts in which it is read aloud: sentences, the long ones in several. Each is said
 * by itself, so that the first is heard at once however long the letter is. `first` is the number
 * of its first piece. Of a long letter the `heardPart` is given.
 */
export function chunksOf(text: string, first = 0): readonly Chunk[] {
  let next = first;
  return text
    .replace(SENTENCE_END, '$1\n')
    .split(/\n+/)
    .flatMap((sentence) => [...inBreaths(onOneLine(sentence))])
    .map((part) => {
      if (!HAS_WORD.test(part) || next >= LETTER_PIECES) return { text: part, piece: null };
      next += 1;
      return { text: part, piece: next - 1 };
    });
}

const onOneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

/** Those parts of a letter that are read aloud, by their numbers. */
export function piecesOf(text: string): readonly string[] {
  return chunksOf(heardPart(text)).flatMap((one) => (one.piece === null ? [] : [one.text]));
}

/** The words of a piece, as a page marks them: what stands between spaces and has a letter. */
export function wordsOf(piece: string): readonly string[] {
  return piece.split(/\s+/u).filter((word) => HAS_WORD.test(word));
}

/** A long sentence in parts that end after a comma, or else between two words. */
function* inBreaths(sentence: string): Generator<string> {
  let rest = sentence;
  while (rest.length > PIECE_CHARACTERS) {
    const head = rest.slice(0, PIECE_CHARACTERS);
    const pause = Math.max(...[', ', ' ; ', ' : '].map((mark) => head.lastIndexOf(mark))) + 1;
    const end =
      [pause, head.lastIndexOf(' ')].find((at) => at > PIECE_CHARACTERS / 3) ?? PIECE_CHARACTERS;
    yield rest.slice(0, end).trim();
    rest = rest.slice(end).trim();
  }
  if (rest !== '') yield rest;
}
