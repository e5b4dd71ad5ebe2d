import type { LetterId } from '../../core/ground/ids.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import { icon, token } from './parts.ts';
import type { Visit } from './visit.ts';

/** What a page says once of what was just done. */
export type Toast =
  /** A letter that can be called back: `seconds` from now it leaves, or later, at an hour (0). */
  | {
      readonly kind: 'waits';
      readonly letter: LetterId;
      readonly words: string;
      readonly gone: string;
      readonly seconds: number;
    }
  /** A letter that a child has reported: for so many seconds it can come back. */
  | {
      readonly kind: 'reported';
      readonly report: number;
      readonly words: string;
      readonly gone: string;
      readonly seconds: number;
    }
  /** A letter that has left, or that an adult reads first. */
  | { readonly kind: 'left' | 'held'; readonly words: string }
  /** Something done with messages, and the fields that take it back; null: nothing does. */
  | { readonly kind: 'done'; readonly words: string; readonly undo: UndoFields | null }
  /** A decision about letters that wait: in `seconds` it takes effect. */
  | {
      readonly kind: 'decided';
      readonly act: string;
      readonly drawing: 'send' | 'undo';
      readonly words: string;
      readonly gone: string;
      readonly seconds: number;
    }
  /** It could not be taken back any more, or nothing was done at all. */
  | { readonly kind: 'too-late' | 'not-done'; readonly words: string };

type UndoFields = Readonly<Record<'act' | 'back' | 'only', string>>;

const ICONS = {
  left: 'check',
  held: 'hold',
  done: 'check',
  'too-late': 'info',
  'not-done': 'warning',
} as const;

/** What a script is to know of a toast: why a letter waits stays, and what wasn't done is so. */
const BEHAVIOURS: Readonly<Partial<Record<Toast['kind'], string>>> = {
  held: 'stays',
  'not-done': 'not-done',
};

/**
 * What was done, and for some seconds the way back; it never takes the focus, and a script lets it
 * go when its time is over. Its place is on every page, so that what comes into it is read aloud.
 */
export function toastView(visit: Visit, toast: Toast | null): Html {
  return html`
    <div class="toasts" id="toasts" role="status">
      ${toast === null ? NOTHING : shown(visit, toast)}
    </div>
  `;
}

function shown(visit: Visit, toast: Toast): Html {
  if (toast.kind === 'waits') return waiting(visit, toast);
  if (toast.kind === 'reported') return reported(visit, toast);
  if (toast.kind === 'decided') return decided(visit, toast);
  if (toast.kind === 'done' && toast.undo !== null)
    return form(visit, {
      action: '/mail/undo',
      drawing: ICONS.done,
      words: toast.words,
      fields: { back: toast.undo.back, only: toast.undo.only },
      times: NOTHING,
      button: html`
        <button name="act" value="${toast.undo.act}" data-undo>${visit.texts.acts.undo}</button>
      `,
    });
  return html`
    <p class="toast" data-toast="${BEHAVIOURS[toast.kind] ?? ''}">
      ${icon(visit, ICONS[toast.kind])}
      <span>${toast.words}</span>
    </p>
  `;
}

/** A letter that leaves within seconds counts them; one that leaves at an hour doesn't. */
function waiting(visit: Visit, { letter, words, gone, seconds }: Toast & { kind: 'waits' }): Html {
  return form(visit, {
    action: '/write/undo',
    drawing: seconds === 0 ? 'calendar' : 'send',
    words,
    fields: { letter, back: visit.here },
    times: attributes({ 'data-counts': seconds === 0 ? null : seconds, 'data-gone': gone }),
    button: html`
      <button>${visit.texts.toast.undo[visit.audience]}</button>
    `,
  });
}

function reported(visit: Visit, { report, ...said }: Toast & { kind: 'reported' }): Html {
  return form(visit, {
    action: `/helped/${report}/undo`,
    drawing: 'report',
    words: said.words,
    fields: {},
    times: attributes({ 'data-counts': said.seconds, 'data-gone': said.gone }),
    button: html`
      <button>${visit.texts.reports.child.undoButton}</button>
    `,
  });
}

/** The page goes on to say what came of it: its address stays. */
function decided(
  visit: Visit,
  { act, drawing, words, gone, seconds }: Toast & { kind: 'decided' },
): Html {
  return form(visit, {
    action: '/held/undo',
    drawing,
    words,
    fields: {},
    times: attributes({ 'data-counts': seconds, 'data-gone': gone, 'data-address': 'stays' }),
    button: html`
      <button name="act" value="${act}" data-undo>${visit.texts.held.undo}</button>
    `,
  });
}

interface Undoing {
  readonly action: string;
  readonly drawing: string;
  readonly words: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly times: Html;
  readonly button: Html;
}

function form(visit: Visit, { action, drawing, words, fields, times, button }: Undoing): Html {
  return html`
    <form class="toast" method="post" action="${action}" data-toast ${times}>
      ${token(visit)}
      ${Object.entries(fields).map(
        ([name, value]) => html`
          <input type="hidden" name="${name}" value="${value}" />
        `,
      )}
      ${icon(visit, drawing)}
      <span>${words}</span>
      ${button}
    </form>
  `;
}
