/**
 * How those ask who only read: without beginning or ending a transaction. What goes out with one
 * Sync is a transaction by itself (PostgreSQL's manual, 53.2.4), and nothing lasts between two
 * statements of a reader: READ COMMITTED shows each of them a moment of its own anyway (13.2.1). So
 * a statement takes along what confines it, in one write, and what is asked side by side goes out
 * together; half of what a page said to the database was beginnings and ends.
 */
import type pg from 'pg';
import type { SchoolId } from '../ground/ids.ts';
import { askingBy, type QueryRunner } from './kysely-on.ts';
import type { Statement } from './pipeline.ts';
import { keptStatement } from './prepared.ts';
import { openSideBySide } from './side-by-side.ts';

/** Hands out what reads; it may be kept and used at any time, one statement after the other. */
export interface StoreReader {
  /** Sees one school. */
  ofSchool(school: SchoolId): QueryRunner;
  /** The same, and what it asks goes out with nobody else's. */
  aside(school: SchoolId): QueryRunner;
  /** Sees the platform's tables and the school that `in` named last. */
  ofTown(): { readonly asking: QueryRunner; in(school: SchoolId): void };
}

/** Readers that are kept: a cookie names any school, also those that no town has. */
const MOST_SCHOOLS = 1_000;

/**
 * Without it a reader could write, and what goes out with others would be confined as they are: the
 * empty school is none.
 */
const CONFINING =
  "select set_config('transaction_read_only', 'on', true), set_config('preau.school', $1, true)";

/** Readers on the connections of a pool. */
export function openReading(pool: pg.Pool): StoreReader {
  const withOthers = openSideBySide(pool);
  const readerOn = (confining: () => Statement, ask = withOthers): QueryRunner =>
    askingBy((statement) => ask(confining(), statement));
  const inNoSchool = keptStatement(CONFINING, ['']);
  const ofSchools = new Map<SchoolId, SchoolReader>();
  const readerIn = (school: SchoolId): SchoolReader => {
    const known = ofSchools.get(school);
    if (known) return known;
    const confining = keptStatement(CONFINING, [String(school)]);
    const made = { confining, asking: readerOn(() => confining) };
    if (ofSchools.size < MOST_SCHOOLS) ofSchools.set(school, made);
    return made;
  };
  return {
    ofSchool: (school) => readerIn(school).asking,
    aside(school) {
      const { confining } = readerIn(school);
      return readerOn(() => confining, openSideBySide(pool));
    },
    ofTown() {
      let confining = inNoSchool;
      return {
        asking: readerOn(() => confining),
        in(school) {
          confining = readerIn(school).confining;
        },
      };
    },
  };
}

interface SchoolReader {
  readonly confining: Statement;
  readonly asking: QueryRunner;
}
