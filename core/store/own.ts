import type {
  DeleteQueryBuilder,
  DeleteResult,
  Expression,
  Insertable,
  InsertQueryBuilder,
  InsertResult,
  SelectQueryBuilder,
  SelectType,
  Transaction,
  UpdateQueryBuilder,
  UpdateResult,
} from 'kysely';
import type { SchoolId } from '../ground/ids.ts';
import type { SchoolTx } from './store.ts';
import type { Database } from './tables.ts';

/** Tables whose rows are each of one school. */
type Table = {
  [T in keyof Database]: Database[T] extends { school_id: SchoolId } ? T : never;
}[keyof Database];

/** Rows that have these values: null where there is none, `anyOf` for one of several. */
type Wanted<T extends Table> = {
  readonly [C in Exclude<keyof Database[T], 'school_id'>]?:
    | SelectType<Database[T][C]>
    | Expression<SelectType<Database[T][C]>>;
};

type NewRow<T extends Table> = Omit<Insertable<Database[T]>, 'school_id'>;

/** What Kysely's queries have in common; it names their columns for one table at a time. */
interface Narrowed {
  where(column: string, operator: '=' | 'is', value: unknown): Narrowed;
}

/** Asks for rows as Kysely does, of one school alone, so that nobody has to say of which. */
class OwnRows {
  readonly #db: Transaction<Database>;
  readonly #school: SchoolId;

  constructor(db: Transaction<Database>, school: SchoolId) {
    this.#db = db;
    this.#school = school;
  }

  selectFrom<T extends Table>(
    table: T,
    wanted?: Wanted<T>,
  ): SelectQueryBuilder<Database, T, object> {
    return this.#narrow(this.#db.selectFrom<Table>(table), wanted);
  }

  updateTable<T extends Table>(
    table: T,
    wanted?: Wanted<T>,
  ): UpdateQueryBuilder<Database, T, T, UpdateResult> {
    return this.#narrow(this.#db.updateTable<Table>(table), wanted);
  }

  deleteFrom<T extends Table>(
    table: T,
    wanted?: Wanted<T>,
  ): DeleteQueryBuilder<Database, T, DeleteResult> {
    return this.#narrow(this.#db.deleteFrom<Table>(table), wanted);
  }

  insertInto<T extends Table>(
    table: T,
    rows: NewRow<T> | readonly NewRow<T>[],
  ): InsertQueryBuilder<Database, T, InsertResult> {
    const values: object[] = [rows]
      .flat()
      .map((row) => ({ school_id: this.#school, ...Object(row) }));
    return this.#typed(this.#db.insertInto<Table>(table).values(values as never));
  }

  #narrow<Query>(query: object, wanted: object = {}): Query {
    let narrowed = (query as Narrowed).where('school_id', '=', this.#school);
    for (const [column, value] of Object.entries(wanted))
      narrowed = narrowed.where(column, value === null ? 'is' : '=', value);
    return this.#typed(narrowed);
  }

  /** Kysely would have the columns known of one table; here it is of any, and the caller's. */
  #typed<Query>(query: object): Query {
    return query as Query;
  }
}

/** The rows of the school that a transaction sees. */
export const own = (tx: SchoolTx): OwnRows => new OwnRows(tx.db, tx.school);

/** The same by statements that a connection keeps prepared (`kept` of `QueryRunner`). */
export const ownKept = (tx: SchoolTx): OwnRows => new OwnRows(tx.kept, tx.school);
