import type { Uid } from '../core/core.ts';
import type { Found } from './exchange.ts';
import { calledOf } from './parts.ts';
import type { Site } from './site.ts';
import { TEXTS } from './visit.ts';

/** What a notice on the desktop says, and where it leads. */
interface Arrival {
  readonly title: string;
  /** Empty unless its reader wishes the subject, too. */
  readonly body: string;
  readonly to: string;
}

/**
 * Follows what comes into somebody's inbox from now on, for notices on the desktop of their own
 * computer. Each call gives the newest letter since the one before, or null: nothing came, it is
 * read by now, its reader wishes no notices, or it is out of their hours.
 */
export function followArrivals(
  { core }: Site,
  { session, token }: Found,
): () => Promise<Arrival | null> {
  let newest: Promise<Uid | null> = newestOf().then((row) => row?.uid ?? null);
  return async () => {
    const before = await newest;
    const now = await core.accounts.glance(token);
    const wish = now?.habits.notices ?? 'none';
    if (now === null || wish === 'none') return null;
    const row = await newestOf();
    newest = Promise.resolve(row?.uid ?? before);
    if (row === null || row.uid <= (before ?? 0) || row.seen) return null;
    if (!(await core.presence.mayBeTold(now.viewer))) return null;
    const texts = TEXTS[now.viewer.language];
    return {
      title: texts.preferences.notices.from(calledOf(row.from)),
      body: wish === 'subject' ? row.subject : '',
      to: `/mail/inbox/${row.uid}`,
    };
  };

  async function newestOf() {
    const boxes = await core.mail.mailboxes(session.viewer);
    const inbox = boxes.find(({ use }) => use === 'inbox');
    if (inbox === undefined) return null;
    const [row] = await core.mail.list(session.viewer, inbox.id, { before: null, limit: 1 });
    return row ?? null;
  }
}
