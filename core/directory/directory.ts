import { Fault } from '../ground/fault.ts';
import { type AddressId, type SchoolId, TOWN } from '../ground/ids.ts';
import type { AddressEntry, Roster } from '../roster/snapshot.ts';
import {
  findAddresses,
  findAddressesById,
  type VersionedEntry,
} from '../store/schools/addresses.ts';
import { allSchools, readRoster, rosterVersions } from '../store/schools/roster.ts';
import type { Store } from '../store/store.ts';
import { together } from './together.ts';

/** Addresses kept in memory, by address and by id: those of the whole town and its families. */
const MAX_ADDRESSES = 200_000;

/**
 * What led to nobody, and for how long that is believed at most, in milliseconds: an address
 * outside is asked for several times for one letter, and no version says that somebody has it now.
 */
const MAX_UNKNOWN = 10_000;
const UNKNOWN_MS = 1_000;

/**
 * How old an answer may be: so many milliseconds, or looked at since a moment of
 * `performance.now()`.
 */
type Freshness = { readonly maxAgeMs: number } | { readonly since: number };

/** How old a roster may be of which only a number is asked, in milliseconds. */
export const COUNTED_MS = 1_000;

/**
 * The roster as this process last saw it. What it gives may be older than the database by its
 * `Freshness`; whoever stores mail compares the versions again in the storing transaction, so an
 * old answer can refuse too late but never let through.
 */
export interface Directory {
  /** What these canonical addresses lead to; unknown ones are left out. */
  resolve(
    addresses: readonly string[],
    fresh: Freshness,
  ): Promise<ReadonlyMap<string, AddressEntry>>;
  byId(ids: readonly AddressId[], fresh: Freshness): Promise<ReadonlyMap<AddressId, AddressEntry>>;
  /** These schools' rosters; the town's version is looked at with them. */
  rosters(schools: Iterable<SchoolId>, fresh: Freshness): Promise<ReadonlyMap<SchoolId, Roster>>;
  /** Every school's, and the town's own. */
  town(fresh: Freshness): Promise<ReadonlyMap<SchoolId, Roster>>;
  /** Versions that somebody read with something else, asked for at `since`. */
  looked(versions: ReadonlyMap<SchoolId, number>, since: number): void;
}

export function openDirectory(store: Store): Directory {
  return new KeptDirectory(store);
}

class KeptDirectory implements Directory {
  readonly #store: Store;
  readonly #rosters = new Map<SchoolId, Promise<Roster>>();
  readonly #addresses = new Map<string | AddressId, VersionedEntry>();
  /** What led to nobody when it was asked for at this moment of `performance.now()`. */
  readonly #unknown = new Map<string | AddressId, number>();
  readonly #versions = new Map<
    SchoolId,
    { readonly version: number; readonly checkedAt: number }
  >();

  readonly #look: (schools: readonly SchoolId[]) => Promise<void>;

  constructor(store: Store) {
    this.#store = store;
    this.#look = together((schools) => this.#lookAt(schools));
  }

  looked(versions: ReadonlyMap<SchoolId, number>, since: number): void {
    for (const [school, version] of versions) {
      const known = this.#versions.get(school) ?? { version: -1, checkedAt: -Infinity };
      // What was asked for first may be answered last: it is news only where it says more.
      if (since > known.checkedAt || version > known.version)
        this.#versions.set(school, { version, checkedAt: Math.max(since, known.checkedAt) });
    }
  }

  async resolve(
    addresses: readonly string[],
    fresh: Freshness,
  ): Promise<ReadonlyMap<string, AddressEntry>> {
    const found = await this.#entries(addresses, fresh, (rest) =>
      this.#store.readTown((tx) => findAddresses(tx, rest)),
    );
    return new Map(found.map(({ entry }) => [entry.address, entry]));
  }

  async byId(
    ids: readonly AddressId[],
    fresh: Freshness,
  ): Promise<ReadonlyMap<AddressId, AddressEntry>> {
    const found = await this.#entries(ids, fresh, (rest) =>
      this.#store.readTown((tx) => findAddressesById(tx, rest)),
    );
    return new Map(found.map(({ entry }) => [entry.id, entry]));
  }

  async rosters(
    schools: Iterable<SchoolId>,
    fresh: Freshness,
  ): Promise<ReadonlyMap<SchoolId, Roster>> {
    const wanted = [...new Set(schools)];
    await this.#checkVersions(wanted, fresh);
    const found = new Map<SchoolId, Roster>();
    for (const school of wanted) found.set(school, await this.#roster(school));
    return found;
  }

  async town(fresh: Freshness): Promise<ReadonlyMap<SchoolId, Roster>> {
    return this.rosters([TOWN, ...(await this.#store.readTown(allSchools))], fresh);
  }

  async #checkVersions(schools: readonly SchoolId[], fresh: Freshness): Promise<void> {
    const oldest = oldestOf(fresh);
    const stale = [...schools, TOWN].filter(
      (school) => (this.#versions.get(school)?.checkedAt ?? -Infinity) < oldest,
    );
    if (stale.length > 0) await this.#look(stale);
  }

  async #lookAt(schools: readonly SchoolId[]): Promise<void> {
    const since = performance.now();
    const found = await this.#store.readTown((tx) => rosterVersions(tx, schools));
    // A town that nobody has made yet is known to be at 0, and not asked about at every recipient.
    this.looked(new Map(schools.map((school) => [school, found.get(school) ?? 0])), since);
  }

  async #roster(school: SchoolId): Promise<Roster> {
    const kept = this.#rosters.get(school);
    if (kept) {
      const known = await kept.catch(() => null);
      if (known && this.#isCurrent(known)) return known;
    }
    // Somebody else may have begun to read it anew while we looked.
    const begun = this.#rosters.get(school);
    if (begun && begun !== kept) return begun;
    const since = performance.now();
    const reading = this.#store.read(school, readRoster).then((read) => read ?? missing(school));
    this.#rosters.set(school, reading);
    const read = await reading;
    this.looked(new Map([[school, read.school.version]]), since);
    return read;
  }

  #isCurrent({ school }: Roster): boolean {
    return (
      school.version >= (this.#versions.get(school.id)?.version ?? 0) &&
      school.townVersion >= (this.#versions.get(TOWN)?.version ?? 0)
    );
  }

  /** What is kept under these keys and still as it is in the store, the rest read anew. */
  async #entries<Key extends string | AddressId>(
    wanted: readonly Key[],
    fresh: Freshness,
    read: (rest: readonly Key[]) => Promise<VersionedEntry[]>,
  ): Promise<VersionedEntry[]> {
    const kept = wanted.flatMap((key) => this.#addresses.get(key) ?? []);
    await this.#checkVersions([...new Set(kept.map(({ entry }) => entry.school))], fresh);
    const good = new Map(
      wanted.flatMap((key) => {
        const one = this.#addresses.get(key);
        return one && one.version === this.#versions.get(one.entry.school)?.version
          ? [[key, one] as const]
          : [];
      }),
    );
    const oldest = Math.max(oldestOf(fresh), performance.now() - UNKNOWN_MS);
    const isUnknown = (key: Key): boolean => (this.#unknown.get(key) ?? -Infinity) >= oldest;
    const rest = wanted.filter((key) => !good.has(key) && !isUnknown(key));
    const since = performance.now();
    const found = rest.length > 0 ? await read(rest) : [];
    if (this.#addresses.size + 2 * found.length > MAX_ADDRESSES) this.#addresses.clear();
    for (const one of found) this.#addresses.set(one.entry.address, one).set(one.entry.id, one);
    this.#noteUnknown(rest, { found, since });
    return [...good.values(), ...found];
  }

  #noteUnknown(
    asked: readonly (string | AddressId)[],
    { found, since }: { readonly found: readonly VersionedEntry[]; readonly since: number },
  ): void {
    const known = new Set<string | AddressId>(
      found.flatMap(({ entry }) => [entry.address, entry.id]),
    );
    if (this.#unknown.size + asked.length > MAX_UNKNOWN) this.#unknown.clear();
    for (const key of asked) {
      if (known.has(key)) this.#unknown.delete(key);
      else this.#unknown.set(key, since);
    }
  }
}

/** The moment of `performance.now()` before which nothing may have been looked at. */
function oldestOf(fresh: Freshness): number {
  return 'since' in fresh ? fresh.since : performance.now() - fresh.maxAgeMs;
}

function missing(school: SchoolId): never {
  throw new Fault('row-missing', `school ${school}`, { transient: false });
}
