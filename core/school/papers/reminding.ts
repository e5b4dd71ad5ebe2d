import { peopleOf } from '../../directory/people-of.ts';
import { dayAt, momentOf } from '../../ground/clock.ts';
import type { AddressId, PaperId, SchoolId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { claimReminder, notRemindedSince, silentChildren } from '../../store/papers/answers.ts';
import { Rollback } from '../../store/store.ts';
import { papersFor, phaseOf, type AskedPaper } from './asked-papers.ts';
import { waitsFor } from './family.ts';
import type { PaperParts } from './parts.ts';
import { reminderLetter, type WaitingPaper } from './words.ts';

/**
 * Reminds those whose answer to a paper is still needed, each once a day whatever waits: their one
 * word names all that does, of all their children here. How many were reminded.
 */
export async function remindOf(
  parts: PaperParts,
  roster: Roster,
  { paper, child = null }: { readonly paper: AskedPaper; readonly child?: AddressId | null },
): Promise<number> {
  const now = parts.clock();
  const { school } = roster;
  const whose = paper.children.filter(({ person }) => child === null || person.addressId === child);
  const silent = await parts.store.read(school.id, (tx) =>
    silentChildren(
      tx,
      whose.map(({ person }) => person.addressId),
    ),
  );
  const waiting = new Set(
    whose.flatMap((one) =>
      one.guardians
        .map(({ addressId }) => addressId)
        .filter((id) =>
          waitsFor({ paper, child: one, isSilent: silent.has(one.person.addressId) }, id, now),
        ),
    ),
  );
  const morning = momentOf(dayAt(now, school.timeZone), '00:00', school.timeZone);
  const toTell = await parts.store.read(school.id, (tx) =>
    notRemindedSince(tx, [...waiting], morning),
  );
  let told = 0;
  for (const guardian of toTell)
    if (await tell(parts, roster, { guardian, since: morning })) told += 1;
  return told;
}

/** One word of all that waits for a guardian in a school; what it named counts as reminded of. */
async function tell(
  parts: PaperParts,
  roster: Roster,
  { guardian, since }: { readonly guardian: AddressId; readonly since: Date },
): Promise<boolean> {
  const { school, childrenOf } = roster;
  const now = parts.clock();
  const found = (await peopleOf(parts.directory, [guardian])).get(guardian);
  const pupils = childrenOf.get(guardian) ?? [];
  if (found === undefined) return false;
  const papers = await papersFor(parts, roster, pupils);
  const silent = await parts.store.read(school.id, (tx) => silentChildren(tx, pupils));
  const waiting = papers
    .filter((paper) => phaseOf(paper, now) === 'open')
    .flatMap((paper) =>
      paper.children
        .filter(({ guardians }) => guardians.some(({ addressId }) => addressId === guardian))
        .filter((child) =>
          waitsFor({ paper, child, isSilent: silent.has(child.person.addressId) }, guardian, now),
        )
        .map((child) => ({ paper, child })),
    );
  const named = waiting.map(({ paper, child }): WaitingPaper => ({
    subject: paper.now.subject,
    child: child.person.givenName,
    until: paper.now.until,
    page: `${parts.publicUrl}/papers/${school.id}/${paper.row.id}`,
  }));
  if (named.length === 0) return false;
  const { person, home } = found;
  const raw = await parts.notices.write({
    to: { name: person.displayName, address: person.address },
    ...reminderLetter(named, { timeZone: school.timeZone, language: person.language }),
  });
  const ids = [...new Set(waiting.map(({ paper }) => paper.row.id))];
  // First the note: of a crash between the two somebody has no word, and none has two.
  if (
    !(await claimWord(parts, {
      school: school.id,
      papers: ids,
      word: { guardian, at: now, since },
    }))
  )
    return false;
  await parts.notices.deliver({ school: home, account: person.account }, raw);
  return true;
}

/** A word of today, and the papers that it names. */
interface WordOfToday {
  readonly school: SchoolId;
  readonly papers: readonly PaperId[];
  readonly word: Parameters<typeof claimReminder>[2];
}

/**
 * Notes that a word of today names these papers to a guardian; false where another has, be it in
 * this very second: then this one doesn't go.
 */
export function claimWord(
  { store }: Pick<PaperParts, 'store'>,
  { school, papers, word }: WordOfToday,
): Promise<boolean> {
  const claim = store.write(school, async (tx) => {
    if (!(await claimReminder(tx, papers, word))) throw new Rollback('told today');
    return true;
  });
  return claim.catch((error: unknown) => {
    if (error instanceof Rollback) return false;
    throw error;
  });
}
