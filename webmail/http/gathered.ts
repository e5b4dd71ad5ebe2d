import type { Viewer } from '../../core/rules/viewer.ts';
import type { Site } from '../site.ts';
import { TEXTS } from '../texts/texts.ts';
import type { DesktopNotice } from './arrivals.ts';
import type { SessionWithToken } from './session-of.ts';
import type { Stream } from './streams.ts';

/** More letters of half a day are no longer counted one by one. */
const MOST_LETTERS = 50;
/** A timer may ring a little early: then it would be before its own moment, and ring twice. */
const LATER_MS = 500;

/**
 * Tells of pupils' letters together, at noon and in the afternoon, whoever wishes it so: how many
 * of those that came since the time before are unread. What is asked of their hours holds here too.
 */
export function followGathered(site: Site, found: SessionWithToken, stream: Stream): void {
  const { presence } = site.core;
  let timer: NodeJS.Timeout | undefined;
  const waitForNext = async (): Promise<void> => {
    const { at, since } = await presence.nextGathering(found.session.viewer);
    if (stream.ended.aborted) return;
    const waitMs = Math.max(at.getTime() - site.clock().getTime(), 0) + LATER_MS;
    const again = (): void =>
      void tell(since)
        .then(waitForNext)
        .catch(() => null);
    timer = setTimeout(again, waitMs).unref();
  };
  const tell = async (since: Date): Promise<void> => {
    const arrival = await gathered(site, found, since).catch(() => null); // the list shows them
    if (arrival !== null) stream.send('notice', JSON.stringify(arrival));
  };
  stream.ended.addEventListener('abort', () => clearTimeout(timer));
  void waitForNext().catch(() => null);
}

/** What is told at such a moment; null: nothing came, or it isn't wished. */
export async function gathered(
  { core }: Pick<Site, 'core'>,
  { token }: Pick<SessionWithToken, 'token'>,
  since: Date,
): Promise<DesktopNotice | null> {
  const now = await core.accounts.glance(token);
  if (now === null) return null;
  const { notices = 'none', noticesOf, pupilsGathered = false } = now.habits;
  const isWished = notices !== 'none' && pupilsGathered && noticesOf?.includes('pupils') !== false;
  if (!isWished || !(await core.presence.mayBeTold(now.viewer))) return null;
  const letters = await unreadOfPupils(core, now.viewer, since);
  if (letters === 0) return null;
  const words = TEXTS[now.viewer.language].preferences.notices;
  return { title: words.fromPupils(letters), body: '', to: '/mail/inbox?who=pupils&unread=1' };
}

async function unreadOfPupils(core: Site['core'], viewer: Viewer, since: Date): Promise<number> {
  const { rows } = await core.mail.page(
    viewer,
    { use: 'inbox' },
    {
      by: 'message',
      who: 'pupils',
      unread: true,
      from: { kind: 'newest' },
      limit: MOST_LETTERS,
    },
  );
  return rows.filter(({ at }) => at > since).length;
}
