import { randomUUID } from 'node:crypto';
import { newLetterId } from '../../../core/ground/ids.ts';
import { token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import type { Towards } from './towards.ts';

/** What a page says in its form where something is made: for whom, and as which letter. */
export function madeFields(visit: Visit, { to, answerTo, draft }: Towards): Html {
  const field = (name: string, value: string | number) => html`
    <input type="hidden" name="${name}" value="${value}" />
  `;
  return html`
    ${token(visit)} ${field('who', to.address)}
    ${answerTo === null ? NOTHING : field('uid', answerTo.uid)}
    ${field('letter', draft?.letter ?? newLetterId())} ${field('window', randomUUID())}
    ${field('turn', 0)}
  `;
}
