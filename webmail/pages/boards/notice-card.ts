import { TOWN } from '../../../core/ground/ids.ts';
import type {
  BoardView,
  Notice,
  NoticeRef,
  SeenCount,
} from '../../../core/school/boards/contract.ts';
import { noticePath } from '../../components/board-paths.ts';
import { formOf } from '../../components/form.ts';
import { paragraphs } from '../../components/linked.ts';
import { listenButton } from '../../components/listen-button.ts';
import { icon, isPicture, isSound, namedIcon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { calendarDay, fileSize, wholeDay } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';

/** How many covers there are, so that notices beside one another differ. */
const COVERS = 7;

/** A notice on its board: what it says, until when, and what its reader may do. */
export function noticeCard(visit: Visit, { mayPostFor }: BoardView, notice: Notice): Html {
  const { ref, title, isPinned, isSeen } = notice;
  const isRead = isSeen || mayPostFor.length > 0;
  const cover = `c${(ref.notice % COVERS) + 1}`;
  return html`
    <article
      class="notice ${cover}${isPinned ? ' first' : ''}${isRead ? '' : ' fresh'}"
      aria-labelledby="n${ref.notice}"
    >
      ${isPinned ? tack(visit) : NOTHING}
      <h2 id="n${ref.notice}">${title}</h2>
      <div id="w${ref.notice}">${noticeBody(visit, notice)}</div>
      ${meta(visit, notice, { isRead })}
      ${mayPostFor.length > 0 ? actsMenu(visit, notice) : NOTHING}
      ${visit.audience === 'child' ? readIt(visit, notice) : NOTHING}
      ${mayPostFor.length > 0 || notice.isOwn ? NOTHING : reminder(visit, notice)}
    </article>
  `;
}

const tack = (visit: Visit): Html => html`
  <p class="tack">${icon(visit, 'pin')}${visit.texts.boards.onTop}</p>
`;

/** Its words, pictures, sounds and files. */
export function noticeBody(visit: Visit, { ref, text, files }: Notice): Html {
  const base = `${noticePath(ref)}/files`;
  return html`
    <div class="words">${paragraphs(text, { links: visit.audience === 'adult' })}</div>
    ${files.map((file) => {
      const at = `${base}/${file.path}`;
      if (isPicture(file))
        return html`
          <p><img class="art" src="${at}?as=picture" alt="${file.name}" loading="lazy" /></p>
        `;
      if (isSound(file))
        return html`
          <p><audio controls preload="none" src="${at}?as=sound"></audio></p>
        `;
      return html`
        <p>
          <a class="file" href="${at}" download>
            ${file.name}
            <span class="small soft">${fileSize(visit.viewer.language, file.sizeBytes)}</span>
          </a>
        </p>
      `;
    })}
  `;
}

function meta(visit: Visit, notice: Notice, { isRead }: { readonly isRead: boolean }): Html {
  const words = visit.texts.boards;
  const { author, untilDay, day, takenDownAt, seen, seenByChildren, edition, readers } = notice;
  const { language } = visit.viewer;
  const until = calendarDay(language, untilDay);
  return html`
    <div class="meta">
      ${
        seen === null
          ? NOTHING
          : html`
              <span>${words.forWhom(readers)}</span>
            `
      }
      ${
        day === null
          ? NOTHING
          : html`
              <b>${words.about(calendarDay(language, day))}</b>
            `
      }
      <span>
        ${takenDownAt === null ? words.until(until) : words.offSince(wholeDay(visit.clock, takenDownAt))}
      </span>
      <span>${author.name}</span>
      ${
        edition > 1
          ? html`
              <span>${words.edited}</span>
            `
          : NOTHING
      }
      ${seen === null ? NOTHING : seen.map((one) => seenLink(visit, notice, one))}
      ${
        seenByChildren.length === 0
          ? NOTHING
          : html`
              <span>${words.seenBy(seenByChildren)}</span>
            `
      }
      ${
        isRead
          ? NOTHING
          : html`
              <b class="badge">${words.isNew}</b>
            `
      }
    </div>
  `;
}

/** « Vu par 21 élèves sur 24 », with a ring that fills. */
function seenLink(visit: Visit, { ref }: Notice, { readers, seen, of }: SeenCount): Html {
  const circumference = 88;
  const done = of === 0 ? 0 : (circumference * seen) / of;
  return html`
    <a class="seen" href="${noticePath(ref)}">
      <svg class="ringed" viewBox="0 0 36 36" aria-hidden="true">
        <circle cx="18" cy="18" r="14" />
        <circle
          class="done"
          cx="18"
          cy="18"
          r="14"
          stroke-dasharray="${done.toFixed(1)} ${circumference}"
          transform="rotate(-90 18 18)"
        />
      </svg>
      ${visit.texts.boards.seen[readers](seen, of)}
    </a>
  `;
}

function actsMenu(visit: Visit, notice: Notice): Html {
  const { ref, title, isPinned } = notice;
  const words = visit.texts.boards;
  const path = noticePath(ref);
  return html`
    <details class="drop">
      <summary class="btn mini quiet">${namedIcon(visit, 'more', words.actsFor(title))}</summary>
      <div class="menu right">
        <a href="${path}/edit">${icon(visit, 'write')}${words.edit}</a>
        <a href="${path}">${icon(visit, 'eye')}${words.whoSaw}</a>
        <form method="post" action="${path}/pin">
          ${token(visit)}
          <button name="pinned" value="${isPinned ? '' : '1'}">
            ${icon(visit, 'pin')}${isPinned ? words.unpin : words.pin}
          </button>
        </form>
        ${mayRemind(notice) ? remindForm(visit, ref) : NOTHING}
        <form method="post" action="${path}/off">
          ${token(visit)}
          <button>${icon(visit, 'trash')}${words.takeDown}</button>
        </form>
      </div>
    </details>
  `;
}

/** Some haven't seen it, and nobody has told them of these words yet. */
export const mayRemind = ({ ref, isReminded, takenDownAt, seen }: Notice): boolean =>
  ref.school !== TOWN &&
  !isReminded &&
  takenDownAt === null &&
  (seen ?? []).some((one) => one.seen < one.of);

/** A word to those who haven't seen it. */
export const remindForm = (visit: Visit, ref: NoticeRef, look = ''): Html => html`
  <form method="post" action="${noticePath(ref)}/remind">
    ${token(visit)}
    <button class="${look}">${icon(visit, 'send')}${visit.texts.boards.remind}</button>
  </form>
`;

/** A child hears it, and says once that they have read it. */
function readIt(visit: Visit, { ref, title, isSeen }: Notice): Html {
  const words = visit.texts.boards;
  const listen = listenButton(visit, `#w${ref.notice}`, 'fr');
  return isSeen
    ? html`
        <p class="read-it">
          ${listen}
          <span>${icon(visit, 'check')}${words.youRead}</span>
        </p>
      `
    : html`
        <form class="read-it" method="post" action="${noticePath(ref)}/seen">
          ${token(visit)} ${listen}
          <button class="btn">
            ${icon(visit, 'check')}${words.iRead}
            <span class="vh">${title}</span>
          </button>
        </form>
      `;
}

/** A day on which a reader is told of it once more; without one they are told no longer. */
export const REMIND_FORM = formOf({ day: { as: { type: 'date' } } });

/** Who reads it may be told of it once more: a child with one touch, a grown-up on a day. */
function reminder(visit: Visit, { ref, title, remindsOn, reminderDay }: Notice): Html {
  const words = visit.texts.boards.remindMe;
  const look = visit.audience === 'child' ? 'btn' : 'btn mini';
  const form = (inside: Html): Html => html`
    <form class="remind" method="post" action="${noticePath(ref)}/remind-me" novalidate>
      ${token(visit)} ${inside}
    </form>
  `;
  if (remindsOn !== null)
    return form(html`
      <span class="soft">${words.on(calendarDay(visit.viewer.language, remindsOn))}</span>
      <button class="${look}" name="day" value="">
        ${words.no}
        <span class="vh">${title}</span>
      </button>
    `);
  if (reminderDay === null) return NOTHING;
  const ask = html`
    <button
      class="${look}"
      ${attributes(visit.audience === 'child' ? { name: 'day', value: reminderDay } : {})}
    >
      ${icon(visit, 'calendar')}${words.ask}
      <span class="vh">${title}</span>
    </button>
  `;
  return visit.audience === 'child'
    ? form(ask)
    : html`
        <details class="unfold">
          <summary class="btn mini quiet">${icon(visit, 'calendar')}${words.ask}</summary>
          ${form(html`
            ${REMIND_FORM.shown(visit, REMIND_FORM.blank({ day: reminderDay })).line('day', {
              id: `r${ref.notice}`,
              label: words.day,
            })}
            ${ask}
          `)}
        </details>
      `;
}
