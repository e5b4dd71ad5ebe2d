import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Config } from '../../ground/config.ts';
import { Fault } from '../../ground/fault.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { NO_TURN, openTurns } from '../../ground/turns.ts';
import type { BodyPlace, BodyReader, PlaceSpan } from './brought.ts';
import { newKey, seal, sealedSize, sealedSpan, unseal, unwrap, wrap, type Span } from './frames.ts';
import { bodyKeyFile, loadBodyKeys, type BodyKeys } from './keys.ts';
import { bucketIn, openObjectStore, type ObjectStore } from './object-store.ts';

/** A body that is to lie with the store, and where. */
export interface NewBody {
  readonly object: string;
  readonly wrappedKey: Buffer;
  readonly wrappedBy: string;
  /** What the store is given. */
  readonly sealed: Buffer;
}

/** The store of a town, which sees sealed bytes alone. */
export interface BodyStore extends BodyReader {
  /** Seals a body for a school, by a key of its own. */
  sealed(school: SchoolId, bytes: Buffer, now: Date): NewBody;
  /** Puts it there, reads it back and compares; throws where it isn't there as it was put. */
  put(body: NewBody): Promise<void>;
  /** How long the sealed body is that lies there; null: there is none. */
  sizeOf(object: string): Promise<number | null>;
  remove(object: string): Promise<void>;
  namesAfter(after: string): Promise<readonly string[]>;
  /** The same place with its key wrapped by the newest; null: by that it is wrapped already. */
  wrappedAnew(place: BodyPlace): Pick<BodyPlace, 'wrappedKey' | 'wrappedBy'> | null;
}

/** So many bodies a process holds in memory for its readers at once. */
const TURNS = { atOnce: 8, each: 8, waiting: 100, waitingEach: 100, waitMs: 6_000 };

/**
 * The store that the settings name. Null: none is named, or its keys aren't made yet, and all lies
 * in the database.
 */
export function bodyStoreOf(config: Pick<Config, 'bodies' | 'secretFile'>): BodyStore | null {
  if (config.bodies === null || !existsSync(bodyKeyFile(config))) return null;
  const keys = loadBodyKeys(bodyKeyFile(config));
  return keys && openBodyStore(openObjectStore(bucketIn(config.bodies)), keys);
}

/** Bodies in a store, sealed by keys that these wrap. */
function openBodyStore(objects: ObjectStore, keys: BodyKeys): BodyStore {
  const turns = openTurns(TURNS);

  function keyOf({ object, wrappedKey, wrappedBy }: BodyPlace): Buffer {
    const wrapping = keys.marked(wrappedBy);
    const key = wrapping && unwrap(wrapping, object, wrappedKey);
    if (key === null)
      throw new Fault('body-away', `none of the keys opens ${object}`, { transient: true });
    return key;
  }

  async function bringOne({ place, span }: PlaceSpan): Promise<Buffer> {
    const key = keyOf(place);
    const sealed = await objects.get(place.object, sealedSpan(place.sizeBytes, span));
    return unseal(key, sealed, { sizeBytes: place.sizeBytes, range: span });
  }

  return {
    async bring(spans) {
      const brought = await turns.pass('readers', async () => {
        const bodies: Buffer[] = [];
        for (const one of spans) bodies.push(await bringOne(one));
        return bodies;
      });
      if (brought === NO_TURN) throw new Fault('body-away', 'too many wait', { transient: true });
      return brought;
    },
    sealed(school, bytes, now) {
      const object = `${school}/${now.toISOString().slice(0, 7)}/${randomUUID()}`;
      const key = newKey();
      return {
        object,
        wrappedKey: wrap(keys.newest.key, object, key),
        wrappedBy: keys.newest.mark,
        sealed: seal(key, bytes),
      };
    },
    async put({ object, sealed }) {
      await objects.put(object, sealed);
      const back = await objects.get(object, { start: 0, end: sealed.length });
      if (!back.equals(sealed))
        throw new Fault('body-away', `${object} is not what was put`, { transient: true });
    },
    sizeOf: (object) => objects.sizeOf(object),
    remove: (object) => objects.remove(object),
    namesAfter: (after) => objects.namesAfter(after),
    wrappedAnew(place) {
      if (place.wrappedBy === keys.newest.mark) return null;
      const wrappedKey = wrap(keys.newest.key, place.object, keyOf(place));
      return { wrappedKey, wrappedBy: keys.newest.mark };
    },
  };
}

/** All of a body. */
export const wholeSpan = ({ sizeBytes }: Pick<BodyPlace, 'sizeBytes'>): Span => ({
  start: 0,
  end: sizeBytes,
});

/** How long what lies with the store must be. */
export const sizeThere = ({ sizeBytes }: Pick<BodyPlace, 'sizeBytes'>): number =>
  sealedSize(sizeBytes);
