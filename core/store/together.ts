import pg from 'pg';

/** One statement of several that go out together. A connection keeps those with a name prepared. */
export interface Statement {
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What the driver makes of an answer. */
export interface Answer {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: readonly unknown[];
}

/** The part of the driver's query that its types leave out: what it does with each word of the server's. */
interface Query {
  readonly name?: string;
  readonly text: string;
  readonly _result: { _types: unknown };
  callback: (error: Error | null, answer?: Answer) => void;
  submit(connection: Connection): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleEmptyQuery(connection: Connection): void;
  handlePortalSuspended(connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
  handleError(error: Error, connection: Connection): void;
}

interface Connection {
  readonly stream: { cork(): void; uncork(): void };
  readonly submittedNamedStatements: Record<string, string>;
  sync(): void;
}

type Client = Pick<pg.PoolClient, 'getTypeParser'> & { query(query: Together): unknown };

/**
 * Sends statements in one write, with one Sync after the last, and resolves with the answer to the one at `place`. PostgreSQL does them in
 * turn; after one that fails it passes over the others up to the Sync (its manual, 53.2.3): where the beginning of a transaction
 * fails, nothing that was to be done in it is done.
 */
export function askTogether(client: pg.PoolClient, statements: readonly Statement[], place: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    (client as unknown as Client).query(new Together(client, { statements, place }, (error, answer) => {
      if (error || !answer) return reject(error ?? new Error('no answer'));
      return resolve(answer);
    }));
  });
}

/** Several queries where the driver expects one: it hands on what the server says to the one that the server is at. */
class Together {
  readonly #queries: readonly Query[];
  readonly #place: number;
  #at = 0;
  #failed: Error | null = null;
  callback: (error: Error | null, answer?: Answer) => void;

  constructor(types: Pick<pg.PoolClient, 'getTypeParser'>, asked: { readonly statements: readonly Statement[]; readonly place: number }, callback: (error: Error | null, answer?: Answer) => void) {
    this.callback = callback;
    this.#place = asked.place;
    this.#queries = asked.statements.map(({ name, text, values }) => {
      const query = new pg.Query({ name, text, values: [...values], queryMode: 'extended' } as pg.QueryConfig) as unknown as Query;
      query._result._types = types;
      query.callback = (error) => { this.#failed ??= error; };
      return query;
    });
  }

  /** The driver remembers by these two what is prepared. */
  get name(): string | undefined { return this.#current.name; }
  get text(): string { return this.#current.text; }

  submit(connection: Connection): Error | null {
    const withoutSync = Object.create(connection, { sync: { value: () => {} } }) as Connection;
    connection.stream.cork();
    for (const query of this.#queries) this.#failed ??= query.submit(withoutSync);
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  handleRowDescription(message: unknown): void { this.#current.handleRowDescription(message); }
  handleDataRow(message: unknown): void { this.#current.handleDataRow(message); }
  handleEmptyQuery(connection: Connection): void { this.#current.handleEmptyQuery(connection); }
  handlePortalSuspended(connection: Connection): void { this.#current.handlePortalSuspended(connection); }

  handleCommandComplete(message: unknown, connection: Connection): void {
    this.#current.handleCommandComplete(message, connection);
    this.#at += 1;
  }

  handleError(error: Error, connection: Connection): void {
    // What comes after the one that failed was never looked at: it isn't prepared either.
    for (const { name } of this.#queries.slice(this.#at)) if (name !== undefined) delete connection.submittedNamedStatements[name];
    this.callback(this.#failed ?? error);
  }

  handleReadyForQuery(connection: Connection): void {
    if (this.#failed) return this.callback(this.#failed);
    const answering = this.#queries[this.#place];
    if (!answering) return this.callback(new Error('nothing was asked'));
    answering.callback = this.callback;
    return answering.handleReadyForQuery(connection);
  }

  get #current(): Query {
    const query = this.#queries[Math.min(this.#at, this.#queries.length - 1)];
    if (!query) throw new Error('nothing was asked');
    return query;
  }
}
