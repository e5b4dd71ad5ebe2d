import type { Acted } from '../core/core.ts';
import { html, NOTHING, type Html } from './html.ts';
import type { Around } from './mailbox-nav.ts';
import type { Chosen } from './mailboxes.ts';
import { icon, token } from './parts.ts';
import type { Visit } from './visit.ts';

/** What was just done, by the name in the address, where nothing of it can be taken back. */
const SAID = ['emptied', 'erased', 'undone', 'too-late', 'reported'] as const;
type Said = (typeof SAID)[number];

/** What a page is told of the act before it: `?act=` names one, `?said=` says it. */
export interface ToldOf {
  readonly act: unknown;
  readonly said: unknown;
}

/** What a page says of the last act, and the way back while there is one. */
export interface Told {
  readonly acted: Acted | null;
  readonly said: Said | null;
}

/** Looks up the act that an address names. */
export async function toldOf(visit: Visit<'mail'>, { act, said }: ToldOf): Promise<Told> {
  const acted = typeof act === 'string' ? await visit.core.mail.lastAct(visit.viewer, act) : null;
  return { acted, said: SAID.find((one) => one === said) ?? null };
}

/**
 * Ten seconds with a word to go back (a script takes it away); it never takes the focus. The place
 * of it is always there, so that what comes into it is read aloud.
 */
export function toasts(
  visit: Visit,
  near: Around,
  { chosen, told }: { readonly chosen: Chosen; readonly told: Told },
): Html {
  const { acted, said } = told;
  if (acted === null && said === null)
    return html`
      <div class="toasts" id="toasts" role="status"></div>
    `;
  return html`
    <div class="toasts" id="toasts" role="status">
      <div class="toast">
        ${icon(visit, acted === null && said === 'too-late' ? 'info' : 'check')}
        <span>${acted === null ? saidWords(visit, said) : actedWords(visit, near, acted)}</span>
        ${acted === null ? NOTHING : undoForm(visit, chosen, acted)}
      </div>
    </div>
  `;
}

function saidWords({ texts, audience }: Visit, said: Said | null): string {
  return said === null ? '' : texts.acts.said[said][audience];
}

/** What was done, and what that did to letters that waited. */
function actedWords(visit: Visit, near: Around, acted: Acted): string {
  const { withdrawn } = visit.texts.acts;
  const words = deedWords(visit, near, acted);
  return acted.withdrawn === 0 ? words : `${words} ${withdrawn(acted.withdrawn)}`;
}

/** « 3 conversations archivées. » */
function deedWords({ texts, audience }: Visit, { mailboxes }: Around, acted: Acted): string {
  const unit = acted.by;
  if (acted.deed !== 'move') return texts.acts.done[acted.deed](acted.rows, unit);
  const target = mailboxes.find(({ id }) => id === acted.to);
  const { use } = target ?? { use: null };
  if (audience === 'child' && use === 'trash') return texts.acts.thrown;
  return use === 'archive' || use === 'trash'
    ? texts.acts.done[use](acted.rows, unit)
    : texts.acts.done.into(
        acted.rows,
        unit,
        use === null ? (target?.name ?? '') : texts.shelf[audience][use],
      );
}

function undoForm(visit: Visit, { path }: Chosen, { id }: Acted): Html {
  return html`
    <form method="post" action="/mail/undo">
      ${token(visit)}
      <input type="hidden" name="back" value="${path.replace('/mail/', '')}" />
      <button name="act" value="${id}" data-undo>${visit.texts.acts.undo}</button>
    </form>
  `;
}
