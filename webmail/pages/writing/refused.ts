import type { Reachable, WithWritings } from '../../../core/mail/writing/contract.ts';
import type { Refusal } from '../../../core/rules/outcome.ts';
import { explain } from '../../../core/rules/reasons.ts';
import type { DraftRef } from '../../../core/store/mail/contract.ts';
import { listenButton } from '../../components/listen-button.ts';
import { surroundingsOf, framedSheet, type FramePart } from '../../frame/frame.ts';
import type { PageSurroundings } from '../../frame/mailbox-nav.ts';
import { coverClass, faceOf, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { charterPath } from '../../here.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import type { Answer } from '../../http/answer.ts';
import { ownTeachers } from './recipients.ts';

/** Forbidden by a rule: the request was understood (RFC 9110 §15.5.4). */
const REFUSED = 403;

/** A message that the rules stopped: who, why, that the text is kept, and what can be done now. */
export const refusedView = (
  visit: Visit<FramePart & WithWritings>,
  refusals: readonly Refusal[],
  draft: DraftRef['uid'] | null,
): Promise<Answer> => stoppedView(visit, visit.texts.refused.title, { refusals, draft });

/**
 * An answer that can't begin: nobody it would go to may be written to any more, or a child may
 * write to nobody for now. Nothing was written, so nothing is kept.
 */
export const noAnswerView = (
  visit: Visit<FramePart & WithWritings>,
  refusals: readonly Refusal[],
): Promise<Answer> => stoppedView(visit, visit.texts.refused.noAnswer, { refusals, draft: null });

async function stoppedView(
  visit: Visit<FramePart & WithWritings>,
  titles: Visit['texts']['refused']['title'],
  stopped: Pick<RefusalPage, 'refusals' | 'draft'>,
): Promise<Answer> {
  const [surroundings, reach] = await Promise.all([
    surroundingsOf(visit),
    visit.core.writings.reach(visit.viewer),
  ]);
  const title = titleOf(visit, titles, { reach, ...stopped });
  const body = refusalPage(visit, surroundings, { title, reach, ...stopped });
  return { kind: 'page', status: REFUSED, body };
}

function titleOf(
  visit: Visit,
  titles: Visit['texts']['refused']['title'],
  { refusals, reach, draft }: Omit<RefusalPage, 'title'>,
): string {
  if (visit.audience === 'adult') return titles.adult;
  const isForNow = draft === null && reach.length === 0;
  return isForNow ? visit.texts.refused.nobodyNow : titles.child(namesOfRefused(visit, refusals));
}

interface RefusalPage {
  readonly title: string;
  readonly refusals: readonly Refusal[];
  readonly reach: readonly Reachable[];
  readonly draft: DraftRef['uid'] | null;
}

function namesOfRefused({ texts, audience }: Visit, refusals: readonly Refusal[]): string {
  const names = [
    ...new Set(refusals.map((one) => one.words['name'] ?? texts.refused.someone[audience])),
  ];
  return texts.list(names);
}

function refusalPage(visit: Visit, surroundings: PageSurroundings, shown: RefusalPage): Html {
  const content =
    visit.audience === 'child' ? pupilContent(visit, shown) : adultContent(visit, shown);
  return framedSheet(visit, surroundings, {
    title: shown.title,
    section: 'messages',
    content,
  });
}

/**
 * A sentence without the words that the page says already, at its head or beside the green tick.
 */
function withoutRepeats({ texts, audience }: Visit, text: string): string {
  const said = [texts.trouble.notSent[audience], texts.refused.keptShort[audience]];
  return said
    .reduce((rest, words) => rest.replace(words, ''), text)
    .replace(/ {2,}/g, ' ')
    .trim();
}

function reasonsOf(
  visit: Visit,
  refusals: readonly Refusal[],
): { readonly sentences: readonly string[]; readonly nexts: readonly string[] } {
  const { audience, clock } = visit;
  const said = refusals.map((one) => explain(one.rule, one.words, { ...clock, audience }));
  const unique = (lines: readonly string[]) =>
    [...new Set(lines.map((line) => withoutRepeats(visit, line)))].filter((line) => line !== '');
  return {
    sentences: unique(said.map((one) => one.sentence)),
    nexts: unique(said.map((one) => one.next)),
  };
}

/** That what was written is kept, where it is. */
function keptLine(visit: Visit, draft: RefusalPage['draft']): Html {
  const line = html`
    <p class="row keep">
      ${icon(visit, 'check')}
      <span>${visit.texts.refused.kept[visit.audience]}</span>
    </p>
  `;
  return draft === null ? NOTHING : line;
}

function pupilContent(visit: Visit, { title, refusals, reach, draft }: RefusalPage): Html {
  const { texts } = visit;
  const { sentences, nexts } = reasonsOf(visit, refusals);
  const guess = refusals.some((one) => one.rule === 'not-in-your-class')
    ? html`
        ${' '}${texts.refused.guess}
      `
    : NOTHING;
  return html`
    <div class="split">
      <h1 id="t">${title}</h1>
      ${listenButton(visit, '#why')}
    </div>
    <div class="sheet pad stack" id="why">
      ${twoClasses(visit, refusals, reach)}
      <div class="letter read">
        ${sentences.map(
          (line) => html`
            <p><b>${line}</b></p>
          `,
        )}
        <p>${nexts.join(' ')}${guess}</p>
      </div>
      ${keptLine(visit, draft)}
    </div>
    <h2>${texts.refused.what}</h2>
    <div class="row">
      ${onwardLink(visit, { refusals, reach, draft })} ${askTeacher(visit, reach)}
      <a class="btn quiet big" href="/mail/inbox">${texts.refused.later.child}</a>
    </div>
    <details>
      <summary>${texts.refused.why}</summary>
      <p class="read letter">${texts.refused.because}</p>
    </details>
  `;
}

/**
 * To other people for the letter; before the charter nobody else helps: it comes first. Who may
 * write to nobody can call for help.
 */
function onwardLink(visit: Visit, { refusals, reach, draft }: Omit<RefusalPage, 'title'>): Html {
  const { texts } = visit;
  const letter = draft === null ? '/write' : `/write/${draft}`;
  if (refusals.some(({ rule }) => rule === 'charter-first'))
    return html`
      <a class="btn main big" href="${charterPath(letter)}">
        ${icon(visit, 'check')}${texts.charter.read}
      </a>
    `;
  if (reach.length === 0)
    return html`
      <a class="btn main big" href="/write/help">${icon(visit, 'help')}${texts.frame.askHelp}</a>
    `;
  return html`
    <a class="btn main big" href="${letter}">
      ${icon(visit, 'people')}${texts.refused.choose.child}
    </a>
  `;
}

function askTeacher(visit: Visit, reach: readonly Reachable[]): Html {
  const [teacher] = ownTeachers(visit, reach);
  if (teacher === undefined) return NOTHING;
  return html`
    <a class="btn big" href="/write/help">
      ${icon(visit, 'help')}${visit.texts.refused.ask(teacher.name)}
    </a>
  `;
}

/** The drawing of the two classes with the gate between them; only where the rule names both. */
function twoClasses(visit: Visit, refusals: readonly Refusal[], reach: readonly Reachable[]): Html {
  const { texts, viewer } = visit;
  const other = refusals.find(
    (one) => one.words['className'] !== undefined && one.words['name'] !== undefined,
  );
  const own = viewer.classes[0];
  if (other === undefined || own === undefined) return NOTHING;
  const mates = reach.filter((one) => one.group === 'classmates').slice(0, 2);
  const { face, givenName: name } = viewer;
  const me = html`
    <li>
      ${faceOf(visit, { kind: 'child', face, cover: own.cover, name }, 'l')} ${texts.refused.you}
    </li>
  `;
  return html`
    <div class="two">
      <div class="${coverClass(own.cover)}">
        <span class="label">
          ${texts.refused.yourClass(other.words['ownClassName'] ?? own.name)}
        </span>
        <ul class="kids">
          ${me}
          ${mates.map(
            (one) => html`
              <li>${faceOf(visit, one, 'l')}${one.name}</li>
            `,
          )}
        </ul>
      </div>
      ${icon(visit, 'gate')}
      <div class="c5">
        <span class="label">${texts.refused.otherClass(other.words['className'] ?? '')}</span>
        <ul class="kids">
          <li>
            <span class="round">${icon(visit, 'person')}</span>
            ${other.words['name']}
          </li>
        </ul>
      </div>
    </div>
  `;
}

function adultContent(visit: Visit, { title, refusals, draft }: RefusalPage): Html {
  const { texts, audience, clock } = visit;
  const lines = refusals.map((one) => ({
    who: one.words['name'] ?? one.address,
    ...explain(one.rule, one.words, { ...clock, audience }),
  }));
  return html`
    <h1 id="t">${title}</h1>
    <div class="sheet pad stack">
      <h2 class="vh">${texts.refused.people}</h2>
      <ul class="stack">
        ${lines.map(
          (one) => html`
            <li class="banner stop">
              ${icon(visit, 'warning')}
              <div class="grow">
                <p><b>${one.who}</b></p>
                <p>${one.sentence}</p>
                <p>${one.next}</p>
              </div>
            </li>
          `,
        )}
      </ul>
      ${keptLine(visit, draft)}
    </div>
    <div class="row">
      <a class="btn main" href="${draft === null ? '/write' : `/write/${draft}`}">
        ${icon(visit, 'write')}
        ${draft === null ? texts.write.title.adult : texts.refused.choose.adult}
      </a>
      <a class="btn" href="/mail/inbox">${texts.refused.later.adult}</a>
    </div>
  `;
}
