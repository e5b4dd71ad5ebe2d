import type { MessageView } from '../../../core/mail/reading/contract.ts';
import {
  calledOf,
  familyWords,
  icon,
  isFromOutside,
  namesakeBanner,
  namesOf,
  outsideBadge,
  toList,
} from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import type { OpenMessage } from './open-message.ts';

/** How many recipients a message names before it counts. */
const NAMED = 12;

/** To whom it went, as the reader sees it: to them, to a list, to whom the header names. */
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

/** « famille d’Amine, à vous » */
export function whoseAndToWhom(visit: Visit, shown: MessageView): string {
  const whose = familyWords(visit, shown);
  return [whose, toWhom(visit, shown)].filter((words) => words !== '').join(', ');
}

/** That somebody writes for the first time, and from where: one line, which says all of it. */
export function firstLine(visit: Visit, { from, state, firstTime }: MessageView): Html {
  if (!firstTime) return NOTHING;
  const { first } = visit.texts.message;
  const where = isFromOutside({ from, state }) ? first.outside : first.elsewhere;
  return html`
    <p class="soft small first-line">
      ${icon(visit, 'gate')}${first.line(where)}${' '}
      <span class="mono">${from.address}</span>
    </p>
  `;
}

/** From whom, to whom and when, in one line. */
export function whoLine(visit: Visit, shown: MessageView): Html {
  return html`
    ${visit.texts.message.from}${' '}
    <b>${calledOf(shown.from)}</b>
    ${outsideMark(visit, shown)}${' '}${toWhom(visit, shown)}, ${longDate(visit.clock, shown.at)}
  `;
}

/** Somebody outside, and for a grown-up under which address. */
export function outsideMark(
  visit: Visit,
  { from, state }: Pick<MessageView, 'from' | 'state'>,
): Html {
  if (!isFromOutside({ from, state })) return NOTHING;
  const address =
    visit.audience === 'adult' && calledOf(from) !== from.address
      ? html`
          ${' '}
          <span class="soft mono">${from.address}</span>
        `
      : NOTHING;
  return html`
    ${' '}${outsideBadge(visit, { from, state })}${address}
  `;
}

/** « Répond du lundi au vendredi, de 8 h à 18 h. », where who wrote it has said so. */
export function answersLine(visit: Visit, { answers }: Pick<OpenMessage, 'answers'>): Html {
  if (answers === null) return NOTHING;
  return html`
    <p class="soft small">${icon(visit, 'clock')}${' '}${answers}.</p>
  `;
}

/** What a reader must not take for granted, above the words. */
export function doubts(visit: Visit, shown: MessageView): Html {
  if (shown.claimed.length === 0 && shown.namesake === null) return NOTHING;
  return html`
    <div class="stack tight doubts">
      ${claimedLine(visit, shown)}${namesakeBanner(visit, shown.namesake)}
    </div>
  `;
}

/** Whom the header names and who did not get it. */
export function claimedLine(visit: Visit, { claimed }: MessageView): Html {
  if (claimed.length === 0) return NOTHING;
  const { texts, audience } = visit;
  const names = namesOf({ texts }, claimed, NAMED);
  return html`
    <p class="soft small">
      ${icon(visit, 'info')}${' '}${texts.message.claimed[audience](names, claimed.length)}
    </p>
  `;
}
