import type { PaperDraftLine, PaperLine, PaperList } from '../../../core/school/papers/contract.ts';
import type { SlipLine } from '../../../core/school/papers/contract/slips.ts';
import { surroundingsOf, framed } from '../../frame/frame.ts';
import { faceOf, icon } from '../../frame/parts.ts';
import { atSchool, type Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, page, type Answer } from '../../http/answer.ts';
import { paperIdOf } from '../../ids.ts';
import { asksFamilies, paperPath, slipPath, type PapersPart } from './parts.ts';

/**
 * GET /papers: what one asks families for, and what one is asked for one's own children; with
 * ?before=PAPER a further page of what is over.
 */
export async function papers(visit: Visit<PapersPart>, before: unknown): Promise<Answer> {
  if (visit.audience === 'child') return MISSING;
  const from = paperIdOf(before);
  const asks = asksFamilies(visit);
  const [surroundings, list, slips, drafts] = await Promise.all([
    surroundingsOf(visit),
    visit.core.papers.list(visit.viewer, from),
    from === null ? visit.core.papers.slips(visit.viewer) : [],
    from === null && asks ? visit.core.papers.drafts(visit.viewer) : [],
  ]);
  if (!asks && visit.viewer.role !== 'guardian' && slips.length === 0) return MISSING;
  const words = visit.texts.papers;
  const title = asks ? words.desk.title : words.family.title;
  const main = html`
    <main id="main" class="body narrow">
      <div class="stack wide">
        ${asks ? deskOf(visit, { ...list, drafts }, { goesOn: from !== null }) : NOTHING}
        ${asks && slips.length === 0 ? NOTHING : familyList(visit, slips, { isBeside: asks })}
      </div>
    </main>
  `;
  return page(
    framed(visit, surroundings, {
      title,
      section: 'papers',
      shelf: null,
      styles: ['papers.css'],
      main,
    }),
  );
}

function deskOf(
  visit: Visit,
  { open, past, next, drafts }: PaperList & { readonly drafts: readonly PaperDraftLine[] },
  { goesOn }: { readonly goesOn: boolean },
): Html {
  const words = visit.texts.papers.desk;
  const { box } = visit.texts;
  const newest = html`
    <a class="btn" href="/papers">${icon(visit, 'back')}${box.newest}</a>
  `;
  const older = html`
    <a class="btn" href="/papers?before=${next}">${box.older}${icon(visit, 'arrow', 'tail')}</a>
  `;
  return html`
    <div class="head-line">
      <div class="grow">
        <h1 id="t">${words.title}</h1>
        <p class="soft">${words.lead}</p>
      </div>
      <a class="btn main" href="/papers/new">${icon(visit, 'plus')}${words.make}</a>
    </div>
    ${
      open.length + past.length + drafts.length === 0 && !goesOn
        ? html`
            <p class="sheet pad soft">${words.none}</p>
          `
        : NOTHING
    }
    ${section(
      words.drafts,
      drafts.map((one) => draftRow(visit, one)),
    )}
    ${section(
      words.open,
      open.map((one) => paperRow(visit, one)),
    )}
    ${section(
      words.past,
      past.map((one) => paperRow(visit, one)),
    )}
    ${
      goesOn || next !== null
        ? html`
            <p class="row">${goesOn ? newest : NOTHING}${next === null ? NOTHING : older}</p>
          `
        : NOTHING
    }
  `;
}

function section(title: string, rows: readonly Html[]): Html {
  return rows.length === 0
    ? NOTHING
    : html`
        <section class="sheet paper-list" aria-label="${title}">
          <h2>${title}</h2>
          <ul class="msgs margin">
            ${rows}
          </ul>
        </section>
      `;
}

function draftRow(visit: Visit, { letter, subject, at, leavesAt }: PaperDraftLine): Html {
  const words = visit.texts.papers.desk;
  const { box } = visit.texts;
  return html`
    <li>
      <a class="msg" href="/papers/new?letter=${letter}">
        ${icon(visit, 'write')}
        <span>
          <b>${subject === '' ? box.noSubject : subject}</b>
          <span class="prev">${words.keptOn(longDate(visit.clock, at))}</span>
          ${
            leavesAt === null
              ? NOTHING
              : html`
                  <span class="badge wait">${box.state.adult.leaving}</span>
                `
          }
        </span>
      </a>
    </li>
  `;
}

function paperRow(given: Visit, line: PaperLine): Html {
  const visit = atSchool(given, line);
  const words = visit.texts.papers.desk;
  const phase =
    line.phase === 'open' ? words.until(longDate(visit.clock, line.until)) : words[line.phase];
  return html`
    <li>
      <a class="msg" href="${paperPath(line.ref)}">
        ${icon(visit, 'paper')}
        <span>
          <b>${line.subject}</b>
          <span class="prev">
            ${line.about}, ${phase}${line.isOwn ? '' : `, ${words.by(line.authorName)}`}
          </span>
          ${
            line.questions === 0
              ? NOTHING
              : html`
                  <span class="badge wait">${words.questions(line.questions)}</span>
                `
          }
        </span>
        <span class="when">
          <b>${words.answered(line.tally.answered, line.tally.asked)}</b>
        </span>
      </a>
    </li>
  `;
}

function familyList(
  visit: Visit,
  slips: readonly SlipLine[],
  { isBeside }: { readonly isBeside: boolean },
): Html {
  const words = visit.texts.papers.family;
  const title = isBeside
    ? html`
        <h2>${words.title}</h2>
      `
    : html`
        <h1 id="t">${words.title}</h1>
      `;
  const none = html`
    <p class="sheet pad soft">${words.none}</p>
  `;
  const lists = html`
    <div class="sheet paper-list">${slipLists(visit, slips, null)}</div>
  `;
  return html`
    ${title} ${slips.length === 0 ? none : lists}
  `;
}

/** Slips that wait, that were answered, that are over; `here` is the one on the page. */
export function slipLists(
  visit: Visit,
  slips: readonly SlipLine[],
  here: string | null,
): readonly Html[] {
  const words = visit.texts.papers.family;
  const waits = slips.filter((one) => one.waits);
  const others = slips.filter((one) => !one.waits);
  const lists = [
    [words.toSign, waits],
    [words.answered, others.filter(({ says, phase }) => says !== null || phase === 'open')],
    [words.past, others.filter(({ says, phase }) => says === null && phase !== 'open')],
  ] as const;
  return lists.map(([title, some]) =>
    some.length === 0
      ? NOTHING
      : html`
          <h2>${title}</h2>
          <ul class="msgs margin">
            ${some.map((one) => slipRow(visit, one, here))}
          </ul>
        `,
  );
}

function slipRow(given: Visit, line: SlipLine, here: string | null): Html {
  const visit = atSchool(given, line);
  const words = visit.texts.papers;
  const path = slipPath(line.ref);
  const face = { kind: 'child' as const, face: line.childFace, cover: 8, name: line.childName };
  const state = line.waits
    ? words.family.before(longDate(visit.clock, line.until))
    : stateOf(visit, line);
  return html`
    <li class="${line.waits ? 'new' : ''}">
      <a
        class="msg"
        href="${path}"
        ${attributes({ 'aria-current': path === here ? 'page' : null })}
      >
        ${faceOf(visit, face)}
        <span>
          ${
            line.waits
              ? html`
                  <span class="dot"></span>
                `
              : NOTHING
          }
          <b>${line.subject}</b>
          <span class="prev">${line.childName}, ${state}</span>
        </span>
      </a>
    </li>
  `;
}

function stateOf({ texts, clock }: Visit, { says, saidAt, phase }: SlipLine): string {
  const words = texts.papers;
  if (says === null || saidAt === null)
    return phase === 'open' ? words.family.notNeeded : words.desk[phase];
  const said =
    says.kind === 'option' || says.kind === 'words' ? words.family.answered : words.says[says.kind];
  return `${said.toLowerCase()}, ${longDate(clock, saidAt)}`;
}
