import type { HandedIn } from '../../../core/mail/writing/contract.ts';
import { explain, type ReasonName } from '../../../core/rules/reasons.ts';
import { littlePage } from '../../components/little-page.ts';
import { art, picture, sentenceEar, stepLink } from '../../frame/little-parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';

/** A letter that did not go: nothing is lost, and it can be tried again. 422. */
export function unsentPage(
  visit: Visit,
  { say, back }: { readonly say: string; readonly back: string },
): Answer {
  const words = visit.texts.littleWrite;
  const shown = littlePage(visit, {
    title: words.unsent.title,
    at: 'inside',
    says: 'unsent',
    styles: ['answers.css'],
    main: html`
      <main id="main" class="body gone-page">
        <div class="hello"><h1>${words.unsent.title}</h1></div>
        <span class="envelope">${art(visit, 'lettre')}</span>
        ${whyLine(visit, say)}
        <div class="again">
          ${stepLink(visit, { path: back, picture: 'retour', words: words.back })}
        </div>
      </main>
    `,
  });
  return shown.kind === 'page' ? { ...shown, status: 422 } : shown;
}

/** Why it stays, and whom to ask: read out for who doesn't read. */
export const whyLine = (visit: Visit, say: string): Html => html`
  <p class="coming" role="alert">
    ${picture(visit, 'aide')}
    <span class="why">${say}</span>
    ${sentenceEar(visit, say)}
  </p>
`;

/** What became of a letter that stays. */
type Stays = Exclude<HandedIn, { readonly kind: 'leaves' | 'accepted' | 'held' }>;

/** Why a letter stays, for who reads it to the child. */
export function whyItStays({ audience, clock }: Visit, outcome: Stays): string {
  const [refusal] = outcome.kind === 'denied' ? outcome.refusals : [];
  const rule = refusal?.rule ?? reasonOf(outcome);
  const why = explain(rule, refusal?.words ?? {}, { ...clock, audience });
  return `${why.sentence} ${why.next}`;
}

function reasonOf({ kind }: Stays): ReasonName {
  switch (kind) {
    case 'denied':
      return 'fault';
    case 'too-many-scheduled':
      return 'too-many-messages';
    default:
      return kind;
  }
}
