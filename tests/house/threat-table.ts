/**
 * Reads the tables of threats in `core/decisions/0028-threats.md`, for the test that holds every
 * row to a test.
 *
 * A row is `| number | attack | answer | open |`. Below its table, what holds it stands under its
 * number:
 *
 *     - W3
 *       - `path/to/a.test.ts` › "title as the source has it" of "a case", "another case"
 *
 * The groups that a title stands in come before it, by `›`, where the title alone is there more
 * than once; cases are named where a table of cases has the title and not all of it is meant.
 */

/** A test or a transcript that holds a row. */
export interface Holder {
  readonly path: string;
  readonly title: string;
  /** Cases of a test that has many, by the words that name them in its source. */
  readonly cases: readonly string[];
}

interface ThreatRow {
  readonly number: string;
  readonly attack: string;
  readonly answer: string;
  /** Nothing holds this part of it; empty where all is held. */
  readonly open: string;
  readonly heldBy: readonly Holder[];
}

interface ThreatTables {
  readonly rows: readonly ThreatRow[];
  /** What can't be read, each a sentence with its line. */
  readonly faults: readonly string[];
}

const COLUMNS = ['no.', 'attack', 'answer', 'open'] as const;
const NUMBER = /^[A-Z]\d+$/;
const HOLDER = /^`([^`]+)` › "(.+?)"(?: of ("[^"]+"(?:, "[^"]+")*))?$/;

/** All rows of all tables of the page; what stands in a comment is no row yet. */
export function readThreats(page: string): ThreatTables {
  const rows = new Map<string, ThreatRow>();
  const holders = new Map<string, Holder[]>();
  const faults: string[] = [];
  let under = '';
  for (const [at, text] of withoutHtmlComments(page).split('\n').entries()) {
    const fault = readLine(text);
    if (fault !== null) faults.push(`line ${at + 1}: ${fault}`);
  }
  for (const number of holders.keys())
    if (!rows.has(number)) faults.push(`tests stand under ${number}, and no row has that number`);
  return {
    rows: [...rows.values()].map((row) => ({ ...row, heldBy: holders.get(row.number) ?? [] })),
    faults,
  };

  function readLine(text: string): string | null {
    if (text.startsWith('|')) return readRow(text);
    if (text.startsWith('- ')) {
      under = text.slice(2).trim();
      if (!NUMBER.test(under) || holders.has(under))
        return `${under} is no number of a row, or is there twice`;
      holders.set(under, []);
    }
    if (!text.startsWith('  - ')) return null;
    const holder = holderIn(text.slice(4).trim());
    if (holder === null) return `${text.slice(4)} is no \`path\` › "title"`;
    holders.get(under)?.push(holder);
    return null;
  }

  function readRow(text: string): string | null {
    const cells = text
      .replace(/^\||\|\s*$/g, '')
      .split('|')
      .map((cell) => cell.trim());
    if (/^\|[\s:|-]+\|$/.test(text) || cells.join() === COLUMNS.join()) return null;
    if (cells.length !== COLUMNS.length)
      return `a row has the ${COLUMNS.length} columns ${COLUMNS.join(', ')}, this one has ${cells.length}`;
    const [number = '', attack = '', answer = '', open = ''] = cells;
    if (!NUMBER.test(number) || rows.has(number))
      return `a row has a number of its own, a letter and digits; this one has « ${number} »`;
    if (attack === '' || answer === '')
      return `${number} doesn’t say what the attack is, or not what is the answer`;
    rows.set(number, { number, attack, answer, open, heldBy: [] });
    return null;
  }
}

function holderIn(text: string): Holder | null {
  const [, path, title, cases = ''] = HOLDER.exec(text) ?? [];
  if (path === undefined || title === undefined) return null;
  return { path, title, cases: [...cases.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name) };
}

/** The same lines, with comments blanked. */
function withoutHtmlComments(page: string): string {
  return page.replace(/<!--[^]*?-->/g, (comment) => comment.replace(/[^\n]/g, ''));
}
