import type { OwnReport, WithReports } from '../../../core/mail/reports/contract.ts';
import type { Face } from '../../../core/rules/viewer.ts';
import { littlePage } from '../../components/little-page.ts';
import {
  picture,
  stamp,
  who,
  type Picture,
  type LittleSentence,
} from '../../frame/little-parts.ts';
import { token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { type Answer } from '../../http/answer.ts';
import { readLine } from './help-line.ts';

/**
 * GET /helped of a little one: the letter has gone to a grown-up, whose face is on it. For some
 * seconds it can come back; one tap calls them at once. Numbers to call are for who reads.
 */
export async function littleHelped(visit: Visit<WithReports<'own'>>): Promise<Answer> {
  const [own] = await visit.core.reports.own(visit.viewer);
  if (own === undefined) return { kind: 'go', to: '/mail/inbox' };
  const words = visit.texts.little;
  return littlePage(visit, {
    title: own.done === null ? words.helped : words.done,
    at: 'inside',
    says: saysOf(own),
    main: html`
      <main id="main" class="body gone-page">
        <div class="hello"><h1>${own.done === null ? words.helped : words.done}</h1></div>
        ${own.done === null ? underway(visit, own) : over(visit, own, own.done.by)}
      </main>
    `,
  });
}

function saysOf({ done, called }: OwnReport): LittleSentence {
  if (done !== null) return 'done';
  return called ? 'called' : 'helped';
}

function underway(visit: Visit, own: OwnReport): Html {
  const words = visit.texts.little;
  const helper = own.takenBy ?? own.readBy[0] ?? own.asked[0];
  const back = press(visit, {
    action: `/helped/${own.id}/undo`,
    picture: 'retour',
    words: words.tookBack,
    look: 'disc',
  });
  const call = press(visit, {
    action: `/helped/${own.id}/now`,
    picture: 'aide',
    words: words.now,
    look: 'say c4',
  });
  return html`
    <span class="envelope">
      <svg viewBox="0 0 160 110" aria-hidden="true">
        <use href="${visit.asset('pictures.svg')}#lettre" />
      </svg>
      ${helper === undefined ? NOTHING : stamp(visit, helper)}
      <svg class="inside" viewBox="0 0 96 96" aria-hidden="true">
        <use href="${visit.asset('pictures.svg')}#triste" />
      </svg>
    </span>
    ${readLine(visit, own.readBy[0], words.readToHelp)}
    <div class="again">
      ${own.undoSeconds > 0 ? back : NOTHING} ${own.called ? coming(visit, helper) : call}
    </div>
  `;
}

/** They have been called: their face, and that it was heard. */
function coming(visit: Visit, helper: Face | undefined): Html {
  return html`
    <p class="coming">
      ${picture(visit, 'bon')} ${helper === undefined ? NOTHING : who(visit, helper)}
      <span class="w">${visit.texts.little.called}</span>
    </p>
  `;
}

function over(visit: Visit, own: OwnReport, by: Face | null): Html {
  return html`
    <p class="coming">${picture(visit, 'bon')} ${by === null ? NOTHING : who(visit, by)}</p>
    <div class="again">
      ${press(visit, {
        action: `/helped/${own.id}/seen`,
        picture: 'maison',
        words: visit.texts.little.seen,
        look: 'go',
      })}
    </div>
  `;
}

interface PressedAct {
  readonly action: string;
  readonly picture: Picture;
  readonly words: string;
  readonly look: string;
}

/** A button that does one thing, at one press. */
function press(visit: Visit, act: PressedAct): Html {
  const said = act.look === 'disc' ? 'vh' : 'w';
  return html`
    <form method="post" action="${act.action}">
      ${token(visit)}
      <button class="${act.look}">
        ${picture(visit, act.picture)}
        <span class="${said}">${act.words}</span>
      </button>
    </form>
  `;
}
