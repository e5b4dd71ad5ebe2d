import type { PreviewLine, Question, ShownDraft, ShownPreview } from '../../core/core.ts';
import type { Answer } from '../answer.ts';
import type { FramePart } from '../frame.ts';
import { attributes, html, NOTHING, type Html } from '../html.ts';
import { icon, token } from '../parts.ts';
import { banner, dayOf, foundLines, reasonField, rosterPage, table } from '../roster-parts.ts';
import type { Visit } from '../visit.ts';
import { longDate, wholeDay } from '../when.ts';

export type PreviewDraft = Extract<ShownDraft, { kind: 'preview' }>;

const FORM = 'decide';

/**
 * What an import would change: first what blocks it, then who arrives, leaves and moves; the act
 * stands at the foot.
 */
export function rosterPreview(
  visit: Visit<FramePart>,
  draft: PreviewDraft,
  said: unknown,
): Promise<Answer> {
  const { texts, viewer, now } = visit;
  const words = texts.roster.preview;
  const { preview } = draft;
  const title = draft.rehearsal ? words.titleNext(draft.year) : words.title;
  const where = `/roster/${draft.school.id}/draft/${draft.id}`;
  const content = html`
    <div class="split">
      <div>
        <h1>${title}</h1>
        <p class="soft">
          ${draft.school.name}. ${words.read(longDate(viewer.language, draft.at, now))}${' '}
          <b>${words.unchangedYet}</b>
        </p>
      </div>
      <button class="btn" type="button" data-print hidden>
        ${icon(visit, 'print')}${words.print}
      </button>
    </div>
    ${saidBanner(visit, said)}${stopBanners(visit, draft)}
    ${
      preview.nothingToDo && !draft.rehearsal
        ? banner(
            visit,
            'ok',
            html`
              ${words.nothing}${' '}${draft.sameFileAppliedAt === null ? NOTHING : words.same(longDate(viewer.language, draft.sameFileAppliedAt, now))}
            `,
          )
        : NOTHING
    }
    ${sums(visit, preview)} ${questions(visit, draft)} ${refusedLines(visit, preview)}
    ${changes(visit, preview)}
    <details class="sheet pad">
      <summary>${texts.roster.found.title}</summary>
      ${foundLines(visit, draft.found)}
      ${
        draft.mapped
          ? html`
              <button class="btn" form="${FORM}" name="act" value="ask-columns" formnovalidate>
                ${texts.roster.columns.again}
              </button>
            `
          : NOTHING
      }
    </details>
  `;
  return rosterPage(visit, {
    title,
    status: said === 'stopped' || said === 'reason' ? 422 : 200,
    content,
    width: 'full',
    bar: bar(visit, draft, where),
  });
}

function saidBanner(visit: Visit, said: unknown): Html {
  const words = visit.texts.roster.preview;
  if (said === 'saved') return banner(visit, 'ok', words.saved);
  if (said === 'reason') return banner(visit, 'stop', `${words.reason} ${words.reasonHint}`);
  return said === 'stopped' ? banner(visit, 'stop', words.stopped) : NOTHING;
}

function stopBanners(visit: Visit, { preview, choices, school }: PreviewDraft): Html {
  const words = visit.texts.roster.preview;
  const other = html`
    ${' '}
    <a href="/roster/${school.id}">${words.chooseOther}</a>
  `;
  // Whoever is told that it is another school's file isn't asked to type the number of those who
  // leave.
  const final = preview.stops.filter(({ kind }) => kind === 'other-school' || kind === 'nobody');
  return html`
    ${(final.length > 0 ? final : preview.stops).map((stop) => {
      switch (stop.kind) {
        case 'other-school':
          return banner(
            visit,
            'stop',
            html`
              ${words.otherSchool}${other}
            `,
          );
        case 'nobody':
          return banner(
            visit,
            'stop',
            html`
              ${words.nobody}${other}
            `,
          );
        case 'many-leave':
          return banner(
            visit,
            'stop',
            html`
              <div class="stack tight" id="many">
                <h2>${words.manyTitle(stop.leaving - stop.parted, stop.of, stop.parted)}</h2>
                <p>${stop.parted === 0 ? words.manyText : words.manyTies(stop.leaving)}</p>
                <div class="field">
                  <label for="n">${words.manyLabel}</label>
                  <input
                    class="input typed"
                    id="n"
                    name="retyped"
                    form="${FORM}"
                    inputmode="numeric"
                    autocomplete="off"
                    ${choices.retyped === null ? NOTHING : attributes({ 'aria-invalid': 'true', 'aria-describedby': 'ne' })}
                  />
                  ${
                    choices.retyped === null
                      ? NOTHING
                      : html`
                          <p class="err" id="ne">${words.manyWrong}</p>
                        `
                  }
                </div>
              </div>
            `,
          );
        case 'undecided':
          return NOTHING;
      }
    })}
    ${
      preview.stops.some(({ kind }) => kind === 'many-leave') || choices.retyped === null
        ? NOTHING
        : html`
            <input type="hidden" name="retyped" form="${FORM}" value="${choices.retyped}" />
          `
    }
  `;
}

function changedOf(preview: ShownPreview): number {
  return (
    preview.movesClass.length +
    preview.changesSchool.length +
    preview.joins.length +
    preview.renamed.length +
    preview.parted.length
  );
}

function sums(visit: Visit, preview: ShownPreview): Html {
  const words = visit.texts.roster;
  const undecided = preview.stops.reduce(
    (sum, stop) => sum + (stop.kind === 'undecided' ? stop.count : 0),
    0,
  );
  const cell = (count: number, to: string, { word, tone = '' }: { word: string; tone?: string }) =>
    count === 0
      ? NOTHING
      : html`
          <li>
            <a href="#${to}" ${attributes({ class: tone !== '' ? `tone ${tone}` : null })}>
              <b>${count}</b>
              ${word.replace(/^\d+\s/, '')}
            </a>
          </li>
        `;
  return html`
    <ul class="sums sheet num">
      ${cell(undecided, 'hom', { word: words.preview.decide(undecided), tone: 'wait' })}
      ${cell(preview.refused.length, 'err', { word: words.counts.refused(preview.refused.length), tone: 'stop' })}
      ${cell(preview.arrives.length, 'arr', { word: words.counts.arrives(preview.arrives.length) })}
      ${cell(preview.leaves.length, 'dep', { word: words.counts.leaves(preview.leaves.length) })}
      ${cell(changedOf(preview), 'chg', { word: words.preview.changes })}
      <li class="soft">
        <b>${preview.unchanged}</b>
        ${words.preview.unchanged}
      </li>
    </ul>
  `;
}

function questions(visit: Visit, draft: PreviewDraft): Html {
  const words = visit.texts.roster.preview;
  if (draft.preview.questions.length === 0) return NOTHING;
  const rows = draft.preview.questions.map((question, at) =>
    questionRow(visit, question, {
      at,
      chosen: draft.choices.decisions[question.key] ?? question.preset ?? '',
    }),
  );
  return html`
    <section class="stack tight" aria-labelledby="hom">
      <h2 id="hom">${words.who}</h2>
      <p>${words.whoHint}</p>
      ${table(visit, { caption: words.who, heads: [words.inFile, words.answer], rows, all: true })}
    </section>
  `;
}

function questionRow(
  visit: Visit,
  { key, about, options }: Question,
  { at, chosen }: { at: number; chosen: string },
): Html {
  const words = visit.texts.roster.preview;
  const choice = (value: string, word: string) => html`
    <label class="row choice">
      <input
        type="radio"
        form="${FORM}"
        name="q:${key}"
        value="${value}"
        ${attributes({ checked: value === chosen })}
      />
      <span>${word}</span>
    </label>
  `;
  const named = (one: Question['options'][number]) =>
    one.sameAs !== null
      ? words.sameAs(one.sameAs.line)
      : one.here
        ? words.known(
            one.name,
            [one.className ?? '', one.address].filter((part) => part !== '').join(', '),
          )
        : one.name === ''
          ? words.elsewhere
          : `${words.elsewhereNamed(one.name)} (${one.address})`;
  return html`
    <tr>
      <th scope="row">
        ${about.name}
        <br />
        <span class="soft small">
          ${[about.className ?? '', about.at === null ? '' : words.line(about.at.line)].filter((part) => part !== '').join(', ')}
        </span>
        ${
          chosen === ''
            ? html`
                <br />
                <span class="badge wait">${words.open}</span>
              `
            : NOTHING
        }
      </th>
      <td>
        <fieldset>
          <legend class="vh" id="q${at}">${about.name}</legend>
          ${options.map((one) => choice(one.address, named(one)))}
          ${choice('new', words.somebodyNew)} ${choice('skip', words.leaveOut)}
        </fieldset>
      </td>
    </tr>
  `;
}

function refusedLines(visit: Visit, { refused }: ShownPreview): Html {
  const words = visit.texts.roster.preview;
  const files = new Set(refused.map(({ at }) => at.file));
  const rows = refused
    .toSorted((one, other) => Number(one.harmless) - Number(other.harmless))
    .map(
      (one) => html`
        <tr>
          <td class="nb">
            ${
              files.size > 1
                ? html`
                    ${one.at.file},${' '}
                  `
                : NOTHING
            }
            ${one.at.line}
          </td>
          <td class="mono">${one.cell}</td>
          <td>
            ${one.sentence}
            ${
              one.harmless
                ? html`
                    ${' '}
                    <span class="badge">${words.harmless}</span>
                  `
                : NOTHING
            }
          </td>
        </tr>
      `,
    );
  return rows.length === 0
    ? NOTHING
    : html`
        <section class="stack tight" aria-labelledby="err">
          <h2 id="err">${words.refused}</h2>
          <p>${words.refusedHint}</p>
          ${table(visit, { caption: words.refused, heads: [words.lineHead, words.cell, words.wrong], rows })}
        </section>
      `;
}

/** Who arrives, leaves, moves and changes otherwise: what a preview and a report have in common. */
export function changes(visit: Visit, preview: ShownPreview): Html {
  const words = visit.texts.roster;
  const said = words.preview;
  const name = (one: PreviewLine) => html`
    <th scope="row">
      ${one.name}
      ${
        one.kind === 'pupil'
          ? NOTHING
          : html`
              ${' '}
              <span class="soft small">${said.kinds[one.kind]}</span>
            `
      }
    </th>
  `;
  const part = (
    id: string,
    {
      title,
      hint = '',
      heads,
      rows,
    }: { title: string; hint?: string; heads: readonly string[]; rows: readonly Html[] },
  ) =>
    rows.length === 0
      ? NOTHING
      : html`
          <section class="stack tight" aria-labelledby="${id}">
            <h2 id="${id}">${title}</h2>
            ${
              hint === ''
                ? NOTHING
                : html`
                    <p class="soft small">${hint}</p>
                  `
            }
            ${table(visit, { caption: title, heads, rows })}
          </section>
        `;
  const arrivals = part('arr', {
    title: words.counts.arrives(preview.arrives.length),
    heads: [said.person, said.class, said.address],
    rows: preview.arrives.map(
      (one) => html`
        <tr>
          ${name(one)}
          <td>${one.className ?? (one.kind === 'pupil' ? said.toPlace : '')}</td>
          <td class="small">${one.address ?? said.newAddress}</td>
        </tr>
      `,
    ),
  });
  const departures = part('dep', {
    title: words.counts.leaves(preview.leaves.length),
    hint: said.leaveHint,
    heads: [said.person, said.leavesClass, said.address],
    rows: preview.leaves.map(
      (one) => html`
        <tr>
          ${name(one)}
          <td>${one.className ?? ''}</td>
          <td class="small">${one.address ?? ''}</td>
        </tr>
      `,
    ),
  });
  const schools = part('sch', {
    title: said.schools,
    hint: preview.changesSchool.some(({ waitsForAgent }) => waitsForAgent)
      ? said.schoolsWait
      : said.schoolsMove,
    heads: [said.person, said.class, said.from],
    rows: preview.changesSchool.map(
      (one) => html`
        <tr>
          ${name(one)}
          <td>${one.className ?? said.toPlace}</td>
          <td>
            ${one.fromSchool ?? ''}
            ${
              one.waitsForAgent
                ? html`
                    ${' '}
                    <span class="badge wait">${said.waits}</span>
                  `
                : NOTHING
            }
          </td>
        </tr>
      `,
    ),
  });
  const kept = part('kep', {
    title: said.kept,
    hint: said.keptHint,
    heads: [said.person, said.class, said.keptLine],
    rows: preview.kept.map(
      (one) => html`
        <tr>
          ${name(one)}
          <td>${one.className ?? ''}</td>
          <td>${one.at === null ? '' : `${one.at.file}, ${one.at.line}`}</td>
        </tr>
      `,
    ),
  });
  const moves = part('mov', {
    title: words.counts.movesClass(preview.movesClass.length),
    heads: [said.person, said.before, said.after],
    rows: preview.movesClass.map(
      (one) => html`
        <tr>
          ${name(one)}
          <td>${one.fromClass ?? ''}</td>
          <td>${one.className ?? ''}</td>
        </tr>
      `,
    ),
  });
  const others = part('oth', {
    title: said.others,
    heads: [said.person, said.effect],
    rows: otherRows(visit, preview),
  });
  return html`
    ${kept}
    ${
      preview.arrives.length > 0 && preview.leaves.length > 0
        ? html`
            <div class="pair">${arrivals}${departures}</div>
          `
        : html`
            ${arrivals}${departures}
          `
    }
    <div class="stack wide" id="chg">${schools}${moves}${others}</div>
  `;
}

function otherRows({ texts }: Visit, preview: ShownPreview): Html[] {
  const words = texts.roster.preview;
  const row = (name: string, effect: string) => html`
    <tr>
      <th scope="row">${name}</th>
      <td>${effect}</td>
    </tr>
  `;
  return [
    ...preview.classesMade.map((name) => row(name, words.classMade)),
    ...preview.classesEnded.map((name) => row(name, words.classEnded)),
    ...preview.joins.map((one) =>
      row(one.name, [words.joined, one.className ?? ''].filter((part) => part !== '').join(', ')),
    ),
    ...preview.renamed.map((one) => row(one.name, words.renamed(one.formerName))),
    ...preview.parted.map((one) => row(one.guardian, words.parted(one.child))),
    ...preview.notRaised.map((one) => row(one.name, words.keptRole)),
  ];
}

function bar(visit: Visit, draft: PreviewDraft, where: string): Html {
  const { texts, viewer } = visit;
  const words = texts.roster.preview;
  const { preview, rehearsal } = draft;
  const form = html`
    <form id="${FORM}" method="post" action="${where}">${token(visit)}</form>
  `;
  const discard = (word: string) => html`
    <button class="btn" form="${FORM}" name="act" value="discard" formnovalidate>${word}</button>
  `;
  if (preview.nothingToDo && !rehearsal)
    return html`
      <div class="bar">
        ${form}
        <p class="grow">${words.nothing}</p>
        ${discard(words.done)}
      </div>
    `;
  if (preview.stops.some(({ kind }) => kind === 'other-school' || kind === 'nobody'))
    return html`
      <div class="bar">
        ${form}
        <p class="grow">${words.unchangedYet}</p>
        ${discard(words.discard)}
      </div>
    `;
  const count =
    preview.arrives.length +
    preview.leaves.length +
    changedOf(preview) +
    preview.classesMade.length +
    preview.classesEnded.length;
  const foot = rehearsal
    ? words.fromDay(wholeDay(viewer.language, dayOf(preview.day)))
    : words.undoable;
  return html`
    <div class="bar">
      ${form}
      <p class="grow">
        <b>${words.foot(preview.leaves.length)}</b>
        ${' '}
        <span class="soft">${foot}</span>
      </p>
      ${reasonField(visit, { label: words.reason, form: FORM })}${discard(words.discard)}
      ${
        preview.questions.length === 0
          ? NOTHING
          : html`
              <button class="btn" form="${FORM}" name="act" value="decide" formnovalidate>
                ${words.save}
              </button>
            `
      }
      <button class="btn main" form="${FORM}" name="act" value="apply">
        ${icon(visit, 'check')}${rehearsal ? words.rehearse : words.apply(count)}
      </button>
    </div>
  `;
}
