import type { Uid } from '../../core/ground/ids.ts';
import type { MessageRow } from '../../core/mail/reading/contract.ts';
import type { NoticeKind } from '../../core/rules/viewer.ts';
import { calledOf } from '../frame/parts.ts';
import type { Site } from '../site.ts';
import { TEXTS } from '../texts/texts.ts';
import type { SessionWithToken } from './session-of.ts';

/** What a notice on the desktop says, and where it leads. */
export interface DesktopNotice {
  readonly title: string;
  /** Empty unless its reader wishes the subject, too. */
  readonly body: string;
  readonly to: string;
}

/**
 * Follows what comes into somebody's inbox and what waits for their word from now on, for notices
 * on the desktop of their own computer. Each call gives the newest letter since the one before, or
 * one that waits, or null: nothing came, it is read by now, its reader wishes no notice of it, or
 * it is out of their hours.
 */
export function followArrivals(
  { core }: Site,
  { session, token }: SessionWithToken,
): () => Promise<DesktopNotice | null> {
  const { viewer } = session;
  // Nobody awaits these before the first news: what could not be looked at counts as nothing.
  let newest: Promise<Uid | null> = newestOf().then(
    (row) => row?.uid ?? null,
    () => null,
  );
  let waiting: Promise<number> = waitingCount().catch(() => 0);
  return async () => {
    const [before, waited] = await Promise.all([newest, waiting]);
    const now = await core.accounts.glance(token);
    const { notices: wish = 'none', noticesOf, pupilsGathered = false } = now?.habits ?? {};
    if (now === null || wish === 'none') return null;
    // Gathered ones are told of together, at their hours.
    const isWished = (kind: NoticeKind): boolean =>
      (noticesOf?.includes(kind) ?? true) && !(kind === 'pupils' && pupilsGathered);
    const [row, waits] = await Promise.all([
      newestOf(),
      isWished('held') ? waitingCount() : waited,
    ]);
    newest = Promise.resolve(row?.uid ?? before);
    waiting = Promise.resolve(waits);
    const isNew =
      row !== null && row.uid > (before ?? 0) && !row.seen && isWished(noticeKindOf(row));
    if (!isNew && waits <= waited) return null;
    if (!(await core.presence.mayBeTold(now.viewer))) return null;
    const words = TEXTS[now.viewer.language].preferences.notices;
    return isNew
      ? {
          title: words.from(calledOf(row.from)),
          body: wish === 'subject' ? row.subject : '',
          to: `/mail/inbox/${row.uid}`,
        }
      : { title: words.waits, body: '', to: '/held' };
  };

  async function newestOf(): Promise<MessageRow | null> {
    const boxes = await core.mail.mailboxes(viewer);
    const inbox = boxes.find(({ use }) => use === 'inbox');
    if (inbox === undefined) return null;
    const [row] = await core.mail.list(viewer, inbox.id, { before: null, limit: 1 });
    return row ?? null;
  }

  /** Letters of others that wait for them: of those who decide about some. */
  async function waitingCount(): Promise<number> {
    return viewer.role === 'teacher' || viewer.heads ? core.moderation.waitingCount(viewer) : 0;
  }
}

/** From outside, from the service, from an agent: none of those whom one knows. */
const noticeKindOf = ({ writer }: MessageRow): NoticeKind =>
  writer === null || writer === 'outside' ? 'others' : writer;
