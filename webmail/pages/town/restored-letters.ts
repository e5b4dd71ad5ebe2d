import type {
  LogSays,
  OutsideLetter,
  StandingLetter,
  StoppedWriter,
} from '../../../core/town/town/standing-mail/contract.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { fileSize, longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';

/** Letters of one kind that a page shows unasked. */
const SHOWN = 30;
type Says = LogSays['kind'];

/** What is to be done with most letters of a kind, where that is plain. */
const SUGGESTED: Readonly<Record<Says, 'release' | 'drop' | null>> = {
  sent: 'drop',
  unseen: 'release',
  refused: null,
  'no-log': null,
};
const TONES: Readonly<Record<Says, { readonly tone: string; readonly icon: string }>> = {
  sent: { tone: 'ok', icon: 'check' },
  unseen: { tone: 'wait', icon: 'hold' },
  refused: { tone: 'stop', icon: 'close' },
  'no-log': { tone: 'wait', icon: 'help' },
};

/** Accounts whose mail to outside was stopped as a flood: one word lets all of it go, or none. */
export function stoppedWriters(visit: Visit, stopped: readonly StoppedWriter[]): Html {
  if (stopped.length === 0) return NOTHING;
  const words = visit.texts.restored.stopped;
  return html`
    <section class="sheet back-list" aria-labelledby="stopped">
      <header class="top-row">
        <h2 id="stopped" class="h3 tone stop">${icon(visit, 'warning')}${words.title}</h2>
      </header>
      <p class="soft small">${words.what}</p>
      <ul>
        ${stopped.map((one) => stoppedLine(visit, one))}
      </ul>
    </section>
  `;
}

function stoppedLine(visit: Visit, one: StoppedWriter): Html {
  const words = visit.texts.restored;
  return html`
    <li class="found">
      <span>
        <b>${one.writer}</b>
        <br />
        <span class="badge stop">${words.stopped.why[one.why]}</span>
      </span>
      <span class="small soft">
        ${one.schoolName === '' ? words.town : one.schoolName}
        <br />
        ${words.stopped.waits(one.letters, longDate(visit.clock, one.at))}
      </span>
      ${actsOn(visit, {
        which: `stopped-${one.school}-${one.account}`,
        suggested: null,
        recipient: one.writer,
      })}
    </li>
  `;
}

/** Letters of which the same is known: what that means, the act for all of them, then each. */
export function lettersKnown(
  visit: Visit,
  letters: readonly StandingLetter[],
  { says, whole }: { readonly says: Says; readonly whole: boolean },
): Html {
  if (letters.length === 0) return NOTHING;
  const words = visit.texts.restored;
  const { tone, icon: sign } = TONES[says];
  const shown = whole ? letters : letters.slice(0, SHOWN);
  const more = html`
    <p><a href="/restored?show=${says}">${words.more(letters.length)}</a></p>
  `;
  return html`
    <section class="sheet back-list" aria-labelledby="g-${says}">
      <header class="top-row">
        <h2 id="g-${says}" class="h3 tone ${tone}">
          ${icon(visit, sign)}${words.says[says].title(letters.length)}
        </h2>
        ${actsOn(visit, { which: says, suggested: SUGGESTED[says], count: letters.length })}
      </header>
      <p class="soft small">${words.says[says].what}</p>
      <ul>
        ${shown.map((one) => letterLine(visit, one))}
      </ul>
      ${shown.length < letters.length ? more : NOTHING}
    </section>
  `;
}

function letterLine(visit: Visit, one: StandingLetter): Html {
  return html`
    <li class="found">
      ${whoToWhom(visit, one)}
      <span class="small soft">${factsOf(visit, one)} ${logBadge(visit, one)}</span>
      ${actsOn(visit, { which: nameOf(one), suggested: null, recipient: one.recipient })}
    </li>
  `;
}

/** When it left or was refused, where that is known. */
function logBadge({ texts, clock }: Visit, { log }: StandingLetter): Html {
  if (log.kind !== 'sent' && log.kind !== 'refused') return NOTHING;
  const at = longDate(clock, log.at);
  const words = texts.restored;
  const [tone, said] =
    log.kind === 'sent' ? ['ok', words.sentAt(at)] : ['stop', words.refusedAt(at, log.code)];
  return html`
    <br />
    <span class="badge ${tone}">${said}</span>
  `;
}

const nameOf = ({ school, row }: OutsideLetter): string => `${school}-${row}`;

function whoToWhom({ texts }: Visit, { writer, recipient }: OutsideLetter): Html {
  const words = texts.restored;
  return html`
    <span>
      <b>${writer ?? words.gone}</b>
      <span class="to">
        <span class="soft">${words.to}${'\u00a0'}</span>
        ${recipient}
      </span>
    </span>
  `;
}

/** Where, since when, how much: as much as an agent may know. */
function factsOf({ texts, viewer, clock }: Visit, one: OutsideLetter): Html {
  const words = texts.restored;
  const facts = [
    words.since(longDate(clock, one.since)),
    fileSize(viewer.language, one.sizeBytes),
    ...(one.attempts === 0 ? [] : [words.tried(one.attempts)]),
  ];
  return html`
    ${one.schoolName === '' ? words.town : one.schoolName}
    <br />
    ${facts.join(', ')}
  `;
}

interface Acts {
  /** A letter's name, or what is known of all that are meant. */
  readonly which: string;
  readonly suggested: 'release' | 'drop' | null;
  /** Of how many letters; null for one, which `recipient` names. */
  readonly count?: number;
  readonly recipient?: string;
}

function actsOn(visit: Visit, { which, suggested, count, recipient }: Acts): Html {
  const words = visit.texts.restored;
  const size = count === undefined ? 'mini' : '';
  const named =
    recipient === undefined
      ? NOTHING
      : html`
          <span class="vh">${' '}${words.about(recipient)}</span>
        `;
  const look = (act: 'release' | 'drop'): string => (act === suggested ? 'main' : size);
  return html`
    <form class="${count === undefined ? '' : 'row '}acts" method="post" action="/restored/release">
      ${token(visit)}
      <input type="hidden" name="which" value="${which}" />
      <button class="btn ${look('release')}">
        ${icon(visit, 'send')}${count === undefined ? words.release : words.releaseAll(count)}${named}
      </button>
      <button class="btn ${look('drop')}" formaction="/restored/drop">
        ${icon(visit, 'close')}${count === undefined ? words.drop : words.dropAll(count)}${named}
      </button>
    </form>
  `;
}

/** What was dropped, folded away; each can be made to wait again. */
export function droppedLetters(visit: Visit, letters: readonly OutsideLetter[]): Html {
  if (letters.length === 0) return NOTHING;
  const words = visit.texts.restored;
  return html`
    <details class="sheet back-list">
      <summary>${words.dropped(letters.length)}</summary>
      <ul>
        ${letters.map(
          (one) => html`
            <li class="found">
              ${whoToWhom(visit, one)}
              <span class="small soft">${factsOf(visit, one)}</span>
              <form class="acts" method="post" action="/restored/undo">
                ${token(visit)}
                <input type="hidden" name="which" value="${nameOf(one)}" />
                <button class="btn mini">
                  ${icon(visit, 'undo')}${words.putBack}
                  <span class="vh">${' '}${words.about(one.recipient)}</span>
                </button>
              </form>
            </li>
          `,
        )}
      </ul>
    </details>
  `;
}
