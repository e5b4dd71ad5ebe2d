import { z } from 'zod';
import { canonicalLocal } from '../address.ts';
import { readUai } from '../roster/uai.ts';
import type { Contacts } from '../store/town/settings.ts';
import type {
  AgentWish,
  CommuneWish,
  FileFault,
  FileTrouble,
  SchoolWish,
  TownWish,
} from './contract.ts';
import { readCommuneCode, readTownWish } from './fields.ts';

/** A whole town, as a file describes it. */
export interface TownFile {
  readonly town: TownWish;
  readonly communes: readonly CommuneWish[];
  /** `commune`: as the file names it, by name or by code; undefined: not said, so it stays. */
  readonly schools: readonly FileSchool[];
  readonly agents: readonly AgentWish[];
}

export interface FileSchool extends Omit<SchoolWish, 'commune'> {
  readonly commune: string | null;
}

type FileRead =
  | { readonly kind: 'read'; readonly file: TownFile }
  | { readonly kind: 'faults'; readonly faults: readonly FileFault[] };

/** Far more than any town has. */
const MOST = { communes: 500, schools: 2_000, agents: 50 } as const;
/** A list of faults that somebody reads to its end. */
const MOST_FAULTS = 500;

const text = z.string();
const TOWN = z.strictObject({
  name: text,
  domain: text,
  timeZone: text.default('Europe/Paris'),
  holidayZone: text,
  postmaster: text.nullable().default(null),
  contacts: z
    .strictObject({
      organisation: text.default(''),
      representative: text.default(''),
      postalAddress: text.default(''),
      phone: text.default(''),
      mail: text.default(''),
      dataOfficer: text.default(''),
      host: text.default(''),
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
const FILE = z.strictObject({
  town: TOWN,
  communes: z.array(COMMUNE).max(MOST.communes).default([]),
  schools: z.array(SCHOOL).max(MOST.schools).default([]),
  agents: z.array(AGENT).max(MOST.agents).default([]),
});
type Raw = z.infer<typeof FILE>;

/**
 * What a file says of a town, or all that is wrong with it by itself, each with its path in the
 * file: `schools[3].uai`. Whether it fits the town that is there only the store knows.
 */
export function readTownFile(json: unknown, domain: string): FileRead {
  const parsed = FILE.safeParse(json, { reportInput: true });
  if (!parsed.success) return { kind: 'faults', faults: shapeFaults(parsed.error) };
  const raw = parsed.data;
  const faults = [
    ...townFaults(raw.town, domain),
    ...agentFaults(raw.agents, domain),
    ...repeated('communes', raw.communes, { name: ({ name }) => key(name), code: codeOf }),
    ...repeated('schools', raw.schools, {
      uai: ({ uai }) => uai && (readUai(uai) ?? null),
      slug: ({ slug }) => slug,
      // What neither number nor short name tells apart is one school.
      name: (one) =>
        one.uai === null && one.slug === null ? `${key(one.name)}|${key(one.commune ?? '')}` : null,
      domain: (one) => one.domain,
    }),
    ...repeated('agents', raw.agents, { address: ({ address }) => address?.toLowerCase() ?? null }),
  ];
  if (faults.length > 0) return { kind: 'faults', faults: faults.slice(0, MOST_FAULTS) };
  return {
    kind: 'read',
    file: { ...raw, town: wishOf(raw.town), agents: raw.agents.map(agentOf) },
  };
}

function shapeFaults(error: z.ZodError): FileFault[] {
  return error.issues.slice(0, MOST_FAULTS).flatMap((issue): FileFault[] => {
    const path = pathOf(issue.path);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((name) => ({ path: pathOf([...issue.path, name]), why: 'unknown' }));
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

/** The wish of the file's `town`; a zone that is none is found by `readTownWish`. */
function wishOf({ name, timeZone, holidayZone, postmaster, contacts }: Raw['town']): TownWish {
  return {
    name,
    timeZone,
    holidayZone: holidayZone as TownWish['holidayZone'],
    postmaster,
    contacts,
  };
}

const TOWN_FIELDS = {
  name: 'name',
  'time-zone': 'timeZone',
  'holiday-zone': 'holidayZone',
  postmaster: 'postmaster',
  contacts: 'contacts',
} as const;

function townFaults(town: Raw['town'], domain: string): FileFault[] {
  const read = readTownWish(wishOf(town), domain);
  const wrong = read.kind === 'trouble' ? read.why : [];
  return [
    ...wrong.map((why) => ({ path: `town.${TOWN_FIELDS[why]}`, why })),
    ...(town.domain === domain ? [] : [{ path: 'town.domain', why: 'other-domain' } as const]),
  ];
}

/** An agent's address is at the town's domain. */
function agentFaults(agents: Raw['agents'], domain: string): FileFault[] {
  return agents.flatMap(({ address }, at) =>
    address !== null && canonicalLocal(address)?.domain !== domain
      ? [{ path: `agents[${at}].address`, why: 'address' as const }]
      : [],
  );
}

function agentOf({ givenName, familyName, address }: Raw['agents'][number]): AgentWish {
  const local = address === null ? null : (canonicalLocal(address)?.local ?? null);
  return { givenName, familyName, local };
}

const key = (name: string): string => name.trim().toLowerCase();
const codeOf = ({ code }: CommuneWish): string | null => code && readCommuneCode(code);

/** What stands a second time where it may stand once. */
function repeated<Item>(
  list: string,
  items: readonly Item[],
  fields: Readonly<Record<string, (item: Item) => string | null>>,
): FileFault[] {
  const why: FileTrouble = 'twice';
  return Object.entries(fields).flatMap(([field, valueOf]) => {
    const seen = new Set<string>();
    return items.flatMap((item, at) => {
      const value = valueOf(item);
      if (value === null || value === '') return [];
      const isAgain = seen.has(value);
      seen.add(value);
      return isAgain ? [{ path: `${list}[${at}].${field}`, why }] : [];
    });
  });
}
