/**
 * Reads the tables of threats in `core/decisions/0028-threats.md`, for the test that holds every row to a test.
 *
 * A row is `| attack | answer | held by | open |`. What holds it stands one a line, parted by `<br>`:
 * a path, `›` and a title in quotes, as the source has it, with the groups it stands in before it where the
 * title alone is there more than once; behind it, where a table of cases has the title, `of` and the cases.
 */

/** A test or a transcript that holds a row. */
export interface Holder {
  readonly path: string;
  readonly title: string;
  /** Cases of a test that has many, by the words that name them in its source. */
  readonly cases: readonly string[];
}

export interface ThreatRow {
  readonly line: number;
  readonly section: string;
  readonly attack: string;
  readonly answer: string;
  readonly heldBy: readonly Holder[];
  /** What of it nothing holds; empty where all is held. */
  readonly open: string;
}

export interface ThreatTables {
  readonly rows: readonly ThreatRow[];
  /** What can't be read, each a sentence with its line. */
  readonly faults: readonly string[];
}

const COLUMNS = ['attack', 'answer', 'held by', 'open'] as const;
const HOLDER = /^`([^`]+)` › "(.+?)"(?: of ("[^"]+"(?:, "[^"]+")*))?$/;

/** All rows of all tables of the page; what stands in a comment is no row yet. */
export function readThreats(page: string): ThreatTables {
  const rows: ThreatRow[] = [];
  const faults: string[] = [];
  let section = '';
  for (const [at, text] of withoutHtmlComments(page).split('\n').entries()) {
    if (text.startsWith('## ')) section = text.slice(3);
    if (!text.startsWith('|') || /^\|[\s:|-]+\|$/.test(text)) continue;
    const cells = cellsOf(text);
    if (cells.join() === COLUMNS.join()) continue;
    const row = rowOf(cells, { line: at + 1, section });
    if (typeof row === 'string') faults.push(row);
    else rows.push(row);
  }
  return { rows, faults };
}

function rowOf(cells: readonly string[], { line, section }: Pick<ThreatRow, 'line' | 'section'>): ThreatRow | string {
  const [attack = '', answer = '', heldBy = '', open = ''] = cells;
  if (cells.length !== COLUMNS.length) {
    return `line ${line}: a row has the ${COLUMNS.length} columns ${COLUMNS.join(', ')}, this one has ${cells.length}; a | in a title is written \\|`;
  }
  if (attack === '' || answer === '') return `line ${line}: a row says what the attack is and what is the answer`;
  const holders: Holder[] = [];
  for (const one of heldBy === '' ? [] : heldBy.split('<br>')) {
    const [, path, title, cases = ''] = HOLDER.exec(one.trim()) ?? [];
    if (path === undefined || title === undefined) return `line ${line}: ${one.trim()} is no \`path\` › "title"`;
    holders.push({ path, title, cases: [...cases.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name) });
  }
  return { line, section, attack, answer, heldBy: holders, open };
}

function cellsOf(row: string): string[] {
  return row.replace(/^\||\|\s*$/g, '').split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** The same lines, with comments blanked. */
function withoutHtmlComments(page: string): string {
  return page.replace(/<!--[^]*?-->/g, (comment) => comment.replace(/[^\n]/g, ''));
}
