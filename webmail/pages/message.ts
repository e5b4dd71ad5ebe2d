import type { MessageView, Turn, Uid } from '../../core/core.ts';
import { explain } from '../../core/rules/reasons.ts';
import { page, MISSING, type Answer } from '../answer.ts';
import { around, framed } from '../frame.ts';
import { html, NOTHING, type Html } from '../html.ts';
import { letterPage } from '../letter-form.ts';
import { paragraphs } from '../linked.ts';
import { placesNav, type Around } from '../mailbox-nav.ts';
import {
  calledOf,
  faceOf,
  fileLink,
  icon,
  isPicture,
  isFromOutside,
  namedIcon,
  namesakeBanner,
  namesOf,
  outsideBadge,
  toList,
  token,
} from '../parts.ts';
import { chosenPlace, pathOf, type Chosen } from '../places.ts';
import type { Visit } from '../visit.ts';
import { longDate } from '../when.ts';
import { hiddenFields, keepButton, keptLine, unkeptBanner } from '../writing-form.ts';
import { EMPTY } from '../writing-page.ts';
import { adultList, loadRows, type ListPage } from './mailbox.ts';

/** How many recipients a message names before it counts. */
const NAMED = 12;
/**
 * A frame can't tell its height without script inside; below so many characters it is a low one.
 */
const SHORT = 400;

interface OpenMessage {
  readonly message: MessageView;
  readonly chosen: Chosen;
  /** Where this message lives: `/mail/inbox/42`. */
  readonly at: string;
  /** Just now, by « Ce message me gêne ». */
  readonly reported: boolean;
}

/**
 * GET /mail/:place/:uid: one message, beside its list where there is room. Opening it takes its
 * bead away.
 */
export async function message(
  visit: Visit,
  slug: string,
  { uid, reported }: { readonly uid: Uid; readonly reported: boolean },
): Promise<Answer> {
  const places = await visit.core.mail.places(visit.viewer);
  const chosen = chosenPlace(visit, places, slug);
  if (chosen === null) return MISSING;
  const found = await visit.core.mail.read(visit.viewer, chosen.place.id, uid);
  if (found === null) return MISSING;
  if (!found.seen) await visit.core.mail.mark(visit.viewer, chosen.place.id, [uid], { seen: true });
  // Counted after the mark, so that the bead and the number agree.
  const near = await around(visit);
  const open: OpenMessage = { message: found, chosen, at: `${chosen.path}/${uid}`, reported };
  if (visit.audience === 'child') return page(pupilView(visit, near, open));
  const [shown, turns] = await Promise.all([
    loadRows(visit, chosen, { before: null, open: uid }),
    visit.core.mail.conversation(visit.viewer, chosen.place.id, uid),
  ]);
  return page(adultView(visit, near, { ...open, shown, turns }));
}

function titleOf(visit: Visit, { subject }: MessageView): string {
  return subject.trim() === '' ? visit.texts.box.noSubject : subject;
}

function pupilView(visit: Visit, near: Around, open: OpenMessage): Html {
  const { texts } = visit;
  const { message: shown, chosen } = open;
  const pictures = shown.attachments.filter(isPicture);
  const main = html`
    <main id="main" class="body yard">
      ${placesNav(visit, near, chosen.shelf)}
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
        ${
          open.reported
            ? html`
                <p class="banner ok" role="status">
                  ${icon(visit, 'check')}
                  <span>${texts.message.reported}</span>
                </p>
              `
            : NOTHING
        }
        ${notice(visit, shown)}
        <article class="sheet margin" id="letter">
          <header class="in rim">
            ${faceOf(visit, shown.from)}
            <h1 id="t">${titleOf(visit, shown)}</h1>
            <p class="soft">${whoLine(visit, shown)}</p>
            ${claimedLine(visit, shown)}
          </header>
          <div class="in letter read${pictures.length > 0 ? ' plate' : ''}">
            <div>${bodyOf(visit, open)}</div>
            ${picturesOf(visit, open)}
          </div>
          ${filesOf(visit, open)} ${replies(visit, open)}
        </article>
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

function adultView(
  visit: Visit,
  near: Around,
  open: OpenMessage & { readonly shown: ListPage; readonly turns: readonly Turn[] },
): Html {
  const { texts, viewer } = visit;
  const { message: shown, chosen } = open;
  const why = whyLine(visit, shown);
  const main = html`
    <main id="main" class="mail fill reading">
      ${placesNav(visit, near, chosen.shelf)}
      ${adultList(visit, near.places, { shown: open.shown, notes: NOTHING })}
      <article class="pane margin" aria-labelledby="st">
        <div class="tools">
          <a class="btn only narrow-only" href="${chosen.path}">
            ${namedIcon(visit, 'back', chosen.title)}
          </a>
          ${adultTools(visit, open)}
        </div>
        <header class="in">
          <h1 id="st">${titleOf(visit, shown)}</h1>
          ${
            open.turns.length === 0
              ? NOTHING
              : html`
                  <p class="soft">${texts.message.conversation(open.turns.length + 1)}</p>
                `
          }
        </header>
        ${notice(visit, shown)}
        ${turnsOf(
          visit,
          near,
          open.turns.filter(({ at }) => at <= shown.at),
        )}
        <div class="in letter-head">
          ${faceOf(visit, shown.from)}
          <div class="split">
            <p>
              <b>${calledOf(shown.from)}</b>
              ${' '}${outsideMark(visit, shown)}${' '}
              <span class="soft">${toWhom(visit, shown)}</span>
            </p>
            <p class="soft small nb">${longDate(viewer.language, shown.at, visit.now)}</p>
          </div>
          ${doubts(visit, shown)}
          <div class="read body-text">${bodyOf(visit, open)}</div>
          ${picturesOf(visit, open)} ${filesOf(visit, open)}
        </div>
        ${turnsOf(
          visit,
          near,
          open.turns.filter(({ at }) => at > shown.at),
        )}
        ${quickReply(visit, open)}
        ${
          why === NOTHING
            ? NOTHING
            : html`
                <div class="in">${why}</div>
              `
        }
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

/** Messages before and after the open one, each folded to who, when and its first words. */
function turnsOf(visit: Visit, { places }: Around, turns: readonly Turn[]): Html {
  const { texts, viewer, now } = visit;
  if (turns.length === 0) return NOTHING;
  return html`
    <ol class="convo">
      ${turns.map((turn) => {
        const name = turn.from.address === viewer.address ? texts.message.you : calledOf(turn.from);
        const open = html`
          <p class="small">
            <a href="${pathOf(places, turn.mailbox)}/${turn.uid}">${texts.message.openIt}</a>
          </p>
        `;
        return html`
          <li class="in">
            <details>
              <summary>
                <b>${name}</b>
                ${outsideMark(visit, turn)}${' '}
                <span class="soft">
                  ${longDate(viewer.language, turn.at, now)}. ${turn.preview}
                </span>
              </summary>
              <div class="read body-text">
                ${
                  turn.text === null
                    ? html`
                        <p class="soft">${texts.message.tooLong}</p>
                      `
                    : paragraphs(turn.text, { links: true })
                }
              </div>
              ${open}
            </details>
          </li>
        `;
      })}
    </ol>
  `;
}

function toWhom(visit: Visit, shown: MessageView): string {
  const { texts, audience, viewer } = visit;
  const only = shown.to.length === 1 ? shown.to[0] : undefined;
  if (only?.kind === 'list' && shown.cc.length === 0) return toList(visit, only);
  // Whoever reads it got it, whatever its header says.
  const unnamed =
    shown.to.length + shown.cc.length === 0 &&
    shown.state === 'normal' &&
    shown.from.address !== viewer.address;
  const toMe = unnamed || (shown.to.length === 1 && shown.to[0]?.address === viewer.address);
  const to = toMe
    ? texts.message.toYou[audience]
    : texts.message.to(
        shown.to.length === 0 ? texts.box.nobody : namesOf({ texts }, shown.to, NAMED),
      );
  return shown.cc.length === 0
    ? to
    : `${to}, ${texts.message.copy(namesOf({ texts }, shown.cc, NAMED))}`;
}

function whoLine(visit: Visit, shown: MessageView): Html {
  return html`
    ${visit.texts.message.from}${' '}
    <b>${calledOf(shown.from)}</b>
    ${outsideMark(visit, shown)}${' '}${toWhom(visit, shown)},
    ${longDate(visit.viewer.language, shown.at, visit.now)}
  `;
}

/** Somebody outside, and for a grown-up under which address. */
function outsideMark(visit: Visit, { from, state }: Pick<MessageView, 'from' | 'state'>): Html {
  if (!isFromOutside({ from, state })) return NOTHING;
  const address =
    visit.audience === 'adult' && calledOf(from) !== from.address
      ? html`
          ${' '}
          <span class="soft mono any">${from.address}</span>
        `
      : NOTHING;
  return html`
    ${' '}${outsideBadge(visit, { from, state })}${address}
  `;
}

/** What a reader must not take for granted, above the words. */
function doubts(visit: Visit, shown: MessageView): Html {
  if (shown.claimed.length === 0 && shown.namesake === null) return NOTHING;
  return html`
    <div class="stack tight doubts">
      ${claimedLine(visit, shown)}${namesakeBanner(visit, shown.namesake)}
    </div>
  `;
}

/** Whom the header names and who did not get it. */
function claimedLine(visit: Visit, { claimed }: MessageView): Html {
  if (claimed.length === 0) return NOTHING;
  const { texts, audience } = visit;
  return html`
    <p class="soft small">
      ${icon(visit, 'info')}${' '}${texts.message.claimed[audience](namesOf({ texts }, claimed, NAMED), claimed.length)}
    </p>
  `;
}

/** What holds it up, or why it came back, in Sent. */
function notice(visit: Visit, shown: MessageView): Html {
  const { texts, audience, viewer } = visit;
  if (shown.state === 'normal' || shown.state === 'waiting-for-scanner') return NOTHING;
  if (shown.state === 'added' || shown.state === 'brought')
    return html`
      <p class="banner${shown.state === 'added' ? ' wait' : ''}">
        ${icon(visit, 'info')}
        <span class="grow">${texts.message[shown.state][audience]}</span>
      </p>
    `;
  const back = shown.state === 'given-back';
  const why =
    shown.refusal === null
      ? null
      : explain(shown.refusal.rule, shown.refusal.words, {
          language: viewer.language,
          audience,
          now: visit.now,
        });
  // Without a word of somebody's it was the rules, which may have refused one and let the others
  // have it.
  const returned = shown.note === null ? texts.message.notToAll : texts.message.givenBack;
  const title = back ? returned[audience] : texts.message.waiting[audience];
  return html`
    <div class="banner ${back ? 'stop' : 'wait'}">
      ${icon(visit, back ? 'undo' : 'hold')}
      <div class="grow stack tight">
        <p><b>${title}</b></p>
        ${
          why === null || back
            ? NOTHING
            : html`
                <p>${why.sentence}${' '}${why.next}</p>
              `
        }
        ${
          shown.note === null
            ? NOTHING
            : html`
                <p>${texts.message.noteFrom[audience]}</p>
                <blockquote>${shown.note}</blockquote>
              `
        }
      </div>
    </div>
  `;
}

function bodyOf(visit: Visit, { message: shown, at }: OpenMessage): Html {
  const { texts, audience } = visit;
  const links = { links: audience === 'adult' };
  if (shown.formattedCharacters !== null) {
    const plain =
      shown.text === null
        ? NOTHING
        : html`
            <details>
              <summary>${texts.message.asText}</summary>
              ${paragraphs(shown.text, links)}
            </details>
          `;
    return html`
      <iframe
        class="mail-html${(shown.text?.length ?? shown.formattedCharacters) < SHORT ? ' short' : ''}"
        src="${at}/body"
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        title="${texts.message.formatted}"
        referrerpolicy="no-referrer"
      ></iframe>
      ${plain}
    `;
  }
  const text = paragraphs(shown.text ?? '', links);
  return text.length === 0
    ? html`
        <p class="soft">${texts.message.noText[audience]}</p>
      `
    : html`
        ${text}
      `;
}

function picturesOf(visit: Visit, { message: shown, at }: OpenMessage): Html {
  const pictures = shown.attachments.filter(isPicture);
  if (pictures.length === 0) return NOTHING;
  return html`
    <div class="pictures stack">
      ${pictures.map(
        (file) => html`
          <figure class="stack tight">
            <a href="${at}/file/${file.path}" download>
              <img
                class="art"
                src="${at}/picture/${file.path}"
                alt="${visit.texts.message.picture(file.name)}"
                loading="lazy"
              />
            </a>
            <figcaption class="soft small">${file.name}</figcaption>
          </figure>
        `,
      )}
    </div>
  `;
}

function filesOf(visit: Visit, { message: shown, at }: OpenMessage): Html {
  const files = shown.attachments.filter((file) => !isPicture(file));
  if (files.length === 0) return NOTHING;
  return html`
    <div class="${visit.audience === 'child' ? 'in foot-in ' : ''}files">
      <div class="row">${files.map((file) => fileLink(visit, file, at))}</div>
    </div>
  `;
}

/**
 * Whether an answer to everybody adds somebody, the other recipients or the list, and its writer
 * lets it.
 */
function answersAll({ viewer }: Visit, { to, cc, answers }: MessageView): boolean {
  return answers === 'everyone' && [...to, ...cc].some((face) => face.address !== viewer.address);
}

/**
 * Whom the rules let nobody of this role answer is offered no answer: a pupil and a family don't
 * write outside.
 */
function answerable({ viewer }: Visit, shown: MessageView, chosen: Chosen): boolean {
  if (shown.from.kind === 'outside' && (viewer.role === 'pupil' || viewer.role === 'guardian'))
    return false;
  return (
    shown.from.kind !== 'system' &&
    shown.answers !== 'none' &&
    chosen.shelf !== 'sent' &&
    chosen.shelf !== 'trash'
  );
}

function replies(visit: Visit, { message: shown, chosen, at }: OpenMessage): Html {
  const { texts } = visit;
  if (!answerable(visit, shown, chosen)) return NOTHING;
  const toList = shown.to.some((face) => face.kind === 'list');
  const all = answersAll(visit, shown)
    ? html`
        <a class="btn big" href="${at}/reply-all">
          ${icon(visit, 'reply-all')}
          ${toList ? texts.message.replyClass : texts.message.replyAll.child}
        </a>
      `
    : NOTHING;
  return html`
    <footer class="in foot-in">
      <div class="row">
        <a class="btn main big" href="${at}/reply">
          ${icon(visit, 'reply')}${texts.message.replyTo(calledOf(shown.from))}
        </a>
        ${all}
      </div>
    </footer>
  `;
}

function adultTools(visit: Visit, open: OpenMessage): Html {
  const { texts } = visit;
  const { message: shown, chosen, at } = open;
  const reply = answerable(visit, shown, chosen)
    ? html`
        <a class="btn" href="${at}/reply">${icon(visit, 'reply')}${texts.message.reply}</a>
        ${
          answersAll(visit, shown)
            ? html`
                <a class="btn" href="${at}/reply-all">
                  ${icon(visit, 'reply-all')}${texts.message.replyAll.adult}
                </a>
              `
            : NOTHING
        }
      `
    : NOTHING;
  const unread = html`
    <form method="post" action="${at}/mark">
      ${token(visit)}
      <button class="btn only" name="mark" value="unseen">
        ${namedIcon(visit, 'eye', texts.message.unread)}
      </button>
    </form>
  `;
  return html`
    ${reply}${starForm(visit, open)}${chosen.shelf === 'sent' ? NOTHING : unread}
    <span class="end row">${throwForms(visit, open)}</span>
  `;
}

function starForm(visit: Visit, { message: shown, at }: OpenMessage): Html {
  const { texts, audience } = visit;
  const word = shown.flagged ? texts.message.kept[audience] : texts.message.keep[audience];
  const inside =
    audience === 'child'
      ? html`
          ${icon(visit, 'star')}${word}
        `
      : namedIcon(visit, 'star', texts.message.keep.adult);
  return html`
    <form method="post" action="${at}/mark">
      ${token(visit)}
      <button
        class="btn${audience === 'child' ? '' : ' only'}"
        name="mark"
        value="${shown.flagged ? 'unflagged' : 'flagged'}"
        aria-pressed="${shown.flagged ? 'true' : 'false'}"
      >
        ${inside}
      </button>
    </form>
  `;
}

function throwForms(visit: Visit, { message: shown, chosen, at }: OpenMessage): Html {
  const { texts, audience } = visit;
  const move = (to: string, name: string, word: string) => html`
    <form method="post" action="${at}/move">
      ${token(visit)}
      <button
        class="btn${audience === 'child' || chosen.shelf === 'trash' ? '' : ' only'}"
        name="to"
        value="${to}"
      >
        ${
          audience === 'child' || chosen.shelf === 'trash'
            ? html`
                ${icon(visit, name)}${word}
              `
            : namedIcon(visit, name, word)
        }
      </button>
    </form>
  `;
  const putBack = shown.isDraft
    ? move('drafts', 'undo', texts.message.putBackDraft[audience])
    : move('inbox', 'undo', texts.message.putBack);
  if (chosen.shelf === 'trash')
    return html`
      ${putBack}${move('erase', 'close', texts.message.eraseForGood)}
    `;
  const archive =
    audience === 'adult' && chosen.shelf === 'inbox'
      ? move('archive', 'class', texts.message.archive)
      : NOTHING;
  const back =
    chosen.shelf === 'archive' || chosen.shelf === 'junk'
      ? move('inbox', 'undo', texts.message.putBack)
      : NOTHING;
  return html`
    ${archive}${back}${move('trash', 'trash', texts.message.throwAway[audience])}
  `;
}

function quickReply(visit: Visit, { message: shown, chosen, at }: OpenMessage): Html {
  const { texts } = visit;
  if (!answerable(visit, shown, chosen)) return NOTHING;
  const name = calledOf(shown.from);
  return html`
    <div class="in quick rimmed">
      <form
        class="stack tight"
        method="post"
        action="${at}/reply"
        autocomplete="off"
        data-write="quick"
        data-owner="${visit.viewer.address}"
      >
        ${quickFields(visit, shown)}
        <label class="lab" for="rp">${texts.message.quick(name)}</label>
        <textarea id="rp" name="text" rows="3" class="input" required></textarea>
        ${unkeptBanner(visit)}
        <div class="split">
          <div class="row">
            <button class="btn main">${icon(visit, 'send')}${texts.message.send}</button>
            ${keepButton(visit)}${keptLine(visit, { draft: null })}
          </div>
          <span class="small soft">${texts.message.quickHint}</span>
        </div>
      </form>
    </div>
  `;
}

/** As on the writing page: the few lines are a letter that can be kept. */
function quickFields(visit: Visit, { mailbox, uid }: MessageView): Html {
  const writing = { ...EMPTY, answerTo: { mailbox, uid } };
  return html`
    ${hiddenFields(visit, { draft: null, writing, page: letterPage(writing, null, null) })}
    <input type="hidden" name="quick" value="1" />
  `;
}

/** A child's way to say that a message hurts; not for one's own, nor for the service's notices. */
function reportForm(visit: Visit, { message: shown, at, chosen, reported }: OpenMessage): Html {
  if (
    reported ||
    chosen.shelf === 'sent' ||
    shown.from.kind === 'system' ||
    shown.from.address === visit.viewer.address
  )
    return NOTHING;
  return html`
    <form method="post" action="${at}/report">
      ${token(visit)}
      <button class="btn no">${icon(visit, 'report')}${visit.texts.message.report}</button>
    </form>
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
