import type { TestTown } from '../../tests/shared/town.ts';

/** What lies in somebody's drafts: the subject and the first words of each. */
export async function draftsOf(town: TestTown, local: string): Promise<string[]> {
  const rows = await town.rows(local, 'drafts');
  return rows.map(({ subject, preview }) => `${subject}: ${preview}`).sort();
}

/** Leaves somebody without a draft. */
export async function eraseDrafts(town: TestTown, local: string): Promise<void> {
  const [viewer, rows] = [await town.viewer(local), await town.rows(local, 'drafts')];
  const uids = rows.map(({ uid }) => uid);
  await town.core.mail.erase(viewer, await town.mailbox(viewer, 'drafts'), uids);
}
