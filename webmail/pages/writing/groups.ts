import type { OwnGroupId } from '../../../core/ground/ids.ts';
import type { OwnGroup, WithGroups } from '../../../core/mail/groups/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import { coverClass, namesOf } from '../../frame/parts.ts';
import { nothingHere } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { ownLines, ownListPage, type OwnList } from './own-list.ts';
import { begin, type WritePart } from './write.ts';

export type GroupPart = FramePart & WithGroups;

const SAID = ['saved', 'removed'] as const;
/** Names of a group that its line writes out. */
const NAMED = 12;

/** Groups are for adults of a school: their classes are what they are made of. */
export const hasGroups = ({ audience, viewer }: Visit): boolean =>
  audience === 'adult' && viewer.role !== 'guardian';

/** The list of a teacher's groups, in this reader's words. */
export const groupList = ({ texts }: Visit): OwnList => ({ path: '/groups', words: texts.groups });

/** GET /groups: one's own groups of pupils, to write to, to change and to remove. */
export async function groups(visit: Visit<GroupPart>, said: unknown): Promise<Answer> {
  if (!hasGroups(visit)) return MISSING;
  const own = await visit.core.groups.list(visit.viewer);
  const words = visit.texts.groups;
  const known = SAID.find((one) => one === said);
  return ownListPage(visit, groupList(visit), {
    said: known && words.said[known],
    lines: own.length === 0 ? nothingHere('satchel', words.none) : groupLines(visit, own),
  });
}

function groupLines(visit: Visit, own: readonly OwnGroup[]): Html {
  const words = visit.texts.groups;
  const lines = own.map(({ id, name, whom, pupils, count }) => ({
    id,
    name,
    shown: visit.texts.write.listCount(name, count),
    about:
      pupils.length === 0
        ? words.empty
        : `${words.whoms[whom]}${visit.texts.colon}${namesOf(visit, pupils, NAMED)}`,
    spine: html`
      <span class="spine tall ${coverClass(pupils[0]?.cover ?? 8)}" aria-hidden="true"></span>
    `,
    mayWrite: count > 0,
    mayChange: true,
  }));
  return ownLines(visit, groupList(visit), lines);
}

/** POST /groups/:group/remove: the group goes, what was sent to it stays. */
export async function removeGroup(visit: Visit<GroupPart>, id: OwnGroupId): Promise<Answer> {
  if (!hasGroups(visit)) return MISSING;
  return (await visit.core.groups.remove(visit.viewer, id))
    ? { kind: 'go', to: '/groups?said=removed' }
    : MISSING;
}

/** GET /groups/:group/write: a new message to a group. */
export async function groupMail(
  visit: Visit<GroupPart & WritePart>,
  id: OwnGroupId,
): Promise<Answer> {
  if (!hasGroups(visit)) return MISSING;
  const group = (await visit.core.groups.list(visit.viewer)).find((one) => one.id === id);
  if (group === undefined) return MISSING;
  return begin(visit, { to: [group.address] });
}
