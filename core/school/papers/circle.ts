import { classesOf, membersNow } from '../../directory/own-classes.ts';
import type { ClassId } from '../../ground/ids.ts';
import { groupsToday } from '../../mail/groups/members-today.ts';
import { COLLEAGUES, groupIn } from '../../mail/groups/own-addresses.ts';
import { MOST_GROUPS } from '../../mail/groups/parts.ts';
import type { Person, Roster } from '../../roster/snapshot.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { ownGroupsOf } from '../../store/people/own-groups.ts';
import { guardiansOf } from './asked-papers.ts';
import type { PaperCircle } from './contract.ts';
import type { PaperParts } from './parts.ts';

/** Whose families a letter goes to: all of a class, or a group of its writer's own. */
export interface Circle {
  readonly roster: Roster;
  /** Null: a group. */
  readonly classId: ClassId | null;
  readonly about: string;
  readonly recipient: string;
  readonly children: readonly Person[];
}

/**
 * The circle that a letter's recipients are; null where they are anything else. A copy to one's
 * colleagues asks nobody, a group with pupils in it would tell pupils.
 */
export async function circleOf(
  parts: PaperParts,
  viewer: Viewer,
  recipients: readonly string[],
): Promise<Circle | null> {
  const [recipient, ...others] = new Set(recipients.filter((one) => one !== COLLEAGUES));
  if (recipient === undefined || others.length > 0) return null;
  return groupIn(recipient) === null
    ? classCircle(parts, viewer, recipient)
    : groupCircle(parts, viewer, recipient);
}

async function classCircle(
  parts: PaperParts,
  viewer: Viewer,
  recipient: string,
): Promise<Circle | null> {
  const entry = (await parts.directory.resolve([recipient], { maxAgeMs: 0 })).get(recipient);
  if (entry?.kind !== 'class-families') return null;
  const own = (await classesOf(parts, viewer)).find(
    ({ schoolClass }) => schoolClass.id === entry.target,
  );
  if (own === undefined) return null;
  const members = await membersNow(parts, own);
  return {
    roster: own.roster,
    classId: own.schoolClass.id,
    about: own.schoolClass.name,
    recipient,
    children: members.filter(({ home }) => home === own.school).map(({ person }) => person),
  };
}

async function groupCircle(
  parts: PaperParts,
  viewer: Viewer,
  recipient: string,
): Promise<Circle | null> {
  if (viewer.role === 'pupil' || viewer.role === 'guardian') return null;
  const rows = await parts.store.read(viewer.school, (tx) =>
    ownGroupsOf(tx, viewer.account, MOST_GROUPS),
  );
  const [group] = await groupsToday(
    parts,
    viewer,
    rows.filter(({ id }) => id === groupIn(recipient)),
  );
  const roster = group?.classes[0]?.roster;
  if (group === undefined || roster === undefined || group.whom !== 'families') return null;
  const isHere = group.members.every(({ home }) => home === roster.school.id);
  if (!isHere) return null;
  return {
    roster,
    classId: null,
    about: group.name,
    recipient,
    children: group.members.map(({ person }) => person),
  };
}

/** What a page says of it before anybody is asked. */
export async function circleInNumbers(
  parts: PaperParts,
  { roster, about, children }: Circle,
): Promise<PaperCircle> {
  const guardians = await guardiansOf(
    parts,
    roster,
    children.map(({ addressId }) => addressId),
  );
  const of = ({ addressId }: Person): number => guardians.get(addressId)?.length ?? 0;
  return {
    about,
    children: children.length,
    guardians: children.reduce((sum, child) => sum + of(child), 0),
    unreached: children.filter((child) => of(child) === 0).map(({ givenName }) => givenName),
  };
}
