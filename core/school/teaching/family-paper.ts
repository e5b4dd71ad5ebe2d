import { memberOf, membersNow, ownClass, type Member } from '../../directory/own-classes.ts';
import type { AccountId, ClassId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import { setPaperAt } from '../../store/people/accounts.ts';
import { lockSchools } from '../../store/schools/class-links.ts';
import type { Ruling } from './contract.ts';
import { announceAll, DONE, GONE, type TeachingParts } from './parts.ts';

interface PaperWord {
  readonly class: ClassId;
  readonly children: readonly AccountId[] | 'all';
  readonly agrees: boolean;
}

/**
 * Notes the yes of families, given on paper, of some children of a class or of all; or takes it
 * back. What is so already is left, with its day.
 */
export async function notePaper(
  parts: TeachingParts,
  viewer: Viewer,
  wish: PaperWord,
): Promise<Ruling> {
  const own = await ownClass(parts, viewer, wish.class);
  if (!own) return GONE;
  const members = await membersNow(parts, own);
  const named =
    wish.children === 'all' ? members : wish.children.map((account) => memberOf(members, account));
  if (named.includes(undefined)) return GONE;
  const changed = named.filter(
    (one): one is Member => one !== undefined && (one.person.paperAt === null) === wish.agrees,
  );
  if (changed.length === 0) return DONE;
  const homes = Map.groupBy(changed, ({ home }) => home);
  const act = wish.agrees ? 'family-paper' : 'family-paper-back';
  await parts.store.town(async (tx) => {
    await lockSchools(tx, [...homes.keys(), own.school]);
    for (const [home, some] of homes) {
      const accounts = some.map(({ person }) => person.account);
      await setPaperAt(await tx.in(home), accounts, wish.agrees ? parts.clock() : null);
    }
    for (const school of new Set([...homes.keys(), own.school]))
      await writeAudit(await tx.in(school), viewer.addressId, act, {
        class: own.schoolClass.id,
        people: changed.map(({ person }) => person.addressId),
      });
  });
  announceAll(parts, changed);
  return DONE;
}
