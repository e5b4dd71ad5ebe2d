import type { Config } from '../../../core/ground/config.ts';
import type { Language } from '../../../core/ground/ids.ts';
import { NO_CONTACTS } from '../../../core/store/town/contract.ts';
import type { Retention } from '../../../core/town/readiness/contract.ts';
import type { TownSettings } from '../../../core/town/town/contract.ts';
import { AUDIT, CONFORMITY, STATED_ON, TESTED } from '../../accessibility.ts';
import { doorDocument } from '../../frame/frame.ts';
import { LEGAL_PATHS } from '../../frame/legal-foot.ts';
import { icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { wholeCalendarDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { DEVICE_SECONDS } from '../../http/guard.ts';
import { CRITERIA, criteriaThat, CRITERION_NUMBERS, type RgaaCriterion } from '../../rgaa.ts';
import type { LegalSubject, LegalSection } from '../../texts/legal.ts';
import { TEXTS } from '../../texts/texts.ts';

type LegalPage = keyof typeof LEGAL_PATHS;

interface LegalDoor {
  readonly language: Language;
  readonly asset: Visit['asset'];
  readonly config: Pick<Config, 'domain'>;
  readonly retention: Retention;
  /** Null where nobody has set the town up yet. */
  readonly town: TownSettings | null;
}

const DAY_SECONDS = 86_400;

/** What the pages are filled with; without settings, with the little that is known. */
function subjectOf({ language, config, retention, town }: LegalDoor): LegalSubject {
  return {
    domain: config.domain,
    contacts: town?.contacts ?? NO_CONTACTS,
    retention,
    deviceDays: DEVICE_SECONDS / DAY_SECONDS,
    conformity: CONFORMITY,
    audit: {
      met: AUDIT.conforming,
      applicable: AUDIT.applicable,
      none: criteriaThat('none').length,
      notMet: criteriaThat('not-met'),
    },
    tested: TESTED.map(({ id }) => id),
    statedOn: wholeCalendarDay(language, STATED_ON),
  };
}

/** GET /legal, /privacy, /accessibility: for everybody. */
export function legalPage(door: LegalDoor, which: LegalPage): Html {
  const texts = TEXTS[door.language];
  const { title, sections } = texts.legal[which];
  return doorDocument(door, {
    title,
    styles: ['legal.css'],
    body: html`
      <header class="top">
        <a class="brand" href="/mail/inbox">${icon(door, 'preau')}${texts.brand}</a>
        <div class="me">${otherLanguage(door, which)}</div>
      </header>
      <main id="main" class="body narrow">
        <article class="sheet pad stack legal-text">
          <h1>${title}</h1>
          ${sections(subjectOf(door)).map(section)}
          ${which === 'accessibility' ? criteria(door) : NOTHING}
          <p class="screen-only"><a class="btn" href="/mail/inbox">${texts.legal.back}</a></p>
        </article>
      </main>
    `,
  });
}

function section({ title, text, points = [], links = [] }: LegalSection): Html {
  const list = html`
    <ul>
      ${points.map(
        (point) => html`
          <li>${point}</li>
        `,
      )}
    </ul>
  `;
  return html`
    <section>
      <h2>${title}</h2>
      ${text.map(
        (one) => html`
          <p>${one}</p>
        `,
      )}
      ${points.length === 0 ? NOTHING : list}
      ${links.map(
        ({ href, words }) => html`
          <p><a class="link low" href="${href}" rel="noreferrer">${words}</a></p>
        `,
      )}
    </section>
  `;
}

/** What came of each criterion, with the way to its own words. */
function criteria(door: LegalDoor): Html {
  const words = TEXTS[door.language].legal.audit;
  const { heads } = words;
  return html`
    <section class="criteria">
      <h2>${words.title}</h2>
      <details>
        <summary>${words.fold}</summary>
        <div class="scroll" tabindex="0">
          <table>
            <caption class="vh">${words.caption}</caption>
            <thead>
              <tr>
                <th scope="col">${heads.criterion}</th>
                <th scope="col">${heads.result}</th>
                <th scope="col">${heads.found}</th>
                <th scope="col">${heads.shownBy}</th>
              </tr>
            </thead>
            <tbody>${CRITERION_NUMBERS.map((one) => criterion(door, one))}</tbody>
          </table>
        </div>
      </details>
    </section>
  `;
}

function criterion(door: LegalDoor, one: RgaaCriterion): Html {
  const words = TEXTS[door.language].legal.audit;
  const { result, shownBy } = CRITERIA[one];
  return html`
    <tr>
      <th scope="row"><a href="${CRITERIA_AT}${one}" rel="noreferrer">${one}</a></th>
      <td>
        <span class="${LOOKS[result]}">${words.results[result]}</span>
      </td>
      <td>${words.found[one]}</td>
      <td class="small soft">${shownBy ?? ''}</td>
    </tr>
  `;
}

const CRITERIA_AT = 'https://accessibilite.numerique.gouv.fr/methode/criteres-et-tests/#';
const LOOKS = { met: 'tone ok', 'not-met': 'tone stop', none: 'soft' } as const;

function otherLanguage({ language }: LegalDoor, which: LegalPage): Html {
  const other = language === 'fr' ? 'en' : 'fr';
  return html`
    <a
      class="btn mini"
      href="${LEGAL_PATHS[which]}?language=${other}"
      lang="${other}"
      hreflang="${other}"
    >
      ${TEXTS[language].otherLanguage}
    </a>
  `;
}
