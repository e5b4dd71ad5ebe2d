import type { CodeSheet } from '../../core/entry/codes/contract.ts';
import type { WithConfig } from '../../core/ground/config.ts';
import { icon } from '../frame/parts.ts';
import { doneBanner } from '../frame/said.ts';
import type { Visit } from '../frame/visit.ts';
import { html, NOTHING, type Html } from '../html.ts';
import type { Answer } from '../http/answer.ts';
import { groupName } from '../sheets/group-name.ts';
import { drawn } from './code-sheet.ts';

/** One adult's new code, as it is shown on a page and never again; nothing for another sheet. */
export function freshCode(
  visit: Visit,
  sheet: CodeSheet,
  back: { readonly to: string; readonly words: string },
): Html {
  const words = visit.texts.people;
  const [card] = sheet.cards;
  if (card === undefined || card.code.kind !== 'activation') return NOTHING;
  return html`
    <h1>${words.fresh(card.displayName)}</h1>
    ${doneBanner(visit, words.freshOnce)}
    <div class="sheet pad stack">
      <p>${card.address}</p>
      <p class="code-text">${card.code.text}</p>
    </div>
    <p><a class="btn main" href="${back.to}">${icon(visit, 'back')}${back.words}</a></p>
  `;
}

/** One adult's new code on a sheet of paper. */
export async function codePdf(visit: Visit<WithConfig>, sheet: CodeSheet): Promise<Answer> {
  return {
    kind: 'download',
    file: {
      name: `${visit.texts.codes.paper.fileName(groupName(sheet, visit.texts))}.pdf`,
      mediaType: 'application/pdf',
      bytes: await drawn(visit, sheet),
    },
  };
}
