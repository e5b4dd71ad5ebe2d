import {
  createQueryId,
  PostgresQueryCompiler,
  sql,
  type CompiledQuery,
  type RawBuilder,
} from 'kysely';
import { keysOf, recordOf } from '../ground/keys.ts';
import { kept } from './prepared.ts';

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
export type Placeholders<V> = Readonly<Record<keyof V & string, RawBuilder<unknown>>>;

/**
 * A statement that is put together once and then only given its values, and that a connection keeps
 * prepared: to do it anew for each call costs as much as all that we do for the call besides.
 * `build` is called at the first use; a value of one call must not stand in it.
 */
export function compiledOnce<V extends object, Row>(
  build: (at: Placeholders<V>) => RawBuilder<Row>,
): (values: V) => CompiledQuery<Row> {
  let made: Made<Row> | null = null;
  return (values) => {
    made ??= compile(build(placeholders(values, 0)));
    return made([values]);
  };
}

/**
 * The same for a list, put together once for each length: of each that is in it all is given, and
 * `shared` once.
 */
export function compiledForEach<V extends object, S extends object, Row>(
  build: (list: readonly Placeholders<V>[], shared: Placeholders<S>) => RawBuilder<Row>,
): (list: readonly V[], shared: S) => CompiledQuery<Row> {
  const made = new Map<number, Made<Row>>();
  return (list, shared) => {
    const { length } = list;
    const known =
      made.get(length) ?? compile(build(list.map(placeholders), placeholders(shared, length)));
    made.set(length, known);
    return known([...list, shared]);
  };
}

/** Gives a statement its values. */
type Made<Row> = (given: readonly object[]) => CompiledQuery<Row>;

const placeholders = <V extends object>(values: V, at: number): Placeholders<V> =>
  recordOf(keysOf(values), (name) => sql`${new Placeholder(name, at)}`);

/** Numbers each placeholder once, however often it stands in the statement. */
class PlaceholderCompiler extends PostgresQueryCompiler {
  readonly placed: Placeholder[] = [];

  protected override appendValue(value: unknown): void {
    if (!(value instanceof Placeholder))
      throw new Error('a value of one call in a statement for all of them');
    const place = this.placed.indexOf(value) + 1 || this.placed.push(value);
    this.append(`$${place}`);
  }
}

function compile<Row>(statement: RawBuilder<Row>): Made<Row> {
  const compiler = new PlaceholderCompiler();
  const query = kept(compiler.compileQuery(statement.toOperationNode(), createQueryId()));
  const { placed } = compiler;
  return (given) => ({
    ...query,
    parameters: placed.map(({ name, at }) => Reflect.get(given[at] ?? {}, name)),
  });
}
