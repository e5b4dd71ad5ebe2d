import { agentSchools, chargedSchools } from '../../directory/charge.ts';
import type { SchoolId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAgentAct, writeAudit } from '../../store/audit.ts';
import { act, NOT_THERE, trouble, type ClassParts } from './act.ts';
import { decideMembership, decideRemoval } from './adults.ts';
import type { ClassActed, Classes } from './contract.ts';
import { overview } from './overview.ts';
import { decideChange, decideEnd, decideNew } from './sheets.ts';
import { decideSpread } from './spread.ts';
import { undoLast } from './undo.ts';

const SHORTEST_REASON = 5;
const LONGEST_REASON = 500;

/** Everything that a head does to the classes of their school. */
export function openClasses(parts: ClassParts): Classes {
  return {
    schools: (viewer) => chargedSchools(parts, viewer),
    open: (viewer, school, reason) => open(parts, viewer, { school, reason }),
    overview: (viewer, school) => overview(parts, viewer, school),
    create: (viewer, school, order) =>
      act(parts, { viewer, school }, (charge) => decideNew(charge, order, parts.domain)),
    change: (viewer, school, change) =>
      act(parts, { viewer, school }, (charge) => decideChange(charge, change)),
    end: (viewer, school, ending) =>
      act(parts, { viewer, school }, (charge) => decideEnd(charge, ending)),
    spread: (viewer, school, spread) =>
      act(parts, { viewer, school }, (charge) => decideSpread(charge, spread)),
    undoLast: (viewer, school) => undoLast(parts, viewer, school),
    placeAdult: (viewer, school, membership) =>
      act(parts, { viewer, school }, (charge) =>
        decideMembership(parts.directory, charge, membership),
      ),
    removeAdult: (viewer, school, membership) =>
      act(parts, { viewer, school }, (charge) => decideRemoval(charge, membership)),
  };
}

async function open(
  parts: ClassParts,
  viewer: Viewer,
  { school, reason }: { readonly school: SchoolId; readonly reason: string },
): Promise<ClassActed> {
  if (!(await agentSchools(parts, viewer))?.has(school)) return NOT_THERE;
  const why = reason.replace(/\s+/g, ' ').trim().slice(0, LONGEST_REASON);
  return parts.store.town(async (tx): Promise<ClassActed> => {
    if (why.length < SHORTEST_REASON) return trouble('reason-missing');
    await writeAgentAct(tx, { by: viewer.addressId, act: 'open-school', school, reason: why });
    await writeAudit(await tx.in(school), viewer.addressId, 'open-school', { reason: why });
    return { kind: 'done', class: null };
  });
}
