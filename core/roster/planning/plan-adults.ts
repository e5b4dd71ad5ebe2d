import type { AdultLine } from '../matching/identity.ts';
import { matchAdults } from '../matching/match-adults.ts';
import { previewOf, refuse, type Match } from '../matching/match.ts';
import { isOn } from '../matching/school-index.ts';
import type { KnownPerson, KnownPost } from '../matching/state.ts';
import { known, knownId, type PersonRef } from '../ref.ts';
import {
  beginMembership,
  endMemberships,
  isKept,
  leaveAlone,
  makePresent,
  newAccount,
  personLine,
  refresh,
  type PlanDraft,
} from './draft.ts';
import { hasLetters, leave, type PlacementRules } from './plan-pupils.ts';

const POST_OF = { teacher: 'teacher', head: 'head', staff: 'staff', aide: 'staff' } as const;
const STRENGTH = { head: 2, teacher: 1, staff: 0 } as const;

/**
 * Gives the adults of the file their post and classes; teachers whom no line names lose theirs,
 * heads and other staff don't.
 */
export function planAdults(
  draft: PlanDraft,
  lines: readonly AdultLine[],
  placing: PlacementRules,
): void {
  const matches = matchAdults(draft.matching, lines);
  for (const line of lines) {
    const match = matches.get(line);
    if (match === undefined || match.kind === 'none') leaveAlone(draft, line);
    else planAdult(draft, line, { match, placing });
  }
  for (const person of draft.state.people.values())
    if (!draft.matching.claimed.has(person.addressId)) leavePost(draft, person);
}

/** Gives one adult their place and classes; null where the line can't be used. */
export function planAdult(
  draft: PlanDraft,
  line: AdultLine,
  {
    match,
    placing,
  }: { readonly match: Exclude<Match, { kind: 'none' }>; readonly placing: PlacementRules },
): PersonRef | null {
  if (match.kind === 'new' && !hasLetters(line)) {
    refuse(draft.matching, line, 'name-without-letters');
    return null;
  }
  if (match.kind === 'new') return arrive(draft, line, { person: null, placing });
  if (match.person.account === null) return arrive(draft, line, { person: match.person, placing });
  welcome(draft, line, { person: match.person, placing });
  return known(match.person.addressId);
}

function arrive(
  draft: PlanDraft,
  line: AdultLine,
  { person, placing }: { readonly person: KnownPerson | null; readonly placing: PlacementRules },
): PersonRef {
  const role = postFor(draft, line, { held: null, byAgent: placing.byAgent });
  const ref = newAccount(draft, line, { role, address: person?.addressId ?? null, classRef: null });
  draft.acts.postsBegun.push({ person: ref, role });
  fillClasses(draft, line, { person: ref, placing });
  return ref;
}

/**
 * Somebody with an account: here already, or from another school, who keeps home, address and mail
 * there, or brings them along having left it.
 */
function welcome(
  draft: PlanDraft,
  line: AdultLine,
  { person, placing }: { readonly person: KnownPerson; readonly placing: PlacementRules },
): void {
  const { addressId } = person;
  const held = postsOf(draft, person)[0] ?? null;
  const role = postFor(draft, line, { held, byAgent: placing.byAgent });
  const isHomeless = person.home !== draft.state.school && person.left && placing.byAgent;
  if (isHomeless) draft.acts.moves.push({ address: addressId, from: person.home });
  if (person.home === draft.state.school || isHomeless) refresh(draft, line, person);
  if (held === null) {
    draft.acts.postsBegun.push({ person: known(addressId), role });
    draft.says.joins.push(personLine(draft, person, line));
    draft.changing.add(line);
  }
  if (!isHomeless) makePresent(draft, person);
  fillClasses(draft, line, { person: known(addressId), placing });
}

/**
 * The post that a line gives. None rises: who has a post keeps it, and only an agent's file names
 * the head of a school without one.
 */
function postFor(
  draft: PlanDraft,
  line: AdultLine,
  { held, byAgent }: { readonly held: KnownPost | null; readonly byAgent: boolean },
): KnownPost['role'] {
  const wanted = POST_OF[line.role];
  if (held !== null) {
    if (STRENGTH[wanted] > STRENGTH[held.role]) draft.says.notRaised.push(previewOf(line));
    return held.role;
  }
  if (wanted !== 'head' || (byAgent && !hasHead(draft))) return wanted;
  draft.says.notRaised.push(previewOf(line));
  return 'teacher';
}

function hasHead({ state, acts, day }: PlanDraft): boolean {
  return (
    acts.postsBegun.some((post) => post.role === 'head') ||
    state.posts.some((post) => post.role === 'head' && isOn(post, day))
  );
}

function fillClasses(
  draft: PlanDraft,
  line: AdultLine,
  {
    person,
    placing: { classOf },
  }: { readonly person: PersonRef; readonly placing: PlacementRules },
): void {
  const role = line.role === 'aide' || line.role === 'staff' ? 'aide' : 'teacher';
  const named = line.classNames.flatMap((name) => classOf(name) ?? []);
  for (const classRef of named)
    if (beginMembership(draft, { classRef, person, role })) draft.changing.add(line);
  const id = knownId(person);
  if (named.length === 0 || id === null) return;
  const before = draft.acts.membershipsEnded.length;
  const ids = named.map(knownId);
  endMemberships(draft, id, (one) => one.role === role && !ids.includes(one.classId));
  if (draft.acts.membershipsEnded.length > before) draft.changing.add(line);
}

function postsOf({ matching }: PlanDraft, { addressId }: KnownPerson): KnownPost[] {
  const posts = matching.index.postsOf.get(addressId) ?? [];
  return posts.toSorted((one, other) => STRENGTH[other.role] - STRENGTH[one.role]);
}

/**
 * A teacher whom the file of adults no longer names. One with a post elsewhere takes account and
 * mail there.
 */
function leavePost(draft: PlanDraft, person: KnownPerson): void {
  const posts = postsOf(draft, person);
  if (posts.length === 0 || posts.some(({ role }) => role !== 'teacher') || isKept(draft, person))
    return;
  draft.acts.postsEnded.push(...posts);
  const [next] = person.placedIn;
  if (person.home === draft.state.school && next === undefined) return leave(draft, person);
  draft.says.leaves.push(personLine(draft, person, null));
  endMemberships(draft, person.addressId, ({ role }) => role !== 'pupil');
  if (person.home === draft.state.school && next !== undefined)
    draft.acts.movesOut.push({ address: person.addressId, to: next });
}
