import type { MessageView, Turn, Uid } from '../../core/core.ts';
import { explain } from '../../core/rules/reasons.ts';
import { page, MISSING, type Answer } from '../answer.ts';
import { around, framed, type FramePart } from '../frame.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { paragraphs } from '../linked.ts';
import { mailboxesNav, type Around } from '../mailbox-nav.ts';
import { chosenMailbox, pathOf } from '../mailboxes.ts';
import { adultList, type ListPage } from '../message-list.ts';
import { calledOf, faceOf, icon, isPicture, namedIcon } from '../parts.ts';
import type { Visit } from '../visit.ts';
import { longDate } from '../when.ts';
import { loadRows } from './mailbox.ts';
import { bodyOf, picturesOf, filesOf } from './message-body.ts';
import { toWhom, whoLine, outsideMark, doubts, claimedLine } from './message-people.ts';
import {
  replies,
  adultTools,
  starForm,
  throwForms,
  quickReply,
  reportForm,
} from './message-tools.ts';
import { type OpenMessage, titleOf, answerable } from './open-message.ts';

/**
 * GET /mail/:mailbox/:uid: one message, beside its list where there is room. Opening it takes its
 * bead away.
 */
export async function message(
  visit: Visit<FramePart | 'mail'>,
  slug: string,
  { uid, reported }: { readonly uid: Uid; readonly reported: boolean },
): Promise<Answer> {
  const mailboxes = await visit.core.mail.mailboxes(visit.viewer);
  const chosen = chosenMailbox(visit, mailboxes, slug);
  if (chosen === null) return MISSING;
  const found = await visit.core.mail.read(visit.viewer, chosen.mailbox.id, uid);
  if (found === null) return MISSING;
  if (!found.seen)
    await visit.core.mail.mark(visit.viewer, chosen.mailbox.id, [uid], { seen: true });
  // Counted after the mark, so that the bead and the number agree.
  const near = await around(visit);
  const open: OpenMessage = { message: found, chosen, at: `${chosen.path}/${uid}`, reported };
  if (visit.audience === 'child') return page(pupilView(visit, near, open));
  const [list, turns] = await Promise.all([
    loadRows(visit, chosen, { before: null, open: uid }),
    visit.core.mail.conversation(visit.viewer, chosen.mailbox.id, uid),
  ]);
  return page(adultView(visit, near, { ...open, list, turns }));
}

function pupilView(visit: Visit, near: Around, open: OpenMessage): Html {
  const { texts } = visit;
  const { message: shown, chosen } = open;
  const main = html`
    <main id="main" class="body yard">
      ${mailboxesNav(visit, near, chosen.shelf)}
      <section class="stack" aria-labelledby="t">
        <div class="split">
          <a class="btn quiet" href="${chosen.path}">
            ${icon(visit, 'back')}${chosen.shelf === 'inbox' ? texts.message.back : chosen.title}
          </a>
          <div class="row">
            <button class="btn" type="button" data-listen="#letter" hidden>
              ${icon(visit, 'sound')}${texts.box.listen}
            </button>
            ${starForm(visit, open)}${throwForms(visit, open)}
          </div>
        </div>
        ${open.reported ? reportedBanner(visit) : NOTHING} ${notice(visit, shown)}
        ${pupilLetter(visit, open)}
        <div class="split">${whyLine(visit, shown)}${reportForm(visit, open)}</div>
      </section>
    </main>
  `;
  return framed(visit, near, {
    title: titleOf(visit, shown),
    section: 'messages',
    shelf: chosen.shelf,
    main,
  });
}

function reportedBanner(visit: Visit): Html {
  return html`
    <p class="banner ok" role="status">
      ${icon(visit, 'check')}
      <span>${visit.texts.message.reported}</span>
    </p>
  `;
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
        ${claimedLine(visit, shown)}
      </header>
      <div class="in letter read${hasPictures ? ' plate' : ''}">
        <div>${bodyOf(visit, open)}</div>
        ${picturesOf(visit, open)}
      </div>
      ${filesOf(visit, open)} ${replies(visit, open)}
    </article>
  `;
}

/** A message as an adult reads it: beside its list, among the others of its conversation. */
interface InConversation extends OpenMessage {
  readonly list: ListPage;
  readonly turns: readonly Turn[];
}

function adultView(visit: Visit, near: Around, open: InConversation): Html {
  const { message: shown, chosen } = open;
  const main = html`
    <main id="main" class="mail fill reading">
      ${mailboxesNav(visit, near, chosen.shelf)}
      ${adultList(visit, near.mailboxes, { shown: open.list, notes: NOTHING })}
      <article class="pane margin" aria-labelledby="st">
        <div class="tools">
          <a class="btn only narrow-only" href="${chosen.path}">
            ${namedIcon(visit, 'back', chosen.title)}
          </a>
          ${adultTools(visit, open)}
        </div>
        ${subjectHead(visit, open)} ${notice(visit, shown)} ${conversation(visit, near, open)}
        ${quickReply(visit, open)} ${adultWhy(visit, shown)}
      </article>
    </main>
  `;
  return framed(visit, near, {
    title: titleOf(visit, shown),
    section: 'messages',
    shelf: chosen.shelf,
    main,
    scripts: answerable(visit, shown, chosen) ? ['write.js'] : [],
  });
}

function subjectHead(visit: Visit, { message: shown, turns }: InConversation): Html {
  const count = html`
    <p class="soft">${visit.texts.message.conversation(turns.length + 1)}</p>
  `;
  return html`
    <header class="in">
      <h1 id="st">${titleOf(visit, shown)}</h1>
      ${turns.length === 0 ? NOTHING : count}
    </header>
  `;
}

/** The open message, between those before and after it. */
function conversation(visit: Visit, near: Around, open: InConversation): Html {
  const { message: shown, turns } = open;
  const before = turns.filter(({ at }) => at <= shown.at);
  const after = turns.filter(({ at }) => at > shown.at);
  return html`
    ${turnsOf(visit, near, before)} ${adultLetter(visit, open)} ${turnsOf(visit, near, after)}
  `;
}

function adultLetter(visit: Visit, open: OpenMessage): Html {
  const { message: shown } = open;
  return html`
    <div class="in letter-head">
      ${faceOf(visit, shown.from)}
      <div class="split">
        <p>
          <b>${calledOf(shown.from)}</b>
          ${' '}${outsideMark(visit, shown)}${' '}
          <span class="soft">${toWhom(visit, shown)}</span>
        </p>
        <p class="soft small nb">${longDate(visit.viewer.language, shown.at, visit.now)}</p>
      </div>
      ${doubts(visit, shown)}
      <div class="read body-text">${bodyOf(visit, open)}</div>
      ${picturesOf(visit, open)} ${filesOf(visit, open)}
    </div>
  `;
}

function adultWhy(visit: Visit, shown: MessageView): Html {
  const why = whyLine(visit, shown);
  if (why === NOTHING) return NOTHING;
  return html`
    <div class="in">${why}</div>
  `;
}

/** Messages before or after the open one, each folded to who, when and its first words. */
function turnsOf(visit: Visit, near: Around, turns: readonly Turn[]): Html {
  if (turns.length === 0) return NOTHING;
  return html`
    <ol class="convo">
      ${turns.map((turn) => foldedTurn(visit, near, turn))}
    </ol>
  `;
}

function foldedTurn(visit: Visit, { mailboxes: mailboxes }: Around, turn: Turn): Html {
  const { texts, viewer, now } = visit;
  const name = turn.from.address === viewer.address ? texts.message.you : calledOf(turn.from);
  const tooLong = html`
    <p class="soft">${texts.message.tooLong}</p>
  `;
  return html`
    <li class="in">
      <details>
        <summary>
          <b>${name}</b>
          ${outsideMark(visit, turn)}${' '}
          <span class="soft">${longDate(viewer.language, turn.at, now)}. ${turn.preview}</span>
        </summary>
        <div class="read body-text">
          ${turn.text === null ? tooLong : paragraphs(turn.text, { links: true })}
        </div>
        <p class="small">
          <a href="${pathOf(mailboxes, turn.mailbox)}/${turn.uid}">${texts.message.openIt}</a>
        </p>
      </details>
    </li>
  `;
}

/** What holds it up, or why it came back, in Sent; how it came here otherwise than by mail. */
function notice(visit: Visit, shown: MessageView): Html {
  switch (shown.state) {
    case 'normal':
    case 'waiting-for-scanner':
      return NOTHING;
    case 'added':
    case 'brought':
      return cameOtherwise(visit, shown.state);
    case 'waiting':
      return waitingNotice(visit, shown);
    case 'given-back':
      return givenBackNotice(visit, shown);
  }
}

function cameOtherwise({ texts, audience, asset }: Visit, state: 'added' | 'brought'): Html {
  return html`
    <p class="banner${state === 'added' ? ' wait' : ''}">
      ${icon({ asset }, 'info')}
      <span class="grow">${texts.message[state][audience]}</span>
    </p>
  `;
}

function waitingNotice(visit: Visit, { refusal, note }: MessageView): Html {
  const { texts, audience, viewer, now } = visit;
  const why =
    refusal === null
      ? null
      : explain(refusal.rule, refusal.words, { language: viewer.language, audience, now });
  const reason =
    why === null
      ? NOTHING
      : html`
          <p>${why.sentence}${' '}${why.next}</p>
        `;
  return html`
    <div class="banner wait">
      ${icon(visit, 'hold')}
      <div class="grow stack tight">
        <p><b>${texts.message.waiting[audience]}</b></p>
        ${reason} ${noteOf(visit, note)}
      </div>
    </div>
  `;
}

/**
 * Without a word of somebody's it was the rules, which may have refused one and let the others
 * have it.
 */
function givenBackNotice(visit: Visit, { note }: MessageView): Html {
  const { texts, audience } = visit;
  const title = note === null ? texts.message.notToAll : texts.message.givenBack;
  return html`
    <div class="banner stop">
      ${icon(visit, 'undo')}
      <div class="grow stack tight">
        <p><b>${title[audience]}</b></p>
        ${noteOf(visit, note)}
      </div>
    </div>
  `;
}

function noteOf({ texts, audience }: Visit, note: string | null): Html {
  if (note === null) return NOTHING;
  return html`
    <p>${texts.message.noteFrom[audience]}</p>
    <blockquote>${note}</blockquote>
  `;
}

/** What one has sent oneself came from nowhere; what one has put there, or brought, says so. */
function whyLine({ texts, audience, viewer }: Visit, { because, from, state }: MessageView): Html {
  if (from.address === viewer.address && state !== 'added' && state !== 'brought') return NOTHING;
  return html`
    <details>
      <summary>${texts.message.why}</summary>
      <p class="read">${texts.message.because[audience][because.kind](because.name)}</p>
    </details>
  `;
}
