import { sql, type CompiledQuery, type RawBuilder, type Transaction } from 'kysely';
import type { Database } from './database.ts';

/** Where a value goes. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** A placeholder for each value, to be put into a template as the value itself would be. */
export type Placeholders<V> = { readonly [Name in keyof V]-?: RawBuilder<unknown> };

type Build<V, Row> = (at: Placeholders<V>) => RawBuilder<Row>;

/**
 * A statement that is put together once and then only given its values: to do it anew for each call
 * costs as much as all that we do for the call besides. `build` is called at the first use; a value
 * of one call must not stand in it.
 */
export function compiledOnce<V extends object, Row>(
  build: Build<V, Row>,
): (db: Transaction<Database>, values: V) => CompiledQuery<Row> {
  let made: { readonly query: CompiledQuery<Row>; readonly order: readonly (keyof V)[] } | null =
    null;
  return (db, values) => {
    made ??= compile(build, db, Object.keys(values) as (keyof V & string)[]);
    return { ...made.query, parameters: made.order.map((name) => values[name]) };
  };
}

function compile<V extends object, Row>(
  build: Build<V, Row>,
  db: Transaction<Database>,
  names: readonly (keyof V & string)[],
) {
  const at = Object.fromEntries(
    names.map((name) => [name, sql`${new Placeholder(name)}`]),
  ) as unknown as Placeholders<V>;
  const query = build(at).compile(db);
  const named = query.parameters.map((parameter) => {
    if (!(parameter instanceof Placeholder))
      throw new Error('a value of one call in a statement for all of them');
    return parameter.name as keyof V;
  });
  const order = [...new Set(named)]; // a value that stands there several times goes out once
  const text = query.sql.replace(
    /\$(\d+)/g,
    (_all, at: string) => `$${order.indexOf(named[Number(at) - 1] as keyof V) + 1}`,
  );
  return { query: { ...query, sql: text }, order };
}
