import type { UsedSpace } from '../../core/mail/reading/contract.ts';
import type { OwnReport } from '../../core/mail/reports/contract.ts';
import { explain } from '../../core/rules/reasons.ts';
import type { BoardNews } from '../../core/school/boards/contract.ts';
import type { OwnChild } from '../../core/school/people/contract.ts';
import { html, NOTHING, type Html } from '../html.ts';
import type { Shelf } from './mailboxes.ts';
import { calledOf, icon, token } from './parts.ts';
import type { Visit } from './visit.ts';
import { fileSize } from './when.ts';

/**
 * A child who may not write for now is told before they write anything: what comes first, or until
 * when their sending is at rest; and that of their `drafts`, which another page shows, nothing is
 * lost. `toCharter` keeps what one is writing.
 */
export function restBanner(visit: Visit, drafts: number, toCharter = charterLink(visit)): Html {
  const { viewer, audience, clock } = visit;
  if (viewer.writesAfter !== null) {
    const { sentence } = explain(`${viewer.writesAfter}-first`, {}, { ...clock, audience });
    return html`
      <p class="banner wait">
        ${icon(visit, 'info')}
        <span class="grow">${sentence}${stays(visit, drafts)}</span>
        ${viewer.writesAfter === 'charter' ? toCharter : toDrafts(visit, drafts)}
      </p>
    `;
  }
  if (viewer.restsUntil === null) return NOTHING;
  const { sentence } = explain(
    'sending-paused',
    { until: viewer.restsUntil.toISOString() },
    { ...clock, audience },
  );
  return html`
    <p class="banner wait">
      ${icon(visit, 'moon')}
      <span class="grow">${sentence}${stays(visit, drafts)}</span>
      ${toDrafts(visit, drafts)}
    </p>
  `;
}

const stays = ({ texts }: Visit, drafts: number): string =>
  drafts === 0 ? '' : ` ${texts.write.stays(drafts)}`;

const toDrafts = ({ texts }: Visit, drafts: number): Html =>
  drafts === 0
    ? NOTHING
    : html`
        <a class="btn" href="/mail/drafts">${texts.write.seeDrafts(drafts)}</a>
      `;

const charterLink = ({ texts }: Visit): Html => html`
  <a class="btn" href="/charter">${texts.charter.read}</a>
`;

/** A guardian is led to the papers that wait for their answer, over all their children. */
export function papersBanner(visit: Visit, toSign: number): Html {
  if (toSign === 0) return NOTHING;
  const words = visit.texts.papers;
  return html`
    <p class="banner wait">
      ${icon(visit, 'sign')}
      <span class="grow">${words.waits(toSign)}</span>
      <a class="btn" href="/papers">${words.see}</a>
    </p>
  `;
}

/** What hangs on one's boards and hasn't been seen, in a line; and what a child's idea came to. */
export function boardBanner(visit: Visit, { unseen, answers, wishes }: BoardNews): Html {
  const words = visit.texts.boards;
  const [own] = visit.viewer.classes;
  const line = (said: string, path: string): Html => html`
    <p class="banner">
      ${icon(visit, 'pin')}
      <span class="grow">${said}</span>
      <a class="btn" href="${path}">${words.see}</a>
    </p>
  `;
  const at = own === undefined ? null : `${visit.viewer.school}/${own.id}`;
  const wanted = visit.texts.walls.wished(wishes);
  return html`
    ${unseen === 0 ? NOTHING : line(words.freshOnBoard(unseen), '/boards')}
    ${answers === 0 || at === null ? NOTHING : line(words.ideas.answered(answers), `/boards/${at}/propose`)}
    ${wishes === 0 || at === null ? NOTHING : line(wanted, `/walls/${at}/mine`)}
  `;
}

/** A guardian whose word the school awaits is led to where they say it. */
export function askedBanner(visit: Visit, children: readonly OwnChild[]): Html {
  const { texts } = visit;
  const awaited = children.filter(({ isAsked, family }) => isAsked && family === 'nothing');
  if (awaited.length === 0) return NOTHING;
  const names = texts.list(awaited.map(({ givenName }) => givenName));
  return html`
    <p class="banner wait">
      ${icon(visit, 'people')}
      <span class="grow">${texts.charter.guardian.banner(names)}</span>
      <a class="btn" href="/family">${texts.charter.guardian.answer}</a>
    </p>
  `;
}

/** Before all else: a child needs one of these adults. */
export function reportsBanner(visit: Visit, reports: number): Html {
  if (reports === 0) return NOTHING;
  const words = visit.texts.reports;
  return html`
    <p class="banner stop">
      ${icon(visit, 'report')}
      <span class="grow">${words.banner(reports)}</span>
      <a class="btn" href="/reports">${words.open}</a>
    </p>
  `;
}

/** Tells a child how it stands with a letter that they reported; the latest news first. */
export function helpedBanner(visit: Visit, own: readonly OwnReport[]): Html {
  const news = own.find(({ done }) => done !== null) ?? own[0];
  if (news === undefined) return NOTHING;
  const { banner, see } = visit.texts.reports.child;
  const open = news.takenBy === null ? banner.asked : banner.taken(calledOf(news.takenBy));
  const by = news.done?.by ?? null;
  const words = news.done === null ? open : banner.done(by === null ? '' : calledOf(by));
  return html`
    <p class="banner${news.done === null ? '' : ' ok'}">
      ${icon(visit, news.done === null ? 'report' : 'check')}
      <span class="grow">${words}</span>
      <a class="btn" href="/helped">${see}</a>
    </p>
  `;
}

/** Says to an agent that mail to outside waits for their word; nothing where none does. */
export function standingBanner(visit: Visit, standing: number): Html {
  if (standing === 0) return NOTHING;
  const words = visit.texts.restored;
  return html`
    <p class="banner wait">
      ${icon(visit, 'hold')}
      <span class="grow">${words.banner(standing)}</span>
      <a class="btn" href="/restored">${words.see}</a>
    </p>
  `;
}

/** Says that a mailbox fills up, and what to do about it; nothing while there is room. */
export function roomBanner(visit: Visit, room: UsedSpace, here: Shelf | null): Html {
  const { texts, audience, viewer } = visit;
  if (room.state === 'enough') return NOTHING;
  const full = room.state === 'full';
  const percent = Math.min(100, Math.floor((room.usedBytes / room.quotaBytes) * 100));
  const sizes = {
    percent: full ? 100 : percent,
    used: fileSize(viewer.language, room.usedBytes),
    quota: fileSize(viewer.language, room.quotaBytes),
  };
  // Red is for grown-ups: a child has done nothing wrong.
  const alarming = full && audience === 'adult';
  const words = texts.box.room;
  const seeTrash = html`
    ${' '}
    <a href="/mail/trash">${texts.box.seeTrash}</a>
  `;
  return html`
    <p class="banner ${alarming ? 'stop' : 'wait'}">
      ${icon(visit, alarming ? 'warning' : 'info')}
      <span class="grow">
        ${audience === 'child' ? words.child[room.state] : words.adult[room.state](sizes)}
        ${here === 'trash' ? NOTHING : seeTrash}
      </span>
    </p>
  `;
}

/** Two presses empty the bin: the first only shows the second. */
export function emptyTrashForm(visit: Visit): Html {
  const words = visit.texts.box;
  return html`
    <details class="unfold">
      <summary class="btn">${icon(visit, 'trash')}${words.emptyTrash}</summary>
      <form method="post" action="/mail/trash/empty">
        ${token(visit)}
        <button class="btn no">${icon(visit, 'close')}${words.emptyNow}</button>
      </form>
    </details>
  `;
}
