import type { Reachable, WithWritings, Writing } from '../../../core/mail/writing/contract.ts';
import { inWords } from '../../frame/called.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import type { WritingPage } from './writing-page.ts';

/** The button that adds the families of the children who are chosen. */
const FAMILIES = 'families';

/** « Leurs familles », where children are chosen; a script shows it once the first one is. */
export function familiesButton(visit: Visit, { recipients }: WritingPage): Html {
  if (visit.viewer.role === 'guardian') return NOTHING;
  const { texts } = visit;
  return html`
    <button
      name="act"
      value="${FAMILIES}"
      data-families
      ${attributes({ hidden: recipients.every(({ kind }) => kind !== 'child') })}
    >
      ${icon(visit, 'plus')}${texts.write.theirFamilies}
    </button>
    <span
      class="soft small"
      role="status"
      data-families-said
      data-none="${texts.write.noFamilies}"
    ></span>
  `;
}

/** The families of these children, by name, as this reader may write to them. */
export async function familiesOf(
  visit: Visit<WithWritings<'familiesOf'>>,
  children: readonly string[],
): Promise<readonly Reachable[]> {
  return inWords(visit, await visit.core.writings.familiesOf(visit.viewer, children));
}

/** What is written once a button was pressed: « Leurs familles » adds recipients. */
export async function withFamilies(
  visit: Visit<WithWritings<'familiesOf'>>,
  writing: Writing,
  act: string,
): Promise<Writing> {
  if (act !== FAMILIES || visit.audience === 'child') return writing;
  const families = await visit.core.writings.familiesOf(visit.viewer, writing.to);
  const to = [...new Set([...writing.to, ...families.map(({ address }) => address)])];
  return { ...writing, to };
}
