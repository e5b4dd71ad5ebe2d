import type { Reachable } from '../../../core/mail/writing/contract.ts';
import { calledOf, coverClass, faceOf, icon } from '../../frame/parts.ts';
import type { Recipient } from '../../frame/recipients.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';

/** Which field somebody is chosen for. */
export type Into = 'to' | 'cc';

/**
 * A box to tick for somebody the letter may go to; scripts read from it how they are called, and of
 * a list whom it stands for.
 */
export function recipientBox(
  one: Recipient | Reachable,
  { name, checked, into = 'to' }: Ticking,
): Html {
  return html`
    <input
      class="vh"
      type="checkbox"
      name="${into}"
      value="${one.address}"
      id="${into}-${one.address}"
      data-name="${name}"
      data-count="${one.count}"
      data-kind="${one.kind}"
      ${attributes({
        'data-own': one.listKind === 'own-group',
        'data-children': reachesChildren(one),
        checked,
      })}
    />
  `;
}

/** Lists in which there are pupils. */
const OF_CHILDREN: ReadonlySet<Reachable['listKind']> = new Set(['class', 'pupils', 'own-group']);

/** Whether what is sent to this person or list comes to a child. */
export const reachesChildren = ({ kind, listKind }: Pick<Recipient, 'kind' | 'listKind'>) =>
  kind === 'child' || OF_CHILDREN.has(listKind);

interface Ticking {
  readonly name: string;
  readonly checked: boolean;
  readonly into?: Into;
}

/** What a list stands for, in a word: « CE1 A : 24 ». */
export function chipName(visit: Pick<Visit, 'texts'>, one: Recipient | Reachable): string {
  return one.kind === 'list'
    ? visit.texts.write.listCount(calledOf(one), one.count)
    : calledOf(one);
}

/** A list is the sticker of its class, anybody else a rounded one with a face. */
export const chipLook = (one: Recipient | Reachable): string =>
  one.kind === 'list' ? `toks class ${coverClass(one.cover)}` : 'toks';

/**
 * Somebody chosen: a ticked box that looks like a sticker. Unticking it takes them away; without
 * script it stays, crossed out, until the page comes back.
 */
export function chip(visit: Visit, one: Recipient | Reachable, into: Into): Html {
  const firstTime = html`
    <small class="first">${visit.texts.message.first.short}</small>
  `;
  return html`
    <li>
      ${recipientBox(one, { name: calledOf(one), checked: true, into })}
      <label class="${chipLook(one)}" for="${into}-${one.address}">
        ${one.kind === 'list' ? NOTHING : faceOf(visit, one)}
        <span class="cut">${chipName(visit, one)}</span>
        ${'firstTime' in one && one.firstTime === true ? firstTime : NOTHING}
        ${icon(visit, 'close', 'x')}
      </label>
    </li>
  `;
}
