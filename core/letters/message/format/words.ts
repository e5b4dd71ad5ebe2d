/**
 * The little formatting that an adult's letter may have: bold, italic, two kinds of list, links, a
 * picture in the text, and nothing else. It is data and no markup: whoever shows it makes their own
 * markup of it, so that nothing that somebody wrote or pasted can be any.
 */

/** Some words of a line, alike throughout. */
export interface Words {
  readonly kind: 'words';
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  /** Where they lead: an address of the web, or `mailto:`; null where they don't. */
  readonly link: string | null;
}

/** A file of the letter, by its Content-ID (RFC 2392), shown in the text. */
interface Picture {
  readonly kind: 'picture';
  readonly contentId: string;
  /** What it shows, for who doesn't see it. */
  readonly says: string;
  /** How wide it is to be shown, in pixels of CSS, where it is wider itself; null: as it is. */
  readonly width: number | null;
}

/** A picture is shown no wider: it fits beside the lists of mail programs. */
export const WIDEST_PICTURE = 600;

export type Run = Words | Picture;

/** A line without a run is an empty one. */
export type Block =
  | { readonly kind: 'line'; readonly runs: readonly Run[] }
  | {
      readonly kind: 'list';
      readonly isNumbered: boolean;
      readonly items: readonly (readonly Run[])[];
    };

/** A letter's words from top to bottom. */
export type FormattedText = readonly Block[];

/** Whether anything of it would be lost in plain text. */
export function isFormatted(text: FormattedText): boolean {
  return text.some(
    (block) =>
      block.kind === 'list' ||
      block.runs.some(
        (run) => run.kind === 'picture' || run.bold || run.italic || run.link !== null,
      ),
  );
}

/** The line by which mail programs know a signature (RFC 3676 §4.3): its space is kept. */
const SIGNED = '--\u00a0';

/** No space ends a line, but that of the one above a signature. */
export const trimmedEnd = (line: string): string =>
  /^--[ \u00a0]$/.test(line) ? SIGNED : line.trimEnd();

/** A line whose spaces HTML shows as they are. */
export const keptSpaces = (line: string): string =>
  line.replaceAll('\t', '    ').replace(/^ | (?= )/g, '\u00a0');

/** Plain lines, with no formatting; several spaces stay several (U+00A0). */
export function linesOf(plain: string): FormattedText {
  return plain.split(/\r\n?|\n/).map((line) => {
    const text = trimmedEnd(line)
      .replaceAll('\t', '    ')
      .replace(/^ | (?= )/g, '\u00a0');
    return { kind: 'line', runs: text === '' ? [] : [plainWords(text)] };
  });
}

/**
 * The same as plain text, LF between lines, that reads well by itself: an item begins with a dash
 * or its number, what follows a list stands apart from it, a link has its address behind it in
 * angle brackets (RFC 3986 appendix C), which no program takes for a part of it. A picture has its
 * words, or « image », the same in both languages, so that who sees none knows of one. What is bold
 * has no sign: stars are read aloud as stars.
 */
export function plainOf(text: FormattedText): string {
  return text.flatMap(plainLines).join('\n');
}

/** The plain lines of a block, with the empty one that parts it from a list above. */
function plainLines(block: Block, at: number, text: FormattedText): string[] {
  const isBelowList = text[at - 1]?.kind === 'list';
  if (block.kind === 'line')
    return [...(isBelowList && block.runs.length > 0 ? [''] : []), plainRuns(block.runs)];
  const items = block.items.map(
    (runs, each) => `${block.isNumbered ? `${each + 1}.` : '-'} ${plainRuns(runs)}`,
  );
  return isBelowList ? ['', ...items] : items;
}

/** Without the empty lines above and below. */
export function withoutEmptyEnds(text: FormattedText): FormattedText {
  const isSaid = (block: Block): boolean => block.kind === 'list' || block.runs.length > 0;
  return text.slice(text.findIndex(isSaid), text.findLastIndex(isSaid) + 1);
}

/** What makes the first so many lines of its plain text. */
export function firstLines(text: FormattedText, lines: number): FormattedText {
  let left = lines;
  return text.filter((block, at) => {
    const isFirst = left > 0;
    left -= plainLines(block, at, text).length;
    return isFirst;
  });
}

/** With the words of its pictures in their places, for where no file goes with it. */
export function withoutPictures(text: FormattedText): FormattedText {
  const said = (runs: readonly Run[]): readonly Run[] =>
    runs.flatMap((run) =>
      run.kind === 'picture' ? (run.says === '' ? [] : [plainWords(`[${run.says}]`)]) : [run],
    );
  return eachLine(text, said);
}

const plainWords = (text: string): Words => ({
  kind: 'words',
  text,
  bold: false,
  italic: false,
  link: null,
});

/**
 * With each picture no wider than one may be: mail programs show a photo of a phone as wide as it
 * is. `widthOf` says how wide the one of a Content-ID is; null for what isn't known.
 */
export function fitted(
  text: FormattedText,
  widthOf: (contentId: string) => number | null,
): FormattedText {
  const fits = (runs: readonly Run[]): readonly Run[] =>
    runs.map((run) => {
      if (run.kind !== 'picture') return run;
      const isWide = (widthOf(run.contentId) ?? 0) > WIDEST_PICTURE;
      return { ...run, width: isWide ? WIDEST_PICTURE : null };
    });
  return eachLine(text, fits);
}

/** With the runs of each line and each item as `of` gives them. */
const eachLine = (
  text: FormattedText,
  of: (runs: readonly Run[]) => readonly Run[],
): FormattedText =>
  text.map((block) =>
    block.kind === 'line'
      ? { ...block, runs: of(block.runs) }
      : { ...block, items: block.items.map(of) },
  );

/** The pictures that stand in it, by their Content-IDs. */
export function picturesIn(text: FormattedText): ReadonlySet<string> {
  const runs = text.flatMap((block) => (block.kind === 'line' ? block.runs : block.items.flat()));
  return new Set(runs.flatMap((run) => (run.kind === 'picture' ? [run.contentId] : [])));
}

function plainRuns(runs: readonly Run[]): string {
  const line = runs
    .map((run, at) => {
      if (run.kind === 'picture') return `[${run.says || 'image'}]`;
      const next = runs[at + 1];
      const isEnd = next?.kind !== 'words' || next.link !== run.link;
      return run.link === null || !isEnd ? run.text : `${run.text}${behind(run.link, runs, at)}`;
    })
    .join('');
  return line === SIGNED ? '-- ' : line.trimEnd();
}

/** The address behind words that don't say it themselves. */
function behind(link: string, runs: readonly Run[], end: number): string {
  let words = '';
  for (let at = end; at >= 0; at -= 1) {
    const run = runs[at];
    if (run?.kind !== 'words' || run.link !== link) break;
    words = run.text + words;
  }
  const bare = (address: string): string =>
    address.replace(/^(?:https?:\/\/|mailto:)/, '').replace(/\/$/, '');
  return bare(words.trim()) === bare(link) ? '' : ` <${link.replace(/^mailto:/, '')}>`;
}
