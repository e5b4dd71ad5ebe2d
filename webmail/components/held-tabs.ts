import type { Visit } from '../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';

/** Whether somebody ever decides about other people's mail. */
export const moderates = ({ viewer }: Visit): boolean =>
  viewer.role === 'teacher' || viewer.heads || viewer.role === 'agent';

/** Children decide about nobody's mail, and see theirs among what they sent. */
export const isGrownUp = ({ audience }: Visit): boolean => audience !== 'child';

interface HeldTabsShown {
  readonly here: 'to-decide' | 'reports' | 'past' | 'refused';
  readonly waiting: number;
  readonly reports: number;
}

/** What waits for a word, letters that children have reported, what was decided or refused. */
export function heldTabs(visit: Visit, { here, waiting, reports }: HeldTabsShown): Html {
  const { texts, viewer } = visit;
  // Strangers write to no family, and nobody's mail is theirs to decide but their own.
  if (viewer.role === 'guardian') return NOTHING;
  const tab = (which: typeof here, path: string, words: string): Html => html`
    <a href="${path}" ${attributes({ 'aria-current': which === here ? 'page' : null })}>${words}</a>
  `;
  return html`
    <nav class="tabs" aria-label="${texts.held.tabs}">
      ${tab('to-decide', '/held', texts.held.toDecide(waiting))}
      ${moderates(visit) ? tab('reports', '/reports', texts.reports.tab(reports)) : NOTHING}
      ${tab('past', '/held/decided', texts.held.past)}
      ${tab('refused', '/held/refused', texts.held.refused.tab)}
    </nav>
  `;
}
