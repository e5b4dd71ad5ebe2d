/**
 * How bytes are read that lie with an S3-compatible store. A transaction holds a connection, which
 * nobody may hold while a store is slow: so a transaction that wants such bytes ends, they are
 * brought, and it runs anew with them at hand. Whoever reads a letter knows nothing of it.
 */
import { Fault } from '../../ground/fault.ts';
import type { Span } from './frames.ts';

/** Where a body lies, and what opens it. */
export interface BodyPlace {
  readonly object: string;
  readonly sizeBytes: number;
  readonly wrappedKey: Buffer;
  readonly wrappedBy: string;
}

/** A range of a body that lies elsewhere. */
export interface PlaceSpan {
  readonly place: BodyPlace;
  readonly span: Span;
}

/** Ranges that were brought for a transaction, by what `nameOf` calls them. */
export type BroughtBytes = ReadonlyMap<string, Buffer>;

/** Brings ranges, opened and proved; throws a transient `Fault` 'body-away' where it can't. */
export interface BodyReader {
  bring(spans: readonly PlaceSpan[]): Promise<readonly Buffer[]>;
}

/** Of a town that has no store, or has told of none. */
export const NO_STORE: BodyReader = {
  bring: () => Promise.reject(cantBring('no store is told of')),
};

/** Thrown within a transaction for what is to be brought first. */
export class WantedElsewhere extends Error {
  readonly spans: readonly PlaceSpan[];

  constructor(spans: readonly PlaceSpan[]) {
    super('bytes that lie elsewhere are wanted');
    this.spans = spans;
  }
}

/** As a transaction begins. */
export const NOTHING_BROUGHT: BroughtBytes = new Map();
/** A search in the bodies of a small mailbox wants some, then some more. */
const MOST_ROUNDS = 40;
/** What one transaction may want in all: the largest letters, a few of them. */
const MOST_BYTES = 128 * 1_048_576;

/** Runs a transaction, anew where it wants bytes that lie elsewhere, with all that it wanted. */
export async function withBodies<T>(
  reader: BodyReader,
  run: (brought: BroughtBytes) => Promise<T>,
): Promise<T> {
  let brought = NOTHING_BROUGHT;
  for (let round = 1; ; round += 1) {
    try {
      return await run(brought);
    } catch (error) {
      if (!(error instanceof WantedElsewhere)) throw error;
      if (round > MOST_ROUNDS || sizeOf(brought, error.spans) > MOST_BYTES)
        throw cantBring('too much is wanted at once');
      const bytes = await reader.bring(error.spans);
      brought = new Map([
        ...brought,
        ...error.spans.map((span, at) => [nameOf(span), bytes[at] ?? Buffer.alloc(0)] as const),
      ]);
    }
  }
}

const sizeOf = (brought: BroughtBytes, spans: readonly PlaceSpan[]): number =>
  [...brought.values()].reduce((sum, bytes) => sum + bytes.length, 0) +
  spans.reduce((sum, { span }) => sum + span.end - span.start, 0);

/** What a range is called among those that were brought. */
export const nameOf = ({ place, span }: PlaceSpan): string =>
  `${place.object} ${span.start} ${span.end}`;

const cantBring = (detail: string): Fault => new Fault('body-away', detail, { transient: true });
