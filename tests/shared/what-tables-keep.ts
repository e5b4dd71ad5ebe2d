import { isKeyOf } from '../../core/ground/keys.ts';
import { READERS } from '../../core/store/reckoning/readers.ts';

/** What a table says of itself, by the last line of its comment: « kind | keeps | of whom ». */
interface TableKeeps {
  /** What stands before that line: a sentence for whoever reads its columns. */
  readonly sentence: string | null;
  /** A kind of `READERS`, which knows who comes to such things. */
  readonly kind: keyof typeof READERS;
  /** For the town's register, in French. */
  readonly keeps: string;
  readonly whom: string;
}

/** Throws where it says nothing: no table goes without its line in the register. */
export function whatTableKeeps(table: string, comment: string | null): TableKeeps {
  const [last = '', ...before] = (comment ?? '').split('\n').toReversed();
  const [kind = '', keeps = '', whom = ''] = last.split(' | ');
  if (whom === '' || !isKeyOf(READERS, kind))
    throw new Error(
      `the last line of the comment on table ${table} says « kind | keeps | of whom », by a kind of READERS`,
    );
  return { sentence: before.toReversed().join(' ') || null, kind, keeps, whom };
}

/** The chapters of the register’s tables, by kinds of `READERS`. */
const CHAPTERS = {
  letters: 'Messages',
  mailboxes: 'Boîtes',
  roster: 'Personnes, classes et liens',
  papers: 'Papiers à signer',
  boards: 'Panneaux',
  walls: 'Murs',
  cupboards: 'Casiers et boîtes à rendre',
  weeks: 'Semaines',
  evidence: 'Signalements',
  own: 'Ce qui est à chacun',
  adults: 'Travail des adultes, journaux, listes',
  town: 'La ville et le service',
} as const satisfies Readonly<Record<keyof typeof READERS, string>>;

const TABLES_BEGIN = '« Personnes » dit de qui la table parle.\n';
const TABLES_END = '\n## Et sur le disque';

/** The register with what the tables of a schema (`schema.sql`) say of themselves. */
export function registerWith(register: string, schema: string): string {
  const tables = [...schema.matchAll(/^create table (\w+)/gm)].map(([, table = '']) => ({
    table,
    ...whatTableKeeps(table, commentIn(schema, table)),
  }));
  const chapters = Object.entries(CHAPTERS).map(([of, title]) => {
    const rows = tables
      .filter(({ kind }) => kind === of)
      .map(({ table, keeps, whom }) => `| \`${table}\` | ${keeps} | ${whom} |`);
    return `\n### ${title}\n\n| Table | Ce qu’elle garde | Personnes |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  const ofSchools = schema.match(/force row level security/g)?.length ?? 0;
  const [before = '', rest = ''] = register.split(TABLES_BEGIN);
  const after = rest.slice(rest.indexOf(TABLES_END));
  return `${before.replace(/\d+ tables d’école/, `${ofSchools} tables d’école`)}${TABLES_BEGIN}${chapters.join('')}${after}`;
}

function commentIn(schema: string, table: string): string | null {
  const found = new RegExp(`^comment on table ${table} is '((?:[^']|'')*)';`, 'm').exec(schema);
  return found?.[1]?.replaceAll("''", "'") ?? null;
}
