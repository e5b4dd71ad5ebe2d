import type { ColumnMapping } from '../../core/roster/reading/contract.ts';

/** What the command was asked. */
export interface RosterOrder {
  /** A file or a folder; with `all`, a folder of folders named by school. */
  readonly path: string;
  readonly schools: { readonly kind: 'one'; readonly slug: string } | { readonly kind: 'all' };
  readonly year: string;
  readonly act: 'dry-run' | 'apply';
  readonly retyped: number | null;
  readonly arrivals: number | null;
  readonly decisions: Readonly<Record<string, string>>;
  /** Which column of a table of no known header is what; null takes what the school used last. */
  readonly columns: ColumnMapping | null;
  /** Where the report goes, a `.csv` or a `.pdf`; null: nowhere. */
  readonly report: string | null;
  /** Where the codes of those without a way in go, as sheets; null: no codes are made. */
  readonly sheets: {
    readonly folder: string;
    /** Where the pages are seen from, as it stands on paper. */
    readonly webAddress: string;
  } | null;
}
