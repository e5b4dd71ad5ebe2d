import { peopleOf } from '../../directory/people-of.ts';
import { dayAt, momentOf } from '../../ground/clock.ts';
import type { AddressId } from '../../ground/ids.ts';
import type { Roster } from '../../roster/snapshot.ts';
import { noteReminded, notRemindedSince, silentChildren } from '../../store/papers/answers.ts';
import { papersFor, phaseOf, type AskedPaper } from './facts.ts';
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
  for (const guardian of toTell) await tell(parts, roster, guardian);
  return toTell.length;
}

/** One word of all that waits for a guardian in a school; what it named counts as reminded of. */
async function tell(parts: PaperParts, roster: Roster, guardian: AddressId): Promise<void> {
  const { school, childrenOf } = roster;
  const now = parts.clock();
  const found = (await peopleOf(parts.directory, [guardian])).get(guardian);
  const pupils = childrenOf.get(guardian) ?? [];
  if (found === undefined) return;
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
  if (named.length === 0) return;
  const { person, home } = found;
  const raw = await parts.notices.write({
    to: { name: person.displayName, address: person.address },
    ...reminderLetter(named, { timeZone: school.timeZone, language: person.language }),
  });
  // First the note: of a crash between the two somebody has no word, and none has two.
  await parts.store.write(school.id, async (tx) => {
    for (const { row } of new Set(waiting.map(({ paper }) => paper)))
      await noteReminded(tx, row.id, [guardian], now);
  });
  await parts.notices.deliver(home, person.account, raw, async () => {});
}
