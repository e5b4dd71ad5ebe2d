import type { Writing } from '../../../core/mail/writing/contract.ts';
import { hinted, tick } from '../../components/field.ts';
import { calledOf, faceOf, icon } from '../../frame/parts.ts';
import type { Recipient } from '../../frame/recipients.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate } from '../../frame/when.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { templatesBeside } from './beside-templates.ts';
import type { WritingPage } from './writing-page.ts';

export const listsOf = ({ recipients, copies }: Pick<WritingPage, 'recipients' | 'copies'>) =>
  [...recipients, ...copies].filter(({ kind }) => kind === 'list');

/** The people of a group don't see one another: no answer can go to all of them. */
const hidesSome = (shown: WritingPage): boolean =>
  listsOf(shown).some(({ listKind }: Recipient) => listKind === 'own-group');

/** Who will get the answers, in one line, with the lists that it is about. */
export function noteOf({ texts }: Pick<Visit, 'texts'>, shown: WritingPage): string {
  const answers = answersTo(shown);
  if (hidesSome(shown) && answers !== 'everyone') return texts.write.note.own[answers];
  return texts.write.note[answers](texts.list(listsOf(shown).map(calledOf)));
}

/** Who gets the answers, of those who can. */
function answersTo(shown: WritingPage): Writing['answers'] {
  const { answers } = shown.writing;
  return answers === 'everyone' && hidesSome(shown) ? 'sender' : answers;
}

/**
 * What goes with a letter to a list: who answers, who gets a copy, what became of the last one.
 * Where there is nothing of it the letter has the whole width.
 */
export function besideLetter(
  visit: Visit,
  shown: WritingPage,
): { readonly isBare: boolean; readonly aside: Html } {
  const noList = listsOf(shown).length === 0;
  const always = [
    lastLetter(visit, shown),
    whoAnswersWhen(visit, shown),
    templatesBeside(visit, shown),
    ownGroupsLink(visit),
  ];
  const isBare = noList && always.every((part) => part === NOTHING);
  const aside = html`
    <aside
      class="aside-q"
      aria-label="${visit.texts.write.beside}"
      ${attributes({ hidden: isBare })}
    >
      <div data-hidden-list ${attributes({ hidden: noList })}>
        ${asksFamilies(visit)} ${whoAnswers(visit, shown)} ${copySwitch(visit, shown)}
      </div>
      ${always}
    </aside>
  `;
  return { isBare, aside };
}

/** A letter to families may ask for an answer that is signed: it is kept, and goes on there. */
function asksFamilies(visit: Visit): Html {
  const { role, classes, heads } = visit.viewer;
  if (role === 'guardian' || (classes.length === 0 && !heads)) return NOTHING;
  const words = visit.texts.papers;
  return html`
    <section class="sheet pad-s stack tight" aria-labelledby="asks">
      <h2 class="h3" id="asks">${words.nav}</h2>
      <p class="small soft">${words.besideHint}</p>
      <p>
        <button class="btn mini" name="act" value="paper">
          ${icon(visit, 'paper')}${words.beside}
        </button>
      </p>
    </section>
  `;
}

function whoAnswers({ texts }: Visit, shown: WritingPage): Html {
  const answers = answersTo(shown);
  const isHidden = hidesSome(shown);
  const radio = (value: typeof answers, words: string, hint: string) => html`
    <label
      class="tick"
      ${attributes({ 'data-not-own': value === 'everyone', hidden: value === 'everyone' && isHidden })}
    >
      <input
        type="radio"
        name="answers"
        value="${value}"
        ${attributes({ checked: answers === value })}
      />
      <span>${hinted(words, hint)}</span>
    </label>
  `;
  return html`
    <fieldset class="sheet pad-s">
      <legend class="h3">${texts.write.whoAnswers}</legend>
      ${radio('sender', texts.write.toMe, texts.write.hiddenHint)}
      ${radio('everyone', texts.write.toEveryone, '')} ${radio('none', texts.write.toNobody, '')}
    </fieldset>
  `;
}

/**
 * Whether the other teachers get a copy of what goes to families or to a group; what goes to the
 * whole class they get anyway. Kept with the person, for the next letter.
 */
function copySwitch({ texts }: Visit, { colleagues, writing }: WritingPage): Html {
  if (colleagues === null || colleagues.classes.length === 0) return NOTHING;
  const words = texts.write.copy;
  const several = colleagues.classes.length > 1;
  return html`
    <fieldset class="sheet pad-s">
      <legend class="h3">${words.title}</legend>
      ${tick({
        type: 'checkbox',
        name: 'copy',
        value: colleagues.address,
        isOn: writing.cc.includes(colleagues.address),
        words: html`
          ${words.colleagues}
          ${colleagues.classes.map(
            ({ name, people }) => html`
              <br />
              <span class="small soft">
                ${texts.list(people.map(calledOf))}${several ? `, ${name}` : ''}
              </span>
            `,
          )}
          <br />
          <span class="small soft">${words.hint}</span>
        `,
      })}
      <input type="hidden" name="copies" value="1" />
    </fieldset>
  `;
}

/** Where groups are made: the letter is kept first. */
function ownGroupsLink(visit: Visit): Html {
  if (visit.viewer.classes.length === 0 || visit.viewer.role === 'guardian') return NOTHING;
  return html`
    <section class="sheet pad-s stack tight" aria-labelledby="own-groups">
      <h2 class="h3" id="own-groups">${visit.texts.groups.title}</h2>
      <p class="small soft">${visit.texts.groups.short}</p>
      <p>
        <button class="btn mini" name="act" value="groups">
          ${icon(visit, 'people')}${visit.texts.groups.manage}
        </button>
      </p>
    </section>
  `;
}

/** When a teacher answers, as they said themselves: for a family. */
function whoAnswersWhen(visit: Visit, { hours }: WritingPage): Html {
  if (hours.length === 0) return NOTHING;
  return html`
    <section class="sheet pad-s stack tight" aria-labelledby="when-t">
      <h2 class="h3" id="when-t">${visit.texts.write.whenAnswered}</h2>
      <ul class="stack tight small">
        ${hours.map(
          ({ name, sentence }) => html`
            <li>
              <b>${name}</b>
              <br />
              ${sentence}
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}

/** Who has not opened the last letter to this class, and a way to write to just these. */
function lastLetter(visit: Visit, { letter }: WritingPage): Html {
  if (letter === null) return NOTHING;
  const words = visit.texts.write.last;
  const { subject, at, pupils, unread } = letter.last;
  return html`
    <section class="sheet pad-s stack tight" aria-labelledby="last">
      <h2 class="h3" id="last">${words.title}</h2>
      <p class="small">${words.what(subject, longDate(visit.clock, at))}</p>
      <p>${words.read(pupils - unread.length, pupils)}</p>
      ${unread.length === 0 ? NOTHING : notRead(visit, letter)}
    </section>
  `;
}

function notRead(visit: Visit, { class: own, last }: NonNullable<WritingPage['letter']>): Html {
  const words = visit.texts.write.last;
  const { pupils, unread } = last;
  const remind = html`
    <p>
      <a class="btn mini" href="/classes/${own}/remind">
        ${icon(visit, 'send')}${words.remind(unread.length)}
      </a>
    </p>
  `;
  return html`
    <details class="stack tight">
      <summary>${words.others(unread.length)}</summary>
      <ul class="stack tight">
        ${unread.map(
          (one) => html`
            <li class="row">
              ${faceOf(visit, one, 's')}
              <span>${calledOf(one)}</span>
            </li>
          `,
        )}
      </ul>
    </details>
    ${unread.length === pupils ? NOTHING : remind}
  `;
}
