import type { ReportLine } from '../../../core/mail/reports/contract.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, type Html } from '../../html.ts';

/** How a report stands: an icon and words, never a colour alone. */
export function stateOf(visit: Visit, one: ReportLine, closed: string | null): Html {
  const { state } = visit.texts.reports;
  if (closed !== null) return tone(visit, { tone: 'ok', name: 'check', words: closed });
  if (one.takenBy !== null)
    return tone(visit, { tone: 'ok', name: 'person', words: state.taken(one.takenBy) });
  if (one.called) return tone(visit, { tone: 'stop', name: 'help', words: state.called });
  return one.wentUp
    ? tone(visit, { tone: 'stop', name: 'warning', words: state.up })
    : tone(visit, { tone: 'wait', name: 'hold', words: state.fresh });
}

interface ToneLine {
  readonly tone: 'ok' | 'wait' | 'stop';
  readonly name: string;
  readonly words: string;
}

function tone(visit: Visit, said: ToneLine): Html {
  return html`
    <p class="tone ${said.tone} small">${icon(visit, said.name)}${' '}${said.words}</p>
  `;
}
