import type {
  DecidedLetter,
  WithModeration,
} from '../../../core/mail/delivery/holding/contract.ts';
import { isGrownUp } from '../../components/held-tabs.ts';
import { surroundingsOf, type FramePart } from '../../frame/frame.ts';
import { calledOf, faceOf, icon, namedIcon, namesOf } from '../../frame/parts.ts';
import { subjectOf } from '../../frame/subject.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { classLabel, schoolLine, traceLine } from './held-letter.ts';
import { missedWords } from './held-outcome.ts';
import { heldPage } from './held-page.ts';

/** Names of those it was written to that are written out. */
const NAMED = 4;

/** GET /held/decided: what was decided, by whom, and what came of it; the latest first. */
export async function heldPast(visit: Visit<FramePart & WithModeration>): Promise<Answer> {
  if (!isGrownUp(visit)) return MISSING;
  const [surroundings, past] = await Promise.all([
    surroundingsOf(visit),
    visit.core.moderation.history(visit.viewer),
  ]);
  return heldPage(visit, surroundings, {
    here: 'past',
    words: visit.texts.held.history,
    letters: past.map((one) => pastLetter(visit, one)),
  });
}

const TONES = {
  pending: { tone: 'wait', icon: 'hold' },
  released: { tone: 'ok', icon: 'check' },
  'given-back': { tone: 'wait', icon: 'undo' },
  'not-delivered': { tone: 'wait', icon: 'close' },
  withdrawn: { tone: 'wait', icon: 'undo' },
  refused: { tone: 'stop', icon: 'close' },
} as const;

function pastLetter(visit: Visit, one: DecidedLetter): Html {
  const { texts } = visit;
  const { history: words } = texts.held;
  const kind = outcomeOf(one);
  const { tone, icon: name } = TONES[kind];
  const missed = missedWords(visit, one.came);
  return html`
    <li>
      ${faceOf(visit, one.from)}
      <div class="grow">
        <p class="split">
          <b>
            ${calledOf(one.from)}${' '}${namedIcon(visit, 'arrow', texts.held.writesTo)}
            ${' '}${namesOf(visit, one.to, NAMED)}
          </b>
          <span class="badge ${tone}">${icon(visit, name)}${words.kind[kind]}</span>
        </p>
        <p>${subjectOf(visit, one)}</p>
        ${schoolLine(visit, one)}
        <p class="soft small">${classLabel(one)} ${byWhom(visit, one)}</p>
        ${traceLine(visit, one)}
        ${
          one.note === ''
            ? NOTHING
            : html`
                <p class="small">${words.word}</p>
                <blockquote class="small">${one.note}</blockquote>
              `
        }
        ${
          missed.length === 0
            ? NOTHING
            : html`
                <p class="tone wait small">
                  ${icon(visit, 'info')}
                  <span>${missed.join(' ')}</span>
                </p>
              `
        }
      </div>
    </li>
  `;
}

/** Let go, and nobody could have it: it did not leave. */
function outcomeOf({ kind, came, from }: DecidedLetter): keyof typeof TONES {
  if (kind === 'given-back' && from.kind === 'outside') return 'not-delivered';
  const isNobodys = came.sent + came.left + came.waiting.length === 0 && came.refused.length > 0;
  return kind === 'released' && isNobodys ? 'refused' : kind;
}

function byWhom({ texts, clock }: Visit, { kind, by, at }: DecidedLetter): string {
  const { history: words } = texts.held;
  const when = longDate(clock, at);
  if (kind === 'withdrawn') return words.byWriter(when);
  return by === null ? when : words.by(calledOf(by), when);
}
