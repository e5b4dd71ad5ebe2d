import type { WithConfig } from '../../../core/ground/config.ts';
import type { PublishedRecord, WithReadiness } from '../../../core/town/readiness/contract.ts';
import type { WithSetup } from '../../../core/town/town/contract.ts';
import type { FramePart } from '../../frame/frame.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { hour, wholeDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { drawLines } from '../../sheets/draw-sheet.ts';
import { sheetFileName } from '../../sheets/file-name.ts';
import { onward, progressOf, stepPage } from './setup-parts.ts';

type SetupDomainPart = FramePart &
  WithConfig &
  WithReadiness<'publishedRecords'> &
  WithSetup<'progress'>;

type RecordState = PublishedRecord['state'];
const TONES = { published: 'ok', missing: 'wait', other: 'stop', silent: 'wait' } as const;
const ICONS = { published: 'check', missing: 'hold', other: 'warning', silent: 'help' } as const;

/** GET /setup/domain: what the zone must hold, and what the world sees of it now. */
export async function setupDomain(visit: Visit<SetupDomainPart>): Promise<Answer> {
  const progress = await visit.core.setup.progress(visit.viewer);
  if (progress === null) return MISSING;
  const records = await visit.core.readiness.publishedRecords();
  const silent = records.every(({ state }) => state === 'silent');
  const waiting = records.filter(({ state }) => state !== 'published').length;
  const words = visit.texts.setup.domain;
  const sheet = html`
    <p class="soft">
      ${words.sheetHint}${' '}
      <a href="/setup/domain/records.pdf">${words.sheet}</a>
    </p>
  `;
  return stepPage(visit, {
    step: 'domain',
    states: progressOf(progress),
    title: silent ? words.titleSilent : words.title(waiting),
    content: html`
      ${domainSheet(visit, records, waiting)}${sheet}
    `,
  });
}

function domainSheet(
  visit: Visit<WithConfig>,
  records: readonly PublishedRecord[],
  waiting: number,
): Html {
  const words = visit.texts.setup.domain;
  return html`
    <section class="sheet pad stack" aria-labelledby="dm">
      <div class="split">
        <h2 id="dm">${words.heading}</h2>
        <a class="btn" href="/setup/domain">${icon(visit, 'search')}${words.again}</a>
      </div>
      <p>
        ${words.ends}${' '}
        <b>@${visit.core.config.domain}</b>
        ${'. '}${words.fixed}
      </p>
      <p>
        ${waiting === 0 ? words.allThere : words.lead}${' '}
        <span class="soft">${words.checked(hour(visit.clock, visit.now))}</span>
      </p>
      <p class="small soft">${words.dot}</p>
      <ul class="dns">
        ${records.map((one) => recordLine(visit, one))}
      </ul>
      ${onward(visit, 'domain', { words: waiting === 0 ? null : words.goOn, look: 'main' })}
    </section>
  `;
}

function recordLine(visit: Visit, { type, name, value, state, found }: PublishedRecord): Html {
  const words = visit.texts.setup.domain;
  return html`
    <li class="${TONES[state]}">
      ${icon(visit, ICONS[state])}
      <b>
        ${type}
        <span class="vh">${words.states[state]}</span>
      </b>
      ${copied(visit, name, words.nameOf(name))}
      ${copied(visit, unquoted(value), words.valueOf(name))}
      ${state === 'published' ? NOTHING : foundLine(visit, state, found)}
    </li>
  `;
}

function foundLine(visit: Visit, state: RecordState, found: readonly string[]): Html {
  const words = visit.texts.setup.domain;
  return html`
    <p class="found tone small">
      ${words.states[state]}${found.length === 0 ? '.' : `${visit.texts.colon}${found.join(' ; ')}`}
    </p>
  `;
}

/** Forms of hosts put a text's quotation marks themselves (RFC 1035 §5.1). */
const unquoted = (value: string): string => value.replaceAll('" "', '').replace(/^"(.*)"$/, '$1');

/** A text with a button that copies it, where the browser can. */
function copied(visit: Visit, text: string, what: string): Html {
  const words = visit.texts.setup.domain;
  return html`
    <div class="copied">
      <code class="mono">${text}</code>
      <button class="btn mini" type="button" hidden data-copied="${words.copied}">
        <span aria-live="polite">${words.copy}</span>
        <span class="vh">${what}</span>
      </button>
    </div>
  `;
}

/** GET /setup/domain/records.pdf: for whoever runs the names of the town. */
export async function domainPdf(visit: Visit<SetupDomainPart>): Promise<Answer> {
  const { core, viewer, texts } = visit;
  if ((await core.setup.progress(viewer)) === null) return MISSING;
  const words = texts.setup.domain;
  const { domain } = core.config;
  const records = await core.readiness.publishedRecords();
  const bytes = await drawLines({
    language: viewer.language,
    title: words.pdfTitle(domain),
    lead: [words.pdfLead(viewer.schoolName), words.pdfDot],
    lines: records.map(({ type, name, value, says }) => ({
      label: type,
      texts: [name, unquoted(value)],
      note: inLanguage(says, viewer.language),
    })),
    size: 9.5,
    foot: words.pdfFoot(wholeDay(visit.clock, visit.now)),
  });
  const name = `${sheetFileName(words.fileName(domain))}.pdf`;
  return { kind: 'download', file: { name, mediaType: 'application/pdf', bytes } };
}

/** « pourquoi / why »: the half of whoever reads. */
function inLanguage(says: string, language: 'fr' | 'en'): string {
  const [french = '', english = french] = says.split(' / ');
  return language === 'fr' ? french : english;
}
