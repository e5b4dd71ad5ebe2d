import { dayAt, momentOf } from '../../ground/clock.ts';
import type { PaperId, SchoolId } from '../../ground/ids.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { notRemindedSince } from '../../store/papers/answers.ts';
import type { Boards } from '../boards/contract.ts';
import { openSlips, waitsFor, type OpenSlip } from '../papers/family.ts';
import type { PaperParts } from '../papers/parts.ts';
import { claimWord } from '../papers/reminding.ts';
import type { News } from './words.ts';

/** What the daily word is made of. */
export interface WordParts extends PaperParts {
  readonly boards: Pick<Boards, 'list' | 'board'>;
}

/** What there is to say, and which papers it names. */
interface FoundNews extends News {
  readonly named: ReadonlyMap<SchoolId, readonly PaperId[]>;
}

/**
 * What waits for a family, where some of it is new since a moment; null where none is, and on a day
 * on which they were reminded of a paper: one word is enough.
 */
export async function newsFor(
  parts: WordParts,
  viewer: Viewer,
  since: Date,
): Promise<FoundNews | null> {
  const now = parts.clock();
  const slips = (await openSlips(parts, viewer)).filter((slip) =>
    waitsFor(slip, viewer.addressId, now),
  );
  if (await wasReminded(parts, viewer, now)) return null;
  const notices = await newNotices(parts, viewer, since);
  const isNew = notices.length > 0 || slips.some(({ paper }) => paper.now.madeAt > since);
  if (!isNew) return null;
  const bySchool = Map.groupBy(slips, ({ roster }) => roster.school.id);
  return {
    papers: slips.map((slip) => waitingPaper(parts, slip)),
    notices,
    named: new Map(
      [...bySchool].map(([school, some]) => [
        school,
        [...new Set(some.map(({ paper }) => paper.row.id))],
      ]),
    ),
  };
}

const waitingPaper = (
  { publicUrl }: WordParts,
  { roster: { school }, paper, child }: OpenSlip,
): News['papers'][number] => ({
  subject: paper.now.subject,
  child: child.person.givenName,
  until: paper.now.until,
  page: `${publicUrl}/papers/${school.id}/${paper.row.id}`,
  timeZone: school.timeZone,
});

/** In any of the schools where they have a child. */
async function wasReminded(
  { store, directory }: WordParts,
  viewer: Viewer,
  now: Date,
): Promise<boolean> {
  const morning = morningOf(viewer, now);
  const fresh = { maxAgeMs: 0 };
  const own = (await directory.byId([viewer.addressId], fresh)).get(viewer.addressId);
  for (const school of [viewer.school, ...(own?.presentIn ?? [])]) {
    const untold = await store.read(school, (tx) =>
      notRemindedSince(tx, [viewer.addressId], morning),
    );
    if (untold.length === 0) return true;
  }
  return false;
}

/** Those that were pinned up since, and that they haven't seen. */
async function newNotices(
  { boards }: WordParts,
  viewer: Viewer,
  since: Date,
): Promise<News['notices']> {
  const found: { title: string; board: string }[] = [];
  for (const { ref, name, unseen } of await boards.list(viewer)) {
    const view = unseen === 0 ? null : await boards.board(viewer, ref);
    for (const { title, isSeen, postedAt } of view?.notices ?? [])
      if (!isSeen && postedAt > since) found.push({ title, board: name });
  }
  return found;
}

/** The papers that a word names count as reminded of; false where a reminder was quicker. */
export async function claimNamed(
  parts: WordParts,
  viewer: Viewer,
  named: FoundNews['named'],
): Promise<boolean> {
  const at = parts.clock();
  const word = { guardian: viewer.addressId, at, since: morningOf(viewer, at) };
  for (const [school, papers] of named)
    if (!(await claimWord(parts, { school, papers, word }))) return false;
  return true;
}

const morningOf = ({ timeZone }: Viewer, now: Date): Date =>
  momentOf(dayAt(now, timeZone), '00:00', timeZone);
