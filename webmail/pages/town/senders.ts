import type { ReportedSource } from '../../../core/store/town/contract.ts';
import type { ReportedSources, ReportedTls, WithTown } from '../../../core/town/town/contract.ts';
import { narrowPage } from '../../components/narrow-page.ts';
import type { FramePart } from '../../frame/frame.ts';
import { backLink } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';

type SendersPart = FramePart & WithTown;

/**
 * GET /agents/senders: which machines write in the town's name, as receivers report it, and how
 * mail arrives, as senders do.
 */
export async function senders(visit: Visit<SendersPart>): Promise<Answer> {
  const { town } = visit.core;
  const found = await town.reportedSources(visit.viewer);
  const tls = await town.reportedTls(visit.viewer);
  if (found === null || tls === null) return MISSING;
  const words = visit.texts.senders;
  const isEmpty = found.sources.length === 0;
  return narrowPage(visit, {
    title: words.title,
    section: 'school',
    styles: ['setup.css'],
    content: html`
      ${backLink(visit, '/agents', visit.texts.agents.title)}
      <div>
        <h1>${headingOf(visit, found)}</h1>
        <p class="soft">${words.lead(found.days)}</p>
      </div>
      ${
        isEmpty
          ? html`
              <p class="sheet pad">${words.how}</p>
            `
          : listOf(visit, found)
      }
      ${tlsOf(visit, tls)}
    `,
  });
}

const unprovedOf = ({ messages, proved }: ReportedSource): number => messages - proved;

function headingOf({ texts }: Visit, { sources }: ReportedSources): string {
  const { heading, letters } = texts.senders;
  if (sources.length === 0) return heading.none;
  const unproved = sources.reduce((sum, source) => sum + unprovedOf(source), 0);
  return unproved === 0 ? heading.clean : heading.unproved(letters(unproved));
}

function listOf(visit: Visit, { sources }: ReportedSources): Html {
  const isClean = sources.every((source) => unprovedOf(source) === 0);
  return html`
    ${
      isClean
        ? NOTHING
        : html`
            <p>${visit.texts.senders.whatToDo}</p>
          `
    }
    <ul class="sheet lines pad">
      ${sources.map((source) => sourceLine(visit, source))}
    </ul>
  `;
}

function sourceLine(visit: Visit, source: ReportedSource): Html {
  const words = visit.texts.senders;
  const unproved = unprovedOf(source);
  const last = wholeDay(visit.clock, source.lastAt);
  const badge =
    unproved === 0
      ? html`
          <span class="badge ok">${words.proved}</span>
        `
      : html`
          <span class="badge stop">${words.unproved(words.letters(unproved))}</span>
        `;
  return html`
    <li class="line row">
      <span class="grow">
        <b>${source.ip}</b>
        ${' '}
        <span class="soft">${source.fromDomain}</span>
        <br />
        <span class="small soft">
          ${words.line(words.letters(source.messages), source.reporters, last)}${' '}
          ${source.stopped === 0 ? NOTHING : words.stopped(words.letters(source.stopped))}
        </span>
      </span>
      ${badge}
    </li>
  `;
}

const machine = (mx: string): Html => html`
  <b>${mx}</b>
  <br />
`;

/** How the world's servers came to ours; what failed with what to do. */
function tlsOf({ texts, clock }: Visit, { days, well, failures }: ReportedTls): Html {
  const words = texts.senders.tls;
  const said: Readonly<Record<string, string>> = words.results;
  if (well === 0 && failures.length === 0)
    return html`
      <h2>${words.none}</h2>
    `;
  const failed = failures.reduce((sum, { sessions }) => sum + sessions, 0);
  const lines = failures.map(
    ({ result, mx, sessions, reporters, lastAt }) => html`
      <li class="line">
        <span class="grow">
          ${mx === null ? NOTHING : machine(mx)}
          ${Object.hasOwn(said, result) ? said[result] : words.other(result)}
          <br />
          <span class="small soft">
            ${words.line(sessions, reporters, wholeDay(clock, lastAt))}
          </span>
        </span>
      </li>
    `,
  );
  return html`
    <div>
      <h2>${failed === 0 ? words.clean : words.failed(failed)}</h2>
      <p class="soft">${words.lead(well, days)}</p>
    </div>
    ${
      lines.length === 0
        ? NOTHING
        : html`
            <ul class="sheet lines pad">
              ${lines}
            </ul>
          `
    }
  `;
}
