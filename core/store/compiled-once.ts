import { sql, type CompiledQuery, type RawBuilder, type Transaction } from 'kysely';
import type { Database } from './database.ts';

/** Where a value goes: its name, and which of a list it is of. */
class Placeholder {
  readonly name: string;
  readonly at: number;

  constructor(name: string, at: number) {
    this.name = name;
    this.at = at;
  }
}

/** A placeholder for each value, to be put into a template as the value itself would be. */
export type Placeholders<V> = { readonly [Name in keyof V]-?: RawBuilder<unknown> };

/**
 * A statement that is put together once and then only given its values: to do it anew for each call
 * costs as much as all that we do for the call besides. `build` is called at the first use; a value
 * of one call must not stand in it.
 */
export function compiledOnce<V extends object, Row>(
  build: (at: Placeholders<V>) => RawBuilder<Row>,
): (db: Transaction<Database>, values: V) => CompiledQuery<Row> {
  let made: Made<V, Row> | null = null;
  return (db, values) => {
    made ??= compile(placeholders([values]), db, ([at]) => build(at as Placeholders<V>));
    return made([values]);
  };
}

/** The same for a list, put together once for each length; of each that is in it all is given. */
export function compiledForEach<V extends object, Row>(
  build: (list: readonly Placeholders<V>[]) => RawBuilder<Row>,
): (db: Transaction<Database>, list: readonly V[]) => CompiledQuery<Row> {
  const made = new Map<number, Made<V, Row>>();
  return (db, list) => {
    const known = made.get(list.length) ?? compile(placeholders(list), db, build);
    made.set(list.length, known);
    return known(list);
  };
}

/** Gives a statement its values. */
type Made<V, Row> = (list: readonly V[]) => CompiledQuery<Row>;

const placeholders = <V extends object>(list: readonly V[]): Placeholders<V>[] =>
  list.map(
    (values, at) =>
      Object.fromEntries(
        Object.keys(values).map((name) => [name, sql`${new Placeholder(name, at)}`]),
      ) as unknown as Placeholders<V>,
  );

function compile<V extends object, Row>(
  list: readonly Placeholders<V>[],
  db: Transaction<Database>,
  build: (list: readonly Placeholders<V>[]) => RawBuilder<Row>,
): Made<V, Row> {
  const query = build(list).compile(db);
  const named = query.parameters.map((parameter) => {
    if (!(parameter instanceof Placeholder))
      throw new Error('a value of one call in a statement for all of them');
    return parameter;
  });
  const order = [...new Set(named)]; // a value that stands there several times goes out once
  const text = query.sql.replace(/\$(\d+)/g, (_all, number: string) => {
    const placeholder = named[Number(number) - 1];
    return `$${placeholder === undefined ? 0 : order.indexOf(placeholder) + 1}`;
  });
  return (given) => ({
    ...query,
    sql: text,
    parameters: order.map(({ name, at }) => given[at]?.[name as keyof V]),
  });
}
