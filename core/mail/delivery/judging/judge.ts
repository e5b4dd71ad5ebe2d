import { setImmediate as others } from 'node:timers/promises';
import type { Directory } from '../../../directory/directory.ts';
import { canonicalAddress, domainOf, isWithin } from '../../../ground/address.ts';
import type { AddressId, SchoolId } from '../../../ground/ids.ts';
import {
  EMPTY,
  factsOf,
  keptOutBetween,
  NO_RECENT_ACTIVITY,
  type Circumstances,
  type Contents,
  type From,
  type RecentActivity,
  type To,
} from '../../../roster/relate.ts';
import type { AddressEntry, Person, Roster } from '../../../roster/snapshot.ts';
import { standingOf, type PersonStanding } from '../../../roster/standing.ts';
import { decide, type Verdict } from '../../../rules/decide.ts';
import type { Outcome, Refusal } from '../../../rules/outcome.ts';
import { reach } from '../../../rules/reach.ts';
import type { Viewer } from '../../../rules/viewer.ts';
import { membersFor } from './expand.ts';
import { refusalOf } from './refusal.ts';

/** Who asks: of an account, who it is and nothing more. */
export type Asker =
  | { readonly kind: 'account'; readonly viewer: Pick<Viewer, 'addressId' | 'role'> }
  /**
   * A stranger, by the address that is asked about: the reverse-path at RCPT TO, From once the
   * message is there.
   */
  | {
      readonly kind: 'outside';
      readonly address: string | null;
      readonly authentication: 'pass' | 'none' | 'fail';
    }
  | { readonly kind: 'system' };

/** A message as far as the rules need it. */
interface Question {
  readonly sender: Asker;
  readonly recipients: readonly string[];
  readonly content: Contents;
  readonly lifted: readonly string[];
  readonly recentActivity: RecentActivity;
  readonly now: Date;
  /** The domains whose mail we host. */
  readonly ourDomains: ReadonlySet<string>;
  /** How old the roster may be that this is decided on, in milliseconds. */
  readonly maxAgeMs: number;
}

/** One final recipient, or a named address that leads to nobody. */
export interface JudgedRecipient {
  readonly address: string;
  /** What the sender named: the same, or the list that led here. */
  readonly named: AddressEntry | null;
  readonly to: To | null;
  readonly verdict: Verdict;
  readonly refusal: Refusal | null;
  /** The name of the forbidden site for which it is refused or held; null: for none. */
  readonly site: string | null;
}

export interface Judgement {
  readonly from: From;
  readonly judged: readonly JudgedRecipient[];
  readonly rosters: ReadonlyMap<SchoolId, Roster>;
}

const UNKNOWN = { kind: 'deny', rule: 'no-such-address' } as const satisfies Verdict;
/** A mail to the whole town is judged in portions, so that others are served meanwhile. */
const MEMBERS_AT_ONCE = 500;
const FEW_SCHOOLS = 40;

interface DayParts {
  readonly directory: Directory;
  readonly clock: () => Date;
  readonly domain: string;
}

/** An empty letter of a person, judged by the rosters of this moment: whom they may reach. */
export async function judgeToday(
  parts: DayParts,
  viewer: Viewer,
  recipients: readonly string[],
): Promise<readonly JudgedRecipient[]> {
  const { judged } = await judge(parts.directory, {
    sender: { kind: 'account', viewer },
    recipients,
    content: EMPTY,
    lifted: [],
    recentActivity: NO_RECENT_ACTIVITY,
    now: parts.clock(),
    ourDomains: new Set([parts.domain]),
    maxAgeMs: 0,
  });
  return judged;
}

/**
 * Expands lists, loads what is needed of the roster, and asks `decide` about the sender and every
 * recipient.
 */
export async function judge(directory: Directory, question: Question): Promise<Judgement> {
  const { recipients } = question;
  const entries = await directory.resolve(recipients, question);
  const { lookup, from } = await lookupFor(directory, question, [...entries.values()]);
  const { rosters } = lookup.circumstances;
  if (!from)
    return {
      from: { kind: 'system' },
      rosters,
      judged: recipients.map((address) => unknown(address)),
    };
  const judged: JudgedRecipient[] = [];
  for (const address of recipients)
    judged.push(...(await judgeNamed(from, address, entries.get(address) ?? null, lookup)));
  return { from, rosters, judged: onceEach(judged) };
}

/**
 * Of these people and lists, those that the sender may write to: what a page offers to pick from.
 */
export async function inReach(
  directory: Directory,
  question: Omit<Question, 'recipients' | 'content'>,
  candidates: readonly AddressEntry[],
): Promise<{
  readonly reached: readonly AddressEntry[];
  readonly rosters: ReadonlyMap<SchoolId, Roster>;
  readonly from: From | null;
}> {
  const { lookup, from } = await lookupFor(
    directory,
    { ...question, recipients: [], content: EMPTY },
    candidates,
  );
  const { circumstances } = lookup;
  if (!from) return { reached: [], rosters: circumstances.rosters, from };
  const asked = candidates.flatMap((entry) => {
    const to = toOf(entry, null, lookup);
    return to && !isSender(from, entry.id)
      ? [{ entry, facts: factsOf(from, to, circumstances) }]
      : [];
  });
  const reached = reach(asked, ({ facts }) => facts).map(({ entry }) => entry);
  return { reached, rosters: circumstances.rosters, from };
}

/** Loads the rosters that a question concerns, and finds out who asks. */
async function lookupFor(
  directory: Directory,
  question: Question,
  entries: readonly AddressEntry[],
): Promise<{ lookup: RosterLookup; from: From | null }> {
  const { maxAgeMs, sender } = question;
  const own =
    sender.kind === 'account'
      ? await directory.byId([sender.viewer.addressId], { maxAgeMs })
      : new Map<AddressId, AddressEntry>();
  const concerned = [...entries, ...own.values()];
  const wholeTown =
    concerned.some(({ kind }) => kind === 'town') &&
    sender.kind === 'account' &&
    sender.viewer.role === 'agent';
  const rosters = wholeTown
    ? await directory.town({ maxAgeMs })
    : await directory.rosters(concerned.flatMap(schoolsOf), { maxAgeMs });
  const lookup = openRosterLookup(directory, rosters, question);
  return { lookup, from: fromOf(sender, lookup) };
}

interface RosterLookup {
  readonly circumstances: Circumstances;
  standing(address: AddressId): PersonStanding | null;
  /** Makes sure that the homes of these people are among the rosters. */
  fetch(people: readonly AddressId[]): Promise<void>;
}

function openRosterLookup(
  directory: Directory,
  given: ReadonlyMap<SchoolId, Roster>,
  { now, recentActivity, content, lifted, ourDomains, maxAgeMs }: Question,
): RosterLookup {
  const rosters = new Map(given);
  const standings = new Map<AddressId, PersonStanding | null>();

  function find(address: AddressId): { person: Person; home: SchoolId } | null {
    for (const [home, roster] of rosters) {
      const person = roster.people.get(address);
      if (person) return { person, home };
    }
    return null;
  }

  return {
    circumstances: { rosters, now, recentActivity, content, lifted, ourDomains },
    standing(address) {
      const kept = standings.get(address);
      if (kept !== undefined) return kept;
      const found = find(address);
      const standing = found ? standingOf(found, lookedAt(rosters, found.home), now) : null;
      standings.set(address, standing);
      return standing;
    },
    async fetch(people) {
      const strangers = people.filter((address) => !find(address));
      if (strangers.length === 0) return;
      const entries = await directory.byId(strangers, { maxAgeMs });
      const more = await directory.rosters([...entries.values()].flatMap(schoolsOf), { maxAgeMs });
      for (const [school, roster] of more) rosters.set(school, roster);
      standings.clear(); // more schools were seen, so somebody may stand in more of them
    },
  };
}

/**
 * For the few that two people's mail concerns, each; for a mail to the whole town a person's home
 * says enough, unless it closes: they may belong elsewhere.
 */
function lookedAt(rosters: ReadonlyMap<SchoolId, Roster>, home: SchoolId): Roster[] {
  const own = rosters.get(home);
  const every = rosters.size <= FEW_SCHOOLS || own === undefined || own.school.closesOn !== null;
  return every ? [...rosters.values()] : [own];
}

function schoolsOf(entry: AddressEntry): SchoolId[] {
  return [entry.school, ...entry.presentIn];
}

function fromOf(sender: Question['sender'], lookup: RosterLookup): From | null {
  if (sender.kind === 'system') return { kind: 'system' };
  if (sender.kind === 'outside')
    return { kind: 'outside', address: sender.address, authentication: sender.authentication };
  const standing = lookup.standing(sender.viewer.addressId);
  return standing && { kind: 'person', standing };
}

async function judgeNamed(
  from: From,
  address: string,
  entry: AddressEntry | null,
  lookup: RosterLookup,
): Promise<JudgedRecipient[]> {
  if (!entry)
    return [
      from.kind === 'person' && isOutside(address, lookup)
        ? judgeOne(from, { kind: 'outside', address }, { address, named: null }, lookup)
        : unknown(address),
    ];
  const to = toOf(entry, null, lookup);
  if (!to) return [unknown(address)];
  const named = judgeOne(from, to, { address, named: entry }, lookup);
  return to.kind === 'list' && named.verdict.kind !== 'deny'
    ? judgeMembers(from, named, entry, lookup)
    : [named];
}

/** Who or what an address leads to, as the rules see it; null for an account that is gone. */
function toOf(entry: AddressEntry, through: AddressEntry | null, lookup: RosterLookup): To | null {
  if (entry.kind !== 'account') return { kind: 'list', entry, listKind: entry.kind };
  const standing = lookup.standing(entry.id);
  return standing && { kind: 'person', standing, through };
}

/**
 * What is asked of a list counts for each of its members too. Members whose account is closed are
 * passed over, and so is a child from whom the sender is kept apart: to write to their class is
 * still theirs.
 */
async function judgeMembers(
  from: From,
  list: JudgedRecipient,
  entry: AddressEntry,
  lookup: RosterLookup,
): Promise<JudgedRecipient[]> {
  const sender = from.kind === 'person' ? from.standing : null;
  const members = membersFor(sender, entry, lookup.circumstances);
  await lookup.fetch(members);
  const judged: JudgedRecipient[] = [];
  for (const [index, member] of members.entries()) {
    if (index % MEMBERS_AT_ONCE === MEMBERS_AT_ONCE - 1) await others();
    const standing = lookup.standing(member);
    if (!standing || standing.state !== 'active' || isSender(from, member)) continue;
    const one = judgeOne(
      from,
      { kind: 'person', standing, through: entry },
      { address: standing.person.address, named: entry },
      lookup,
    );
    if (one.refusal?.rule === 'kept-apart') continue;
    const verdict = worse(list.verdict, one.verdict);
    judged.push({
      ...one,
      verdict,
      refusal:
        verdict === one.verdict
          ? one.refusal && { ...one.refusal, address: list.address }
          : list.refusal,
    });
  }
  return judged;
}

function isSender(from: From, member: AddressId): boolean {
  return from.kind === 'person' && from.standing.person.addressId === member;
}

/**
 * An address of a domain of ours, or below it, that nobody has is unknown, as is what isn't spelled
 * as an address (`…@ours.`); any other is outside.
 */
function isOutside(address: string, { circumstances }: RosterLookup): boolean {
  const domain = domainOf(address);
  return (
    canonicalAddress(address) === address &&
    ![...circumstances.ourDomains].some((own) => isWithin(domain, own))
  );
}

function judgeOne(
  from: From,
  to: To,
  who: { readonly address: string; readonly named: AddressEntry | null },
  { circumstances }: RosterLookup,
): JudgedRecipient {
  const verdict = decide(factsOf(from, to, circumstances));
  if (verdict.kind === 'allow') return { ...who, to, verdict, refusal: null, site: null };
  const isForSite = verdict.rule === 'forbidden-link' || verdict.rule === 'forbidden-link-held';
  // Its first key is its whole name.
  const site = isForSite ? (keptOutBetween(from, to, circumstances)?.keys[0] ?? null) : null;
  const about = { rule: verdict.rule, address: who.address, site };
  const refusal = refusalOf(about, { from, to }, circumstances);
  return { ...who, to, verdict, refusal, site };
}

function unknown(address: string): JudgedRecipient {
  return {
    address,
    named: null,
    to: null,
    verdict: UNKNOWN,
    refusal: { address, rule: UNKNOWN.rule, words: {} },
    site: null,
  };
}

const SEVERITY = { allow: 0, hold: 1, deny: 2 } as const;

function worse(one: Verdict, other: Verdict): Verdict {
  return SEVERITY[other.kind] > SEVERITY[one.kind] ? other : one;
}

/**
 * Somebody named twice, or on two lists, gets one copy: the kindest verdict counts, since each way
 * was asked about by itself.
 */
function onceEach(judged: readonly JudgedRecipient[]): JudgedRecipient[] {
  const byAddress = new Map<string, JudgedRecipient>();
  const denied: JudgedRecipient[] = [];
  for (const one of judged) {
    if (one.verdict.kind === 'deny') denied.push(one);
    const before = byAddress.get(one.address);
    if (!before || SEVERITY[one.verdict.kind] < SEVERITY[before.verdict.kind])
      byAddress.set(one.address, one);
  }
  return [...new Set([...byAddress.values(), ...denied])];
}

/** The deny, the hold, or null where everybody may have it. */
export function outcomeOf({ judged }: Judgement): Outcome | null {
  const refusals = unique(
    judged.flatMap(({ verdict, refusal }) => (verdict.kind === 'deny' && refusal ? [refusal] : [])),
  );
  if (refusals.length > 0) return { kind: 'denied', refusals };
  const held = unique(
    judged.flatMap(({ verdict, refusal }) => (verdict.kind === 'hold' && refusal ? [refusal] : [])),
  );
  if (held.length > 0) return { kind: 'held', message: null, held };
  return judged.length === 0 ? { kind: 'no-recipient' } : null;
}

/** A list that is refused for each of its members is named once. */
function unique(refusals: readonly Refusal[]): Refusal[] {
  return [
    ...new Map(refusals.map((refusal) => [`${refusal.address} ${refusal.rule}`, refusal])).values(),
  ];
}
