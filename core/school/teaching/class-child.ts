import { nameForChild } from '../../directory/child-names.ts';
import { peopleOf } from '../../directory/people-of.ts';
import { advised } from '../../entry/codes/first-codes.ts';
import type { AccountId, ClassId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { codeStates } from '../../store/people/code-states.ts';
import type { ClassChild } from './contract.ts';
import { findChild, type OwnClassContext, type TeachingParts } from './parts.ts';
import { childReads } from './reads.ts';

/** The cover of whoever belongs to no class. */
const NO_CLASS = 8;

/** One child of a class of the viewer's; null for anybody else. */
export async function classChild(
  parts: TeachingParts,
  viewer: Viewer,
  whose: { readonly class: ClassId; readonly child: AccountId },
): Promise<ClassChild | null> {
  const found = await findChild(parts, viewer, whose);
  return found && childOf(parts, found);
}

/** What a teacher sees of one child of their class; a guardian who is blocked is nobody here. */
export async function childOf(
  parts: TeachingParts,
  found: OwnClassContext,
): Promise<ClassChild | null> {
  const {
    own,
    child: { person, home },
  } = found;
  const roster = (await parts.directory.rosters([home], { maxAgeMs: 1_000 })).get(home);
  if (!roster) return null;
  const [guardians, code, reads] = await Promise.all([
    peopleOf(parts.directory, roster.guardiansOf.get(person.addressId) ?? []),
    parts.store.read(home, (tx) => codeStates(tx, [person.account])),
    childReads(parts, found),
  ]);
  return {
    account: person.account,
    address: person.address,
    code: code.get(person.account) ?? null,
    advised: advised(own.schoolClass.levels),
    calledByClassmates: nameForChild(person, roster, {
      addressId: person.addressId,
      roster,
      now: parts.clock(),
    }),
    reads,
    family: [...guardians.values()]
      .filter((one) => one.person.state === 'active')
      .map(({ person: { displayName, address, face } }) => ({
        kind: 'adult',
        name: displayName,
        address,
        face,
        cover: NO_CLASS,
      })),
    charterAt: person.charterAt,
    paperAt: person.paperAt,
    answers: (roster.answersOf.get(person.addressId) ?? []).map(({ guardian, agrees, at }) => ({
      name: guardians.get(guardian)?.person.displayName ?? '',
      agrees,
      at,
    })),
  };
}
