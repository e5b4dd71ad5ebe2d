import type { WriterKind } from '../../../core/mail/reading/contract.ts';
import type { ChosenMailbox, Shelf } from '../../frame/mailboxes.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';

/** What an adult wants to see of a folder: letters of one kind of people, unread ones; or all. */
export interface Filter {
  readonly who: WriterKind | null;
  readonly unread: boolean;
}

export const EVERYTHING: Filter = { who: null, unread: false };
const KINDS = ['families', 'pupils', 'team', 'outside'] as const satisfies readonly WriterKind[];
/** Where nobody but oneself has written, or every folder is looked through. */
const UNSORTED: ReadonlySet<Shelf | null> = new Set(['sent', 'drafts', 'starred'] as const);

/** What an address or a form says of it; a child's list has all. */
export function filterOf(
  { audience }: Pick<Visit, 'audience'>,
  { who, unread }: { readonly who?: unknown; readonly unread?: unknown },
): Filter {
  if (audience === 'child') return EVERYTHING;
  return { who: KINDS.find((one) => one === who) ?? null, unread: unread === '1' };
}

/** The same of a form's field that says it as an address does: `who=families&unread=1`. */
export function filterIn(visit: Pick<Visit, 'audience'>, text: string): Filter {
  return filterOf(visit, Object.fromEntries(new URLSearchParams(text)));
}

/** As an address says it: `who=families&unread=1`; empty where all is shown. */
export function inQuery({ who, unread }: Filter): string {
  return [who === null ? '' : `who=${who}`, unread ? 'unread=1' : '']
    .filter((one) => one !== '')
    .join('&');
}

/** An address that keeps to it, with what it says besides: `/mail/inbox?who=team&before=12`. */
export function filtered(path: string, filter: Filter, more = ''): string {
  const query = [inQuery(filter), more].filter((one) => one !== '').join('&');
  return query === '' ? path : `${path}?${query}`;
}

/** « Familles », « Non lus »: each is put and taken away, and keeps the other. */
export function filterChips(visit: Visit, { path, shelf }: ChosenMailbox, filter: Filter): Html {
  if (UNSORTED.has(shelf)) return NOTHING;
  const words = visit.texts.box.filter;
  const { who, unread } = filter;
  // A family hears of the school alone.
  const kinds = visit.viewer.role === 'guardian' ? [] : KINDS;
  return html`
    <div class="chips kinds" role="group" aria-label="${words.label}">
      ${chip(words.unread, { to: filtered(path, { who, unread: !unread }), isOn: unread })}
      ${kinds.map((one) =>
        chip(words[one], {
          to: filtered(path, { unread, who: who === one ? null : one }),
          isOn: who === one,
        }),
      )}
    </div>
  `;

  function chip(word: string, { to, isOn }: { readonly to: string; readonly isOn: boolean }): Html {
    return html`
      <a class="fchip" href="${to}" role="button" aria-pressed="${String(isOn)}">
        ${word}${isOn ? icon(visit, 'close', 'x') : NOTHING}
      </a>
    `;
  }
}
