import type { OwnReport } from '../../../core/mail/reports/contract.ts';
import type { Face } from '../../../core/rules/viewer.ts';
import { art, littleFace, picture } from '../../frame/little-parts.ts';
import { calledOf } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';

/**
 * What adults read of a child's mail the child is told: an open letter, the face of who read it,
 * and a sentence that is heard when it is touched.
 */
export function readLine(visit: Visit, by: Face | undefined, said: (name: string) => string): Html {
  if (by === undefined) return NOTHING;
  const sentence = said(calledOf(by));
  return html`
    <p class="help-line says-name" data-name="${sentence}" lang="${visit.viewer.language}">
      ${art(visit, 'd-mots')} ${littleFace(visit, by)}
      <span class="w">${sentence}</span>
    </p>
  `;
}

/**
 * At home, while an adult looks after a letter: the tear and who helps, or that it is over. It
 * leads to the page that says more.
 */
export function helpLine(visit: Visit, own: readonly OwnReport[]): Html {
  const news = own.find(({ done }) => done !== null) ?? own[0];
  if (news === undefined) return NOTHING;
  const helper = news.done?.by ?? news.takenBy ?? news.asked[0];
  const words = visit.texts.little;
  return html`
    <a class="help-line" href="/helped">
      ${picture(visit, news.done === null ? 'triste' : 'bon')}
      ${helper === undefined ? NOTHING : littleFace(visit, helper)}
      <span class="w">${news.done === null ? words.helped : words.done}</span>
      <span class="vh">${helper === undefined ? '' : calledOf(helper)}</span>
    </a>
  `;
}
