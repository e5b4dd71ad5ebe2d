import type { MessageView, SentFate, Uid } from '../../core/core.ts';
import { page, MISSING, type Answer } from '../answer.ts';
import { around, framed, type FramePart } from '../frame.ts';
import { html, type Html } from '../html.ts';
import { filterOf } from '../list-filter.ts';
import { mailboxesNav, type Around } from '../mailbox-nav.ts';
import { chosenMailbox } from '../mailboxes.ts';
import { hoursSentence } from '../own-hours.ts';
import { faceOf, icon, isPicture } from '../parts.ts';
import { loadSearch } from '../search/load.ts';
import { actToast, toldOf, type Told, type ToldOf } from '../told.ts';
import type { Visit } from '../visit.ts';
import { adultMessage } from './adult-message.ts';
import { listedBy, rowsAround } from './mailbox.ts';
import { bodyOf, picturesOf, filesOf } from './message-body.ts';
import { notice, whyLine } from './message-notices.ts';
import { answersLine, claimedLine, whoLine } from './message-people.ts';
import { replies, starForm, throwForms, reportForm } from './message-tools.ts';
import { backOf, type OpenMessage, titleOf } from './open-message.ts';
import { fateView, sentSaidOf, wellRead } from './sent-fate.ts';

interface Asked {
  readonly uid: Uid;
  /** The search that found it, as it was typed. */
  readonly found: unknown;
  readonly pictures: unknown;
  readonly who: unknown;
  readonly unread: unknown;
}

/**
 * GET /mail/:mailbox/:uid: one message, beside its list where there is room. Opening it takes its
 * bead away.
 */
export async function message(
  visit: Visit<FramePart | 'mail' | 'presence.shownHours' | 'sent.acknowledged' | 'sent.fate'>,
  slug: string,
  { uid, found: typed, ...query }: Asked & ToldOf,
): Promise<Answer> {
  const mailboxes = await visit.core.mail.mailboxes(visit.viewer);
  const chosen = chosenMailbox(visit, mailboxes, slug);
  if (chosen === null) return MISSING;
  const found = await visit.core.mail.read(visit.viewer, chosen.mailbox.id, uid);
  if (found === null) return MISSING;
  await visit.core.mail.markRead(visit.viewer, chosen.mailbox.id, uid, listedBy(visit, chosen));
  // Counted after the mark, so that the bead and the number agree.
  const near = await around(visit);
  const searched = typeof typed === 'string' ? await loadSearch(visit, mailboxes, typed) : null;
  const filter = filterOf(visit, query);
  const open: OpenMessage = {
    message: found,
    chosen,
    filter,
    at: `${chosen.path}/${uid}`,
    pictures: query.pictures === '1' && visit.audience === 'adult' ? 'shown' : 'left-out',
    searched,
    answers: await answersWhen(visit, found),
  };
  const told = await toldOf(visit, query);
  const said =
    chosen.shelf === 'sent' || found.from.kind !== 'adult'
      ? null
      : await visit.core.sent.acknowledged(visit.viewer, chosen.mailbox.id, uid);
  const fate =
    chosen.shelf === 'sent'
      ? await visit.core.sent.fate(visit.viewer, chosen.mailbox.id, uid)
      : null;
  if (visit.audience === 'child')
    return page(pupilView(visit, near, { ...open, told, fate, wellRead: said }));
  const [list, turns] = await Promise.all([
    searched === null ? rowsAround(visit, { chosen, filter }, uid) : null,
    visit.core.mail.conversation(visit.viewer, chosen.mailbox.id, uid),
  ]);
  const sentSaid = sentSaidOf(query.said);
  return page(
    adultMessage(visit, near, { ...open, list, turns, told, fate, sentSaid, wellRead: said }),
  );
}

/** The hours of a grown-up who wrote, for a family or a pupil. */
async function answersWhen(
  visit: Visit<'presence.shownHours'>,
  { from }: MessageView,
): Promise<string | null> {
  if (from.kind !== 'adult') return null;
  const shown = await visit.core.presence.shownHours(visit.viewer, [from.address]);
  const hours = shown.get(from.address);
  return hours === undefined ? null : hoursSentence(visit, hours);
}

/** A message as a child reads it. */
interface ChildsMessage extends OpenMessage {
  readonly told: Told;
  /** What became of it, where they have sent it. */
  readonly fate: SentFate | null;
  /** Whether they have said « Bien lu »; null where nobody asks. */
  readonly wellRead: boolean | null;
}

function pupilView(visit: Visit, near: Around, open: ChildsMessage): Html {
  const { texts } = visit;
  const { message: shown, chosen } = open;
  const back = backOf(visit, open);
  const main = html`
    <main id="main" class="body yard">
      ${mailboxesNav(visit, near, chosen.shelf)}
      <section class="stack" aria-labelledby="t">
        <div class="split">
          <a class="btn quiet" href="${back.path}">
            ${icon(visit, 'back')}${back.path === '/mail/inbox' ? texts.message.back : back.title}
          </a>
          <div class="row">
            <button class="btn" type="button" data-listen="#letter" hidden>
              ${icon(visit, 'sound')}${texts.box.listen}
            </button>
            ${starForm(visit, open)}${throwForms(visit, open)}
          </div>
        </div>
        ${notice(visit, shown)} ${fateView(visit, open.at, open.fate)} ${pupilLetter(visit, open)}
        ${wellRead(visit, open.at, open.wellRead)}
        <div class="split">${whyLine(visit, shown)}${reportForm(visit, open)}</div>
      </section>
    </main>
  `;
  return framed(visit, near, {
    title: titleOf(visit, shown),
    section: 'messages',
    shelf: chosen.shelf,
    main,
    skipTo: 'letter',
    toast: actToast(visit, near, open),
  });
}

function pupilLetter(visit: Visit, open: OpenMessage): Html {
  const { message: shown } = open;
  const hasPictures = shown.attachments.some(isPicture);
  return html`
    <article class="sheet margin" id="letter">
      <header class="in rim">
        ${faceOf(visit, shown.from)}
        <h1 id="t">${titleOf(visit, shown)}</h1>
        <p class="soft">${whoLine(visit, shown)}</p>
        ${answersLine(visit, open)} ${claimedLine(visit, shown)}
      </header>
      <div class="in letter read${hasPictures ? ' plate' : ''}">
        <div>${bodyOf(visit, open)}</div>
        ${picturesOf(visit, open)}
      </div>
      ${filesOf(visit, open)} ${replies(visit, open)}
    </article>
  `;
}
