import pg from 'pg';
import { bindInPieces, type Binding } from './large-values.ts';

/** One statement of several that go out together. A connection keeps those with a name prepared. */
export interface Statement {
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What the driver makes of an answer. */
export interface StatementResult {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: readonly unknown[];
}

/** Its rows: what their columns are, the statement says. */
export const rowsOf = <Row>({ rows }: Pick<StatementResult, 'rows'>): Row[] => rows as Row[];

/**
 * The part of the driver's query that its types leave out: what it does with each word of the
 * server's.
 */
interface Query {
  name?: string | undefined;
  queryMode: 'extended';
  readonly text: string;
  readonly _result: { _types: unknown } & Columns;
  _accumulateRows?: boolean;
  submit(connection: Connection): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleEmptyQuery(connection: Connection): void;
  handlePortalSuspended(connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
  handleError(error: Error, connection: Connection): void;
}

/** What the columns of an answer are, as the driver has made it of what the server says of them. */
interface Columns {
  fields: unknown;
  _parsers: unknown;
  _prebuiltEmptyResultObject: unknown;
}

interface Connection {
  readonly stream: { cork(): void; uncork(): void };
  readonly submittedNamedStatements: Record<string, string>;
  bind(binding: Binding): void;
  sync(): void;
  _send(bytes: Buffer): boolean;
}

/**
 * Given its callback when it is made: with one that is set afterwards V8 keeps the query and all
 * that its answer holds until it collects the whole heap (measured: 3 kB an exchange, and 0.1).
 */
const DriversQuery = pg.Query as typeof pg.Query &
  (new (
    text: string,
    values: unknown[],
    callback: (error: Error | null, answer?: StatementResult) => void,
  ) => Query);

type Client = pg.PoolClient & { query(query: Pipeline): unknown };

/** Up to here it costs less to put pieces into one than to hand them over one by one. */
const ONE_PIECE_BYTES = 65_536;

/** Statements that go out together, and which of them somebody waits for. */
export interface Together {
  readonly statements: readonly Statement[];
  /** Those of them that are answered; what the others give isn't read. */
  readonly answered: ReadonlySet<Statement>;
}

/**
 * Sends statements in one write, with one Sync after the last, and resolves with the answers, in
 * their order. PostgreSQL does them in turn; after one that fails it passes over the others up to
 * the Sync (its manual, 53.2.3): where the beginning of a transaction fails, nothing that was to be
 * done in it is done.
 */
export function askInPipeline(
  client: pg.PoolClient,
  together: Together,
): Promise<readonly StatementResult[]> {
  return new Promise((resolve, reject) => {
    (client as Client).query(
      new Pipeline(client, together, (error, answers) => {
        if (error || !answers) return reject(error ?? new Error('no answer'));
        return resolve(answers);
      }),
    );
  });
}

/**
 * Several queries where the driver expects one: it hands on what the server says to those that are
 * to be answered.
 */
class Pipeline {
  readonly #queries: readonly Query[];
  readonly #answering = new Set<Query>();
  #at = 0;
  /** Of the connection that they go out on. */
  #columns = new Map<string, Columns>();
  #failed: Error | null = null;
  readonly #answers: StatementResult[] = [];
  callback: (error: Error | null, answers?: readonly StatementResult[]) => void;

  constructor(
    types: Pick<pg.PoolClient, 'getTypeParser'>,
    { statements, answered }: Together,
    callback: (error: Error | null, answers?: readonly StatementResult[]) => void,
  ) {
    this.callback = callback;
    this.#queries = statements.map((statement) => {
      const { name, text, values } = statement;
      // given all at once, the driver copies it property by property
      const query = new DriversQuery(text, [...values], this.#hear);
      query.name = name;
      query.queryMode = 'extended';
      query._result._types = types;
      if (answered.has(statement)) this.#answering.add(query);
      return query;
    });
  }

  /** What a query comes to; those that nobody waits for only tell of what fails. */
  readonly #hear = (error: Error | null, answer?: StatementResult): void => {
    this.#failed ??= error;
    if (answer) this.#answers.push(answer);
  };

  /** The driver remembers by these two what is prepared. */
  get name(): string | undefined {
    return this.#current?.name;
  }
  get text(): string {
    return this.#current?.text ?? '';
  }

  submit(connection: Connection): Error | null {
    const gathering = gatheringOf(connection);
    this.#columns = gathering.columns;
    for (const query of this.#queries) {
      const isDescribed = this.#answering.has(query) && !this.#knowsColumns(query);
      const error = query.submit(isDescribed ? gathering.described : gathering.undescribed);
      // what a value does that can't be written, its callback has heard by now
      this.#failed ??= error;
    }
    connection.sync.call(gathering.described);
    const pieces = gathering.pieces.splice(0);
    // a value that can't be written: the others aren't done without it
    if (this.#failed) return this.#failed;
    const isSmall = pieces.reduce((sum, { length }) => sum + length, 0) <= ONE_PIECE_BYTES;
    connection.stream.cork();
    for (const piece of isSmall ? [Buffer.concat(pieces)] : pieces) connection._send(piece);
    connection.stream.uncork();
    return null;
  }

  /** Whether the rows of a query can be read without the server's word on their columns. */
  #knowsColumns(query: Query): boolean {
    const columns = query.name === undefined ? undefined : this.#columns.get(query.name);
    if (columns === undefined) return false;
    Object.assign(query._result, columns);
    query._accumulateRows = true;
    return true;
  }

  handleRowDescription(message: unknown): void {
    const query = this.#awaited;
    if (query === undefined) return;
    query.handleRowDescription(message);
    const { fields, _parsers, _prebuiltEmptyResultObject } = query._result;
    if (query.name !== undefined)
      this.#columns.set(query.name, { fields, _parsers, _prebuiltEmptyResultObject });
  }
  handleDataRow(message: unknown): void {
    this.#awaited?.handleDataRow(message);
  }
  handleEmptyQuery(connection: Connection): void {
    this.#current?.handleEmptyQuery(connection);
  }
  handlePortalSuspended(connection: Connection): void {
    this.#current?.handlePortalSuspended(connection);
  }

  handleCommandComplete(message: unknown, connection: Connection): void {
    this.#awaited?.handleCommandComplete(message, connection);
    this.#at += 1;
  }

  handleError(error: Error, connection: Connection): void {
    // What comes after the one that failed was never looked at: it isn't prepared either.
    for (const { name } of this.#queries.slice(this.#at))
      if (name !== undefined) {
        delete connection.submittedNamedStatements[name];
        this.#columns.delete(name);
      }
    this.callback(this.#failed ?? error);
  }

  handleReadyForQuery(connection: Connection): void {
    for (const query of this.#answering) query.handleReadyForQuery(connection);
    if (this.#failed) return this.callback(this.#failed);
    return this.callback(null, this.#answers);
  }

  /** What the server is at; undefined after the last. */
  get #current(): Query | undefined {
    return this.#queries[this.#at];
  }

  /** The same, where somebody waits for its answer. */
  get #awaited(): Query | undefined {
    const current = this.#current;
    return current && this.#answering.has(current) ? current : undefined;
  }
}

/**
 * A connection as queries are to see it: what they send is gathered, large values uncopied, without
 * a Sync after each. What their columns are isn't asked by those that nobody waits for, nor by
 * those that this connection keeps prepared and has been told of: as long as it keeps one, that
 * stays (PostgreSQL, `cached plan must not change result type`).
 */
interface Gathering {
  readonly described: Connection;
  readonly undescribed: Connection;
  /** By the name of the statement that is kept prepared. */
  readonly columns: Map<string, Columns>;
  readonly pieces: Buffer[];
}

const GATHERINGS = new WeakMap<Connection, Gathering>();

/** One for each connection: to make it costs more than a statement. */
function gatheringOf(connection: Connection): Gathering {
  const known = GATHERINGS.get(connection);
  if (known) return known;
  const pieces: Buffer[] = [];
  const nothing = { value: () => {} };
  const described: Connection = Object.create(connection, {
    stream: { value: {} },
    sync: nothing,
    _send: { value: (piece: Buffer) => pieces.push(piece) },
    bind: {
      value: (binding: Binding) => {
        const bound = bindInPieces(binding, (one) => {
          connection.bind.call(described, one);
          const written = pieces.pop();
          if (written === undefined) throw new Error('the driver wrote nothing');
          return written;
        });
        pieces.push(...bound);
      },
    },
  });
  const undescribed: Connection = Object.create(described, { describe: nothing });
  const gathering = { described, undescribed, columns: new Map(), pieces };
  GATHERINGS.set(connection, gathering);
  return gathering;
}
