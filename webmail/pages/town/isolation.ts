import { DOORS, type Door } from '../../../core/ground/doors.ts';
import { actsForTown } from '../../../core/rules/viewer.ts';
import {
  stateOf,
  summed,
  type IsolationProof,
  type WithIsolation,
} from '../../../core/town/isolation/contract.ts';
import { surroundingsOf, framed, type FramePart } from '../../frame/frame.ts';
import { backLink, icon } from '../../frame/parts.ts';
import { alertBanner, doneBanner } from '../../frame/said.ts';
import type { Visit } from '../../frame/visit.ts';
import { capital, longDate, wholeDay } from '../../frame/when.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import { field, type Form } from '../../http/forms.ts';
import { schoolIdOf } from '../../ids.ts';
import { csvOf } from '../../sheets/csv.ts';
import { closedSheet } from './closed-ways.ts';

/** So many differences are named; the command names them all. */
const MOST_NAMED = 20;

type IsolationPart = FramePart & WithIsolation;

/** GET /agents/isolation: whether anybody reached a child who may not, in the nights' proofs. */
export async function isolation(visit: Visit<IsolationPart>, said: unknown): Promise<Answer> {
  const { core, viewer } = visit;
  const [nights, ways] = await Promise.all([
    core.isolation.nights(viewer),
    core.isolation.ways(viewer),
  ]);
  if (nights === null || ways === null) return MISSING;
  const words = visit.texts.isolation;
  const [last] = nights;
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        ${backLink(visit, '/agents', visit.texts.agents.title)} ${saidOf(visit, said)}
        ${last === undefined ? unproved(visit) : verdictSheet(visit, last)}
        ${closedSheet(visit, ways)} ${last === undefined ? NOTHING : differences(visit, last)}
        ${nights.length === 0 ? NOTHING : nightsSheet(visit, nights)}
        <section class="sheet pad">
          <h2>${words.how}</h2>
          <p>${words.howAbout}</p>
        </section>
        <section class="sheet pad">
          <h2>${words.not}</h2>
          <p>${words.notAbout}</p>
        </section>
        ${nights.length === 0 ? NOTHING : takeAlong(visit)}
      </div>
    </main>
  `;
  const body = framed(visit, await surroundingsOf(visit), {
    title: words.title,
    section: 'school',
    shelf: null,
    styles: ['setup.css', 'home.css'],
    main,
  });
  return { kind: 'page', status: 200, body };
}

/** POST /agents/isolation/open: an agent says why a way is to be opened again. */
export async function askToOpen(visit: Visit<IsolationPart>, form: Form): Promise<Answer> {
  if (!actsForTown(visit.viewer)) return MISSING;
  const door = DOORS.find((one) => one === field(form, 'door'));
  const school = schoolIdOf(field(form, 'school'));
  if (door === undefined || school === null) return { kind: 'wrong' };
  const said = await visit.core.isolation.askToOpen(visit.viewer, {
    school,
    door,
    reason: field(form, 'reason'),
  });
  if (said === null) return MISSING;
  return { kind: 'go', to: `/agents/isolation?said=${said}` };
}

/** GET /agents/isolation/proofs.csv: a line a night and door, for whoever counts. */
export async function proofsCsv(visit: Visit<WithIsolation>): Promise<Answer> {
  const nights = await visit.core.isolation.nights(visit.viewer);
  if (nights === null) return MISSING;
  const words = visit.texts.isolation;
  const rows = nights.flatMap(({ begunAt, seconds, pupils, doors }) =>
    DOORS.map((door) => {
      const { tries, passes, lacks } = doors[door];
      const counts = [seconds, pupils, tries, passes, lacks].map(String);
      return [begunAt.toISOString(), words.doors[door], ...counts];
    }),
  );
  const bytes = csvOf([words.csv, ...rows]);
  const file = { name: words.csvName, mediaType: 'text/csv; charset=utf-8', bytes };
  return { kind: 'download', file };
}

function saidOf(visit: Visit, said: unknown): Html {
  const words = visit.texts.isolation.closed;
  if (said === 'asked') return doneBanner(visit, words.doneAsking);
  if (said === 'no-reason') return alertBanner(visit, 'wait', words.noReason);
  return said === 'no-such-way' ? alertBanner(visit, 'wait', words.noSuchWay) : NOTHING;
}

/** For the council and the parents. */
function takeAlong(visit: Visit): Html {
  const words = visit.texts.isolation;
  return html`
    <p class="row">
      <button class="btn" type="button" data-print hidden>
        ${icon(visit, 'print')}${words.print}
      </button>
      <a class="btn" href="/agents/isolation/proofs.csv">
        ${icon(visit, 'download')}${words.download}
      </a>
    </p>
  `;
}

function unproved(visit: Visit): Html {
  const words = visit.texts.isolation;
  return html`
    <section class="sheet pad">
      <h1>${words.never}</h1>
      <p class="soft">${words.neverAbout}</p>
    </section>
  `;
}

const TONES = { proven: 'ok', passed: 'stop', lacking: 'wait' } as const;

/** What came through and may not, what the database lets through counted. */
const passesOf = (proof: IsolationProof): number => summed(proof, 'passes') + proof.faults.length;

/** One sentence, and the doors: how often somebody came through, of how many tries. */
function verdictSheet(visit: Visit, proof: IsolationProof): Html {
  const { texts, clock } = visit;
  const words = texts.isolation;
  return html`
    <section class="sheet" aria-labelledby="proved">
      <div class="verdict ${TONES[stateOf(proof)]}">
        <span class="lamp">${icon(visit, 'lock')}</span>
        <div class="grow">
          <h1 id="proved">${sentence(visit, proof)}</h1>
          <p class="soft num">
            ${words.about(capital(longDate(clock, proof.begunAt)), proof.seconds, proof.pupils)}
          </p>
        </div>
      </div>
      <ul class="lines pad tried">
        ${DOORS.map((door) => doorLine(visit, door, proof))}
      </ul>
    </section>
  `;
}

function sentence({ texts }: Visit, proof: IsolationProof): string {
  const words = texts.isolation;
  switch (stateOf(proof)) {
    case 'passed':
      return words.passed(passesOf(proof));
    case 'lacking':
      return words.lacking(summed(proof, 'lacks'));
    case 'proven':
      return words.clean(summed(proof, 'tries'));
  }
}

function doorLine(visit: Visit, door: Door, { doors }: IsolationProof): Html {
  const words = visit.texts.isolation;
  const { tries, passes, lacks } = doors[door];
  const wrong = passes + lacks;
  return html`
    <li class="line row ${wrong === 0 ? 'ok' : 'stop'}">
      ${icon(visit, wrong === 0 ? 'check' : 'warning')}
      <span class="grow">${words.doors[door]}</span>
      <span class="num nb">
        <b>${wrong}</b>
        ${' '}
        <span class="soft">${words.of(tries)}</span>
      </span>
    </li>
  `;
}

/** Who differs, by the numbers of their addresses: agents see no child's name without a reason. */
function differences(visit: Visit, { differences: all, faults }: IsolationProof): Html {
  const words = visit.texts.isolation;
  const said = (one: number | string) => (typeof one === 'number' ? words.address(one) : one);
  const rest = all.length - MOST_NAMED;
  const named = html`
    <section class="sheet pad">
      <h2>${words.wrong}</h2>
      <ul>
        ${all.slice(0, MOST_NAMED).map(
          ({ kind, from, to }) => html`
            <li>${words.difference[kind](said(from), said(to))}</li>
          `,
        )}
        ${
          rest > 0
            ? html`
                <li>${words.more(rest)}</li>
              `
            : NOTHING
        }
      </ul>
    </section>
  `;
  const ofDatabase = html`
    <section class="sheet pad">
      <h2>${words.faults}</h2>
      <ul>
        ${faults.map(
          (fault) => html`
            <li lang="en">${fault}</li>
          `,
        )}
      </ul>
    </section>
  `;
  return html`
    ${all.length > 0 ? named : NOTHING}${faults.length > 0 ? ofDatabase : NOTHING}
  `;
}

/** A bar a night, the oldest first. */
function nightsSheet(visit: Visit, nights: readonly IsolationProof[]): Html {
  const words = visit.texts.isolation;
  const passed = nights.filter((proof) => passesOf(proof) > 0).length;
  return html`
    <section class="sheet pad" aria-labelledby="nights">
      <h2 id="nights">${words.nights}</h2>
      <p class="soft small">${words.nightsAbout(nights.length, passed)}</p>
      <ol class="nights">
        ${nights.toReversed().map((proof) => {
          const tone = TONES[stateOf(proof)];
          const says = words.night(wholeDay(visit.clock, proof.begunAt), passesOf(proof));
          return html`
            <li class="${tone}" title="${says}"><span class="vh">${says}</span></li>
          `;
        })}
      </ol>
    </section>
  `;
}
