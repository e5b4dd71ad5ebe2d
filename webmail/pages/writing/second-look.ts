import type { SecondLooked, Writing } from '../../../core/mail/writing/contract.ts';
import { explain } from '../../../core/rules/reasons.ts';
import { icon } from '../../frame/parts.ts';
import type { Recipient } from '../../frame/recipients.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, TEXT_BEGINS, type Html } from '../../html.ts';
import { wordsMark } from './letter-form.ts';

type Doubts = SecondLooked['text'];

/** What is asked first where a letter has more than one of them. */
const KINDS = ['hurts', 'threatens', 'private', 'meeting', 'unread'] as const;

/** The words of a letter as they will be read, the doubtful ones underlined. */
export function rereadLetter(
  { writing }: { readonly writing: Pick<Writing, 'subject' | 'text'> },
  second: SecondLooked,
): Html {
  const title =
    second.subject.length === 0
      ? NOTHING
      : html`
          <p><b>${marked(writing.subject, second.subject)}</b></p>
        `;
  return html`
    <div class="reread">${title}${marked(writing.text, second.text)}</div>
    <input type="hidden" name="subject" value="${writing.subject}" />
    <textarea class="vh" name="text" aria-hidden="true" tabindex="-1">
${TEXT_BEGINS}${writing.text}</textarea>
    <input type="hidden" name="reread" value="${wordsMark(writing)}" />
  `;
}

function marked(text: string, doubts: Doubts): Html {
  const pieces = doubts.map(({ start, end }, at) => {
    const before = text.slice(doubts[at - 1]?.end ?? 0, start);
    return html`
      ${before}
      <mark class="doubt">${text.slice(start, end)}</mark>
    `;
  });
  return html`
    ${pieces}${text.slice(doubts.at(-1)?.end ?? 0)}
  `;
}

/** « Ça va comme ça ? », why, and the two ways on: never a refusal. */
export function secondQuestion(
  visit: Visit,
  shown: { readonly recipients: readonly Pick<Recipient, 'kind' | 'name'>[] },
  second: SecondLooked,
): Html {
  const words = visit.texts.secondLook;
  return html`
    <div class="second" role="group" aria-labelledby="q">
      <h2 id="q">${words.title}</h2>
      <p>${`${words.reread} ${reasons(visit, shown, second)}`}</p>
      <div class="ways">
        <button class="btn main big" name="act" value="keep">
          ${icon(visit, 'write')}${words.change}
        </button>
        <button class="btn big" name="act" value="send">
          ${icon(visit, 'send')}${words.sendAsIs}${readFirst(visit, second)}
        </button>
      </div>
    </div>
  `;
}

function reasons(
  visit: Visit,
  { recipients }: { readonly recipients: readonly Pick<Recipient, 'kind' | 'name'>[] },
  second: SecondLooked,
): string {
  const words = visit.texts.secondLook;
  if (!second.reachesChild) return words.told;
  const names = visit.texts.list(
    recipients.map((one) => (one.kind === 'list' ? words.myClass : one.name)),
  );
  const kinds = new Set([...second.subject, ...second.text].map(({ kind }) => kind));
  return KINDS.filter((kind) => kinds.has(kind))
    .map((kind) => words.why[kind](names))
    .join(' ');
}

function readFirst({ audience, clock }: Visit, { held }: SecondLooked): Html {
  if (held === null) return NOTHING;
  const why = explain(held.rule, held.words, { ...clock, audience });
  return html`
    <small>${why.sentence}</small>
  `;
}
