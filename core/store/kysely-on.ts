import {
  DefaultQueryExecutor,
  DummyDriver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  Transaction,
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
} from 'kysely';
import { rowsOf, type StatementResult, type Statement } from './pipeline.ts';
import { keptStatement, statementOf } from './prepared.ts';
import type { Database } from './tables.ts';

/** What says how many rows it touched. */
const COUNTING: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

const ADAPTER = new PostgresAdapter();
const COMPILER = new PostgresQueryCompiler();
/** Kysely wants one, and asks nothing of it where an executor has its own connection. */
const DRIVER = new DummyDriver();
const DIALECT = {
  createAdapter: () => ADAPTER,
  createDriver: () => DRIVER,
  createIntrospector: (db: ConstructorParameters<typeof PostgresIntrospector>[0]) =>
    new PostgresIntrospector(db),
  createQueryCompiler: () => COMPILER,
};

/** What builds statements and asks each of them; it begins and ends nothing. */
export interface QueryRunner {
  readonly db: Transaction<Database>;
  /**
   * The same for what is asked every day, in few shapes: a connection keeps it prepared, and
   * neither reads nor plans it anew.
   */
  readonly kept: Transaction<Database>;
}

/** Each statement is asked by `ask`. */
export function askingBy(ask: (statement: Statement) => Promise<StatementResult>): QueryRunner {
  return {
    db: kyselyOn((query) => ask(statementOf(query))),
    kept: kyselyOn(({ sql, parameters }) => ask(keptStatement(sql, parameters))),
  };
}

function kyselyOn(ask: (query: CompiledQuery) => Promise<StatementResult>): Transaction<Database> {
  const connection: DatabaseConnection = {
    executeQuery: async <Row>(query: CompiledQuery) => resultOf<Row>(await ask(query)),
    streamQuery: () => {
      throw new Error('nobody here has a cursor');
    },
  };
  const executor = new DefaultQueryExecutor(COMPILER, ADAPTER, {
    provideConnection: (consumer) => consumer(connection),
  });
  return new Transaction<Database>({
    config: { dialect: DIALECT },
    dialect: DIALECT,
    driver: DRIVER,
    executor,
  });
}

function resultOf<Row>({ command, rowCount, rows }: StatementResult): QueryResult<Row> {
  const result = { rows: rowsOf<Row>({ rows }) };
  return COUNTING.has(command) ? { ...result, numAffectedRows: BigInt(rowCount ?? 0) } : result;
}
