import { sql, type RawBuilder } from 'kysely';

/** What one message of the database bears without being copied together: its hex is twice that. */
const SLICE_BYTES = 31_936;

/**
 * A column of bytes as rows of slices, by a join of `slices` and the column cut there. A value of
 * 1 MiB in one message costs the driver eleven times as much memory, which stops everybody else
 * while it is cleared away; cut it costs four times as much, and no step takes long. Such columns
 * are `external`: a slice is read where it lies.
 */
export const slices = (column: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  generate_series(0, (octet_length(${column}) - 1) / ${SLICE_BYTES}::integer) slice
`;

export const sliceOf = (column: RawBuilder<unknown>): RawBuilder<Buffer> => sql`
  substring(${column} from 1 + slice * ${SLICE_BYTES}::integer for ${SLICE_BYTES}::integer)
`;

/** The value that was cut; null: there is no row of it. */
export function joined(rows: readonly { readonly bytes: Buffer }[]): Buffer | null {
  return rows.length === 0 ? null : Buffer.concat(rows.map(({ bytes }) => bytes));
}
