import type { AddressId, SchoolId } from '../core.ts';
import { Fault } from '../fault.ts';
import { allSchools, findAddresses, findAddressesById, readRoster, rosterVersions, type VersionedEntry } from '../store/roster.ts';
import type { Store } from '../store/store.ts';
import type { AddressEntry, Roster } from './snapshot.ts';

/** The town, where the switch for all schools stands. */
export const TOWN = 0 as SchoolId;

/** Addresses kept in memory, by address and by id: those of the whole town and its families. */
const MAX_ADDRESSES = 200_000;

/**
 * The roster as this process last saw it. What it gives may be older than the database by `maxAgeMs`; whoever stores mail
 * compares the versions again in the storing transaction, so an old answer can refuse too late but never let through.
 */
export interface Directory {
  /** What these canonical addresses lead to; unknown ones are left out. */
  resolve(addresses: readonly string[], options: { readonly maxAgeMs: number }): Promise<ReadonlyMap<string, AddressEntry>>;
  byId(ids: readonly AddressId[], options: { readonly maxAgeMs: number }): Promise<ReadonlyMap<AddressId, AddressEntry>>;
  /** These schools' rosters; the town's version is looked at with them. */
  rosters(schools: Iterable<SchoolId>, options: { readonly maxAgeMs: number }): Promise<ReadonlyMap<SchoolId, Roster>>;
  /** Every school's, and the town's own. */
  town(options: { readonly maxAgeMs: number }): Promise<ReadonlyMap<SchoolId, Roster>>;
}

export function openDirectory(store: Store): Directory {
  const rosters = new Map<SchoolId, Promise<Roster>>();
  const addresses = new Map<string | AddressId, VersionedEntry>();
  const versions = new Map<SchoolId, { readonly version: number; readonly checkedAt: number }>();

  async function checkVersions(schools: readonly SchoolId[], maxAgeMs: number): Promise<void> {
    const oldest = performance.now() - maxAgeMs;
    const stale = [...schools, TOWN].filter((school) => (versions.get(school)?.checkedAt ?? -Infinity) < oldest);
    if (stale.length === 0) return;
    const checkedAt = performance.now();
    const found = await store.town((tx) => rosterVersions(tx, stale));
    // A town that nobody has made yet is known to be at 0, and not asked about at every recipient.
    for (const school of stale) versions.set(school, { version: found.get(school) ?? 0, checkedAt });
  }

  async function roster(school: SchoolId): Promise<Roster> {
    const kept = rosters.get(school);
    if (kept) {
      const known = await kept.catch(() => null);
      if (known && isCurrentRoster(known)) return known;
    }
    // Somebody else may have begun to read it anew while we looked.
    const begun = rosters.get(school);
    if (begun && begun !== kept) return begun;
    const reading = store.read(school, readRoster).then((read) => read ?? missing(school));
    rosters.set(school, reading);
    const read = await reading;
    versions.set(school, { version: read.school.version, checkedAt: performance.now() });
    return read;
  }

  function isCurrentRoster({ school }: Roster): boolean {
    return school.version >= (versions.get(school.id)?.version ?? 0) && school.townVersion >= (versions.get(TOWN)?.version ?? 0);
  }

  /** What is kept under these keys and still as it is in the store, the rest read anew. */
  async function entries<Key extends string | AddressId>(wanted: readonly Key[], maxAgeMs: number, read: (rest: readonly Key[]) => Promise<VersionedEntry[]>): Promise<VersionedEntry[]> {
    const kept = wanted.flatMap((key) => addresses.get(key) ?? []);
    await checkVersions([...new Set(kept.map(({ entry }) => entry.school))], maxAgeMs);
    const good = new Map(wanted.flatMap((key) => {
      const one = addresses.get(key);
      return one && one.version === versions.get(one.entry.school)?.version ? [[key, one] as const] : [];
    }));
    const rest = wanted.filter((key) => !good.has(key));
    const found = rest.length > 0 ? await read(rest) : [];
    if (addresses.size + 2 * found.length > MAX_ADDRESSES) addresses.clear();
    for (const one of found) addresses.set(one.entry.address, one).set(one.entry.id, one);
    return [...good.values(), ...found];
  }

  async function rostersOf(schools: Iterable<SchoolId>, maxAgeMs: number): Promise<ReadonlyMap<SchoolId, Roster>> {
    const wanted = [...new Set(schools)];
    await checkVersions(wanted, maxAgeMs);
    const found = new Map<SchoolId, Roster>();
    for (const school of wanted) found.set(school, await roster(school));
    return found;
  }

  return {
    async resolve(wanted, { maxAgeMs }) {
      const found = await entries(wanted, maxAgeMs, (rest) => store.town((tx) => findAddresses(tx, rest)));
      return new Map(found.map(({ entry }) => [entry.address, entry]));
    },
    async byId(wanted, { maxAgeMs }) {
      const found = await entries(wanted, maxAgeMs, (rest) => store.town((tx) => findAddressesById(tx, rest)));
      return new Map(found.map(({ entry }) => [entry.id, entry]));
    },
    rosters: (schools, { maxAgeMs }) => rostersOf(schools, maxAgeMs),
    town: async ({ maxAgeMs }) => rostersOf([TOWN, ...await store.town(allSchools)], maxAgeMs),
  };
}

function missing(school: SchoolId): never {
  throw new Fault('row-missing', `school ${school}`, { transient: false });
}
