import type { Attachment } from '../../../core/letters/message/message.ts';
import type { ListPage, MessageRow, WithMail } from '../../../core/mail/reading/contract.ts';
import type { WithReports } from '../../../core/mail/reports/contract.ts';
import type { WithSent } from '../../../core/mail/sent/contract.ts';
import type { BoardNews, WithBoards } from '../../../core/school/boards/contract.ts';
import type { PageFrom } from '../../../core/store/mail/contract.ts';
import { littlePage } from '../../components/little-page.ts';
import { art, letterEar, littleFace, stamp, stepLink } from '../../frame/little-parts.ts';
import { unseenIn } from '../../frame/mailboxes.ts';
import { calledOf, isPicture } from '../../frame/parts.ts';
import { scene } from '../../frame/scenes.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { uidOf } from '../../ids.ts';
import { helpLine, readLine } from './help-line.ts';
import { doings } from './says.ts';
import { unfinished, unfinishedLine } from './unfinished.ts';

/** One row of a computer's screen, two of a phone's. */
const LETTERS = 4;
/** A drawing is no bigger; what is would keep an old computer waiting for a small picture. */
const SHOWN_BYTES = 400_000;

/**
 * GET /mail/:mailbox of a little one: what is new as closed envelopes with the face of who wrote,
 * what was read as what it holds. Only their inbox: they have no folders.
 */
export async function littleHome(
  visit: Visit<
    WithBoards<'news'> &
      WithMail<'mailboxes' | 'page'> &
      WithReports<'own'> &
      WithSent<'readLately'>
  >,
  slug: string,
  query: { readonly before: unknown; readonly after: unknown },
): Promise<Answer> {
  if (slug !== 'inbox') return { kind: 'go', to: '/mail/inbox' };
  if (visit.viewer.writesAfter === 'charter') return { kind: 'go', to: '/charter' };
  const wish = { from: fromOf(query), limit: LETTERS, by: 'message' } as const;
  const [mailboxes, shown, begun, helped, [reader], news] = await Promise.all([
    visit.core.mail.mailboxes(visit.viewer),
    visit.core.mail.page(visit.viewer, { use: 'inbox' }, wish),
    unfinished(visit),
    visit.core.reports.own(visit.viewer),
    visit.core.sent.readLately(visit.viewer),
    visit.core.boards.news(visit.viewer),
  ]);
  const fresh = unseenIn(mailboxes);
  const says = shown.rows.length === 0 ? 'none' : 'home';
  return littlePage(visit, {
    title: visit.texts.little.home,
    at: 'home',
    fresh,
    says: begun.length === 0 ? says : `${says}Begun`,
    main: html`
      <main id="main" class="body has-doings">
        ${helpLine(visit, helped)} ${readLine(visit, reader, visit.texts.little.readFirst)}
        <div id="letters">
          ${hello(visit, { shown, fresh, begun, news })}
          <h2 class="vh">${visit.texts.little.count(fresh)}</h2>
          ${
            shown.rows.length === 0
              ? nothing(visit)
              : html`
                  <ul class="letters">
                    ${shown.rows.map((row) => tile(visit, row))}
                  </ul>
                `
          }
        </div>
        ${doings(visit)}
      </main>
    `,
  });
}

/** Where the page begins; an address that says nothing shows the newest. */
function fromOf({
  before,
  after,
}: {
  readonly before: unknown;
  readonly after: unknown;
}): PageFrom {
  const [older, newer] = [uidOf(before), uidOf(after)];
  if (older !== null) return { kind: 'before', uid: older };
  return newer === null ? { kind: 'newest' } : { kind: 'after', uid: newer };
}

interface HomeView {
  readonly shown: ListPage;
  readonly fresh: number;
  readonly begun: readonly MessageRow[];
  readonly news: BoardNews;
}

/** Bonjour, what is not sent yet, and the way to the letters before these and after them. */
function hello(visit: Visit, { shown, fresh, begun, news }: HomeView): Html {
  const { texts, viewer } = visit;
  const here = shown.rows.filter(({ seen }) => !seen).length;
  const [first, last] = [shown.rows[0], shown.rows.at(-1)];
  const newer =
    shown.newer && first !== undefined
      ? stepLink(visit, {
          path: `/mail/inbox?after=${first.uid}`,
          picture: 'avant',
          words: texts.little.newer,
        })
      : NOTHING;
  const older =
    shown.older && last !== undefined
      ? stepLink(visit, {
          path: `/mail/inbox?before=${last.uid}`,
          picture: 'encore',
          words: texts.little.older,
          isNew: !shown.newer && fresh > here,
        })
      : NOTHING;
  return html`
    <div class="hello at-home">
      <h1>${texts.little.hello(viewer.givenName)}</h1>
      ${unfinishedLine(visit, begun)} ${ways(visit, news)} ${newer} ${older}
    </div>
  `;
}

/** To the day, what hangs for the class, one's shelf, and the wall where it waits for something. */
function ways(visit: Visit, { unseen, answers, wishes }: BoardNews): Html {
  const { texts, viewer } = visit;
  const isNew = unseen + answers > 0;
  const day = stepLink(visit, { path: '/week', picture: 'jour', words: texts.little.day.title });
  const shelf = stepLink(visit, {
    path: '/cupboards',
    picture: 'casier',
    words: texts.little.shelf.title,
  });
  const board = stepLink(visit, {
    path: '/boards',
    picture: 'panneau',
    words: isNew ? texts.little.boardFresh : texts.little.board,
    isNew,
  });
  const album = stepLink(visit, { path: '/album', picture: 'album', words: texts.album.title });
  const [own] = viewer.classes;
  const wall =
    wishes === 0 || own === undefined
      ? NOTHING
      : stepLink(visit, {
          path: `/walls/${viewer.school}/${own.id}/mine`,
          picture: 'mur',
          words: texts.walls.wished(wishes),
          isNew: true,
        });
  return html`
    ${day} ${board} ${shelf} ${wall} ${album}
  `;
}

function nothing(visit: Visit): Html {
  return html`
    <div class="quiet-day">${scene('letterbox')}</div>
    <p class="vh">${visit.texts.little.none}</p>
  `;
}

function tile(visit: Visit, row: MessageRow): Html {
  const words = visit.texts.little;
  const name = calledOf(row.from);
  const inside = row.seen
    ? html`
        <span class="shape">${contents(visit, row)}</span>
        <span class="by">
          ${littleFace(visit, row.from)}
          <span class="vh">${words.letter}</span>
          <span class="w">${name}</span>
        </span>
      `
    : html`
        <span class="shape">${art(visit, 'lettre')}${stamp(visit, row.from)}</span>
        <span class="by">
          <span class="vh">${words.newLetter}</span>
          <span class="w">${name}</span>
        </span>
      `;
  return html`
    <li ${attributes({ class: row.seen ? null : 'fresh' })}>
      <a class="open" href="/mail/inbox/${row.uid}">${inside}</a>
      ${letterEar(visit, `/mail/inbox/${row.uid}`, { words: words.hear(name), look: '' })}
    </li>
  `;
}

const isSound = ({ mediaType }: Pick<Attachment, 'mediaType'>): boolean =>
  mediaType.startsWith('audio/');

/** What an open letter holds, at a glance: its drawing, a voice, a photo, words. */
function contents(visit: Visit, { uid, attachments }: MessageRow): Html {
  const words = visit.texts.little;
  const drawing = attachments.find(isPicture);
  if (drawing !== undefined && drawing.sizeBytes <= SHOWN_BYTES)
    return html`
      <img
        class="art"
        src="/mail/inbox/${uid}/picture/${drawing.path}"
        alt="${words.drawing}"
        loading="lazy"
      />
    `;
  if (drawing !== undefined) return art(visit, 'd-photo');
  return art(visit, attachments.some(isSound) ? 'd-voix' : 'd-mots');
}
