import type { Logger } from 'pino';
import { BODY_GONE_DAYS } from '../../ground/backup-days.ts';
import { TOWN, type SchoolId } from '../../ground/ids.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { sizeThere, type BodyStore } from '../../store/bodies/body-store.ts';
import {
  countAway,
  countGone,
  goneAmong,
  goneBefore,
  takeGone,
  usedIn,
} from '../../store/bodies/gone.ts';
import {
  bodiesAway,
  bringBodyBack,
  movableFiles,
  movableLetters,
  moveBody,
  noteGone,
  wrapAnew,
  type AwayBody,
  type BodyOwner,
} from '../../store/bodies/moving.ts';
import { allSchools } from '../../store/schools/roster.ts';
import type { Store } from '../../store/store.ts';
import type { Bodies, BodiesFound, BodiesState, MovedBodies } from './contract.ts';

/** What is fresh is read most, and may still be called back. */
const RESTS_MS = 3_600_000;
const BATCH = 100;
/** So many in turn that the store doesn't take: it is away, or full. */
const ENOUGH_FAILED = 3;

interface BodiesParts {
  readonly store: Store;
  /** Null: none is told of. */
  readonly bodyStore: BodyStore | null;
  readonly clock: () => Date;
  readonly random: () => number;
  readonly log: Logger;
}

/** Moves and brings back, over all schools. */
export function openBodies({ bodyStore, ...parts }: BodiesParts): Bodies {
  if (bodyStore === null) return nowhere(parts);
  const all = { ...parts, bodyStore };
  return {
    isOn: true,
    async move(signal) {
      const done = await move(all, signal);
      if (done.moved > 0) all.log.info({ ...done }, 'large bodies moved');
      return done;
    },
    bringBack: (signal) => bringBack(all, signal),
    tidy: (signal) => tidy(all, signal),
    state: () => stateOf(all),
    look: (signal) => look(all, signal),
    async wrapAnew() {
      let changed = 0;
      for (const school of await schoolsOf(all))
        changed += await all.store.write(school, (tx) => wrapAnew(tx, bodyStore));
      return changed;
    },
  };
}

type Parts = Omit<BodiesParts, 'bodyStore'> & { readonly bodyStore: BodyStore };

/** A town that has no store: nothing is moved, and all that was stays where it is. */
function nowhere(parts: Omit<BodiesParts, 'bodyStore'>): Bodies {
  const none: MovedBodies = { moved: 0, bytes: 0, failed: 0 };
  return {
    isOn: false,
    move: async () => none,
    bringBack: async () => none,
    tidy: async () => 0,
    state: async () => ({ ...(await countsOf(parts)), answers: false }),
    look: async () => ({ bodies: 0, lost: [], strays: 0 }),
    wrapAnew: async () => 0,
  };
}

const schoolsOf = async ({ store }: Pick<Parts, 'store'>): Promise<readonly SchoolId[]> => [
  TOWN,
  ...(await store.readTown(allSchools)),
];

/** Of several workers each begins with another school, so that they seldom move the same letter. */
async function move(parts: Parts, signal: AbortSignal): Promise<MovedBodies> {
  const schools = await schoolsOf(parts);
  const first = Math.floor(parts.random() * schools.length);
  const tally = tallyOf(signal);
  for (const school of [...schools.slice(first), ...schools.slice(0, first)])
    for await (const owner of movable(parts, school)) {
      if (!tally.goesOn()) return tally.moved();
      await tally.count(parts.log, { school, owner }, () =>
        moveBody(parts.store, parts.bodyStore, { school, owner, now: parts.clock() }),
      );
    }
  return tally.moved();
}

/** Gives the letters of a school that may be moved, and then its files. */
async function* movable({ store, clock }: Parts, school: SchoolId): AsyncGenerator<BodyOwner> {
  const before = new Date(clock().getTime() - RESTS_MS);
  for (let after = 0; ;) {
    const letters = await store.readAside(school, (tx) =>
      movableLetters(tx, { before, after, limit: BATCH }),
    );
    for (const message of letters) yield { kind: 'letter', message };
    after = letters.at(-1) ?? 0;
    if (letters.length < BATCH) break;
  }
  for (let after = ''; ;) {
    const files = await store.readAside(school, (tx) =>
      movableFiles(tx, { before, after, limit: BATCH }),
    );
    for (const sha256 of files) yield { kind: 'file', sha256 };
    after = files.at(-1) ?? '';
    if (files.length < BATCH) return;
  }
}

async function bringBack(parts: Parts, signal: AbortSignal): Promise<MovedBodies> {
  const tally = tallyOf(signal);
  for (const school of await schoolsOf(parts))
    await eachAway(parts, school, async (place) => {
      if (!tally.goesOn()) return;
      await tally.count(parts.log, { school, owner: place.owner }, async () =>
        (await bringBodyBack({ store: parts.store, bodies: parts.bodyStore }, school, place))
          ? place.sizeBytes
          : null,
      );
    });
  return tally.moved();
}

/** Counts what is moved; a store that fails again and again is left alone. */
function tallyOf(signal: AbortSignal) {
  let [moved, bytes, failed, inTurn] = [0, 0, 0, 0];
  return {
    goesOn: () => !signal.aborted && inTurn < ENOUGH_FAILED,
    moved: (): MovedBodies => ({ moved, bytes, failed }),
    async count(log: Logger, ids: object, act: () => Promise<number | null>): Promise<void> {
      try {
        const done = await act();
        inTurn = 0;
        if (done === null) return;
        moved += 1;
        bytes += done;
      } catch (error) {
        failed += 1;
        inTurn += 1;
        log.warn({ err: error, ...ids }, 'a large body was not moved and stays where it is');
      }
    },
  };
}

async function eachAway(
  { store }: Pick<Parts, 'store'>,
  school: SchoolId,
  act: (place: AwayBody) => Promise<void>,
): Promise<void> {
  for (let after = ''; ;) {
    const places = await store.readAside(school, (tx) => bodiesAway(tx, { after, limit: BATCH }));
    for (const place of places) await act(place);
    if (places.length < BATCH) return;
    after = places.at(-1)?.object ?? '';
  }
}

/**
 * An object is deleted where no school's rows name it. It is taken off the list after all schools
 * were asked, and only as it stood before: what moved meanwhile from one to another has lost a use
 * since, and is looked at another night. Cut short after that, it is a stray that `look` finds.
 */
async function tidy(parts: Parts, signal: AbortSignal): Promise<number> {
  const { store, bodyStore } = parts;
  const before = new Date(parts.clock().getTime() - BODY_GONE_DAYS * DAY_MS);
  let deleted = 0;
  for (let after = ''; !signal.aborted;) {
    const gone = await store.readTown((tx) => goneBefore(tx, { before, after, limit: BATCH }));
    if (gone.length === 0) break;
    after = gone.at(-1)?.object ?? '';
    const used = await usedAnywhere(
      parts,
      gone.map(({ object }) => object),
    );
    for (const one of gone) {
      if (!(await store.town((tx) => takeGone(tx, one))) || used.has(one.object)) continue;
      await bodyStore.remove(one.object);
      deleted += 1;
    }
  }
  return deleted;
}

async function usedAnywhere(
  parts: Parts,
  objects: readonly string[],
): Promise<ReadonlySet<string>> {
  const used = new Set<string>();
  for (const school of await schoolsOf(parts))
    for (const object of await parts.store.read(school, (tx) => usedIn(tx, objects)))
      used.add(object);
  return used;
}

async function countsOf(parts: Pick<Parts, 'store'>): Promise<Omit<BodiesState, 'answers'>> {
  let [bodies, bytes] = [0, 0];
  for (const school of await schoolsOf(parts)) {
    const counts = await parts.store.read(school, countAway);
    bodies += counts.bodies;
    bytes += counts.bytes;
  }
  return { bodies, bytes, gone: await parts.store.readTown(countGone) };
}

async function stateOf(parts: Parts): Promise<BodiesState> {
  const answers = await parts.bodyStore.namesAfter('').then(
    () => true,
    () => false,
  );
  return { ...(await countsOf(parts)), answers };
}

async function look(parts: Parts, signal: AbortSignal): Promise<BodiesFound> {
  const lost: string[] = [];
  let bodies = 0;
  for (const school of await schoolsOf(parts))
    await eachAway(parts, school, async (place) => {
      if (signal.aborted) return;
      bodies += 1;
      const size = await parts.bodyStore.sizeOf(place.object);
      if (size !== sizeThere(place)) lost.push(place.object);
    });
  return { bodies, lost, strays: signal.aborted ? 0 : await noteStrays(parts) };
}

/** What a restore left without a row, or a crash; in the minutes of a move it may be neither. */
async function noteStrays(parts: Parts): Promise<number> {
  let strays = 0;
  for (let after = ''; ;) {
    const names = await parts.bodyStore.namesAfter(after);
    if (names.length === 0) return strays;
    after = names.at(-1) ?? '';
    const known = new Set([
      ...(await parts.store.readTown((tx) => goneAmong(tx, names))),
      ...(await usedAnywhere(parts, names)),
    ]);
    for (const name of names.filter((one) => !known.has(one))) {
      await parts.store.town((tx) => noteGone(tx, name, parts.clock()));
      strays += 1;
    }
  }
}
