import { z } from 'zod';
import { canonicalLocal } from '../../ground/address.ts';
import { folded } from '../../ground/folding.ts';
import { keysOf, recordOf } from '../../ground/keys.ts';
import { CLOCK_OF } from '../../ground/time-zones.ts';
import { readUai } from '../../roster/uai.ts';
import { NO_CONTACTS, type Contacts } from '../../store/town/contract.ts';
import type { AgentWish, CommuneWish, FileFault, SchoolWish, TownWish } from './contract.ts';
import { readCommuneCode, readTownWish } from './fields.ts';

/** A whole town, as a file describes it: what of it can be read. */
export interface TownFile {
  readonly town: FileTown | null;
  readonly communes: readonly Placed<CommuneWish>[];
  readonly schools: readonly Placed<FileSchool>[];
  readonly agents: readonly Placed<AgentWish>[];
}

/** An entry of a list, and its place there, as paths name it. */
interface Placed<Wish> {
  readonly at: number;
  readonly wish: Wish;
}

/** `commune`: as the file names it, by name or by code; null: not said, so it stays. */
export interface FileSchool extends Omit<SchoolWish, 'commune'> {
  readonly commune: string | null;
}

/** Far more than any town has. */
const MOST = { communes: 500, schools: 2_000, agents: 50 } as const;
/** A list of faults that somebody reads to its end. */
const MOST_FAULTS = 500;

const text = z.string();
const TOWN = z.strictObject({
  name: text,
  domain: text,
  timeZone: text.optional(),
  holidayZone: text,
  postmaster: text.nullable().optional(),
  contacts: z
    .strictObject({
      organisation: text.optional(),
      representative: text.optional(),
      postalAddress: text.optional(),
      phone: text.optional(),
      mail: text.optional(),
      dataOfficer: text.optional(),
      host: text.optional(),
    } satisfies Record<keyof Contacts, z.ZodType>)
    .prefault({}),
});
const COMMUNE = z.strictObject({ name: text, code: text.nullable().default(null) });
const SCHOOL = z.strictObject({
  name: text,
  commune: text.nullable().default(null),
  uai: text.nullable().default(null),
  slug: text.nullable().default(null),
  domain: text.nullable().default(null),
});
const AGENT = z.strictObject({
  givenName: text,
  familyName: text,
  address: text.nullable().default(null),
});
const listOf = (most: number) => z.array(z.unknown()).max(most).default([]);
const FILE = z.strictObject({
  town: z.unknown(),
  communes: listOf(MOST.communes),
  schools: listOf(MOST.schools),
  agents: listOf(MOST.agents),
});
/** The town itself; what the file leaves out of it is not there. */
export type FileTown = z.infer<typeof TOWN>;
type RawAgent = z.infer<typeof AGENT>;

/**
 * What a file says of a town, and all that is wrong with it by itself, each with its path in the
 * file: `schools[3].uai`. What can be read is read beside what can't, so that whoever knows the
 * town that is there finds the rest of the faults at once.
 */
export function readTownFile(
  json: unknown,
  domain: string,
): { readonly file: TownFile; readonly faults: readonly FileFault[] } {
  const whole = FILE.safeParse(json, { reportInput: true });
  const faults = whole.success ? [] : shapeFaults(whole.error, []);
  const raw: Readonly<Record<string, unknown>> = isRecord(json) ? json : {};
  const entries = <Wish>(schema: z.ZodType<Wish>, name: keyof typeof MOST): Placed<Wish>[] => {
    const values: unknown = raw[name];
    return (Array.isArray(values) ? values.slice(0, MOST[name]) : []).flatMap((value, at) => {
      const read = readBy(schema, value, [name, at]);
      faults.push(...read.faults);
      return read.value === null ? [] : [{ at, wish: read.value }];
    });
  };
  const town = isRecord(json) ? readBy(TOWN, raw['town'], ['town']) : { value: null, faults: [] };
  faults.push(...town.faults, ...(town.value === null ? [] : townFaults(town.value, domain)));
  const communes = entries(COMMUNE, 'communes');
  const schools = entries(SCHOOL, 'schools');
  const agents = entries(AGENT, 'agents');
  faults.push(...agentFaults(agents, domain), ...repeatedIn({ communes, schools, agents }));
  return {
    file: {
      town: town.value,
      communes,
      schools,
      agents: agents.map(({ at, wish }) => ({ at, wish: agentOf(wish) })),
    },
    faults: faults.slice(0, MOST_FAULTS),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readBy<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
  path: readonly PropertyKey[],
): { readonly value: Value | null; readonly faults: readonly FileFault[] } {
  const read = schema.safeParse(value, { reportInput: true });
  return read.success
    ? { value: read.data, faults: [] }
    : { value: null, faults: shapeFaults(read.error, path) };
}

function shapeFaults(error: z.ZodError, before: readonly PropertyKey[]): FileFault[] {
  return error.issues.slice(0, MOST_FAULTS).flatMap((issue): FileFault[] => {
    const steps = [...before, ...issue.path];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((name) => ({ path: pathOf([...steps, name]), why: 'unknown' }));
    const path = pathOf(steps);
    if (issue.code === 'too_big') return [{ path, why: 'too-many' }];
    return [{ path, why: issue.input === undefined ? 'absent' : 'type' }];
  });
}

/** `schools[3].uai`. */
function pathOf(steps: readonly PropertyKey[]): string {
  return steps
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

/**
 * The wish of the file's `town`, whose domain is none: what the file leaves out stays as it was, or
 * is what it is in a new town. A zone that isn't one is found later.
 */
export function townWish(file: FileTown, before: TownWish | null): TownWish {
  const { name, timeZone, holidayZone, postmaster, contacts } = file;
  return {
    name,
    timeZone: timeZone ?? before?.timeZone ?? CLOCK_OF.mainland,
    holidayZone,
    postmaster: postmaster === undefined ? (before?.postmaster ?? null) : postmaster,
    contacts: recordOf(
      keysOf(NO_CONTACTS),
      (field) => contacts[field] ?? before?.contacts[field] ?? '',
    ),
  };
}

const TOWN_FIELDS = {
  name: 'name',
  'time-zone': 'timeZone',
  'holiday-zone': 'holidayZone',
  postmaster: 'postmaster',
  contacts: 'contacts',
} as const;

function townFaults(town: FileTown, domain: string): FileFault[] {
  const read = readTownWish(townWish(town, null), domain);
  const wrong = read.kind === 'trouble' ? read.why : [];
  return [
    ...wrong.map((why) => ({ path: `town.${TOWN_FIELDS[why]}`, why })),
    ...(town.domain === domain ? [] : [{ path: 'town.domain', why: 'other-domain' } as const]),
  ];
}

/** An agent's address is at the town's domain. */
function agentFaults(agents: readonly Placed<RawAgent>[], domain: string): FileFault[] {
  return agents.flatMap(({ at, wish: { address } }) =>
    address !== null && canonicalLocal(address)?.domain !== domain
      ? [{ path: `agents[${at}].address`, why: 'address' as const }]
      : [],
  );
}

function agentOf({ givenName, familyName, address }: RawAgent): AgentWish {
  const local = address === null ? null : (canonicalLocal(address)?.local ?? null);
  return { givenName, familyName, local };
}

interface PlacedWishes {
  readonly communes: readonly Placed<CommuneWish>[];
  readonly schools: readonly Placed<FileSchool>[];
  readonly agents: readonly Placed<RawAgent>[];
}

/** What stands a second time where it may stand once. */
function repeatedIn({ communes, schools, agents }: PlacedWishes): FileFault[] {
  return [
    ...repeated('communes', communes, {
      name: ({ name }) => folded(name),
      code: ({ code }) => code && readCommuneCode(code),
    }),
    ...repeated('schools', schools, {
      uai: ({ uai }) => uai && readUai(uai),
      slug: ({ slug }) => slug,
      // What neither number nor short name tells apart is one school.
      name: ({ name, commune, uai, slug }) =>
        uai === null && slug === null ? `${folded(name)}|${folded(commune ?? '')}` : null,
      domain: ({ domain }) => domain,
    }),
    ...repeated('agents', agents, { address: ({ address }) => address?.toLowerCase() ?? null }),
  ];
}

function repeated<Wish>(
  list: keyof typeof MOST,
  entries: readonly Placed<Wish>[],
  fields: Readonly<Record<string, (wish: Wish) => string | null>>,
): FileFault[] {
  return Object.entries(fields).flatMap(([field, valueOf]) => {
    const seen = new Set<string>();
    return entries.flatMap(({ at, wish }): FileFault[] => {
      const value = valueOf(wish);
      if (value === null || value === '') return [];
      const isAgain = seen.has(value);
      seen.add(value);
      return isAgain ? [{ path: `${list}[${at}].${field}`, why: 'twice' }] : [];
    });
  });
}

const SECTIONS = ['town', 'communes', 'schools', 'agents'];
const PATH = /^([a-z]*)(?:\[(\d+)\])?/;

/** In the order of the file, one a field: what stands twice is taken as well. */
export function inOrder(faults: readonly FileFault[]): FileFault[] {
  const first = new Map(faults.toReversed().map((fault) => [fault.path, fault]));
  const placeOf = ({ path }: FileFault): readonly [section: number, at: number] => {
    const [, section = '', at = '0'] = PATH.exec(path) ?? [];
    return [SECTIONS.indexOf(section), Number(at)];
  };
  return faults
    .filter((fault) => first.get(fault.path) === fault)
    .sort((one, other) => {
      const [[section, at], [otherSection, otherAt]] = [placeOf(one), placeOf(other)];
      return section - otherSection || at - otherAt;
    });
}
