import { letterIn, NOTICE_FIELD } from '../../mail/writing/draft-form.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { draftsWith } from '../../store/mail/drafts.ts';
import type { NoticeDraft } from './contract.ts';
import type { PostingParts } from './parts.ts';

/** Notices that somebody has begun; they lie among their drafts. */
export async function drafts(
  { store, writing: { domain } }: PostingParts,
  viewer: Viewer,
): Promise<readonly NoticeDraft[]> {
  const rows = await store.read(viewer.school, (tx) =>
    draftsWith(tx, viewer.account, NOTICE_FIELD),
  );
  return rows.flatMap(({ messageId, subject }) => {
    const letter = letterIn(messageId, domain);
    return letter === null ? [] : [{ letter, title: subject }];
  });
}
