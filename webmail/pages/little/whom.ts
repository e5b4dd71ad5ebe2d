import type { Uid } from '../../../core/ground/ids.ts';
import type { Phrase, WithPhrases } from '../../../core/mail/phrases/contract.ts';
import type { WithMail } from '../../../core/mail/reading/contract.ts';
import type { Reachable } from '../../../core/mail/writing/contract.ts';
import type { Face } from '../../../core/rules/viewer.ts';
import { littlePage } from '../../components/little-page.ts';
import { art, littleFace, picture, stamp } from '../../frame/little-parts.ts';
import { token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import {
  makingArt,
  makingButton,
  MAKINGS,
  makingsOf,
  phraseButtons,
  type MakingKind,
} from './says.ts';
import { stayed } from './stayed.ts';
import { ledFrom, peopleOf, personKey, type TowardsPart } from './towards.ts';

/** What is to be sent, where one came from a picture of it: one thing, the phrases, or all. */
type Wanted = MakingKind | 'say' | 'all';

const wantedBy = (asked: unknown): Wanted =>
  asked === 'say' ? 'say' : (MAKINGS.find((making) => making === asked) ?? 'all');

/** GET /write of a little one: faces, and what can be sent to the one that is chosen. */
export async function littleWhom(
  visit: Visit<TowardsPart & WithMail<'page'> & WithPhrases>,
  query: { readonly make: unknown; readonly who: unknown },
): Promise<Answer> {
  const [people, phrases] = await Promise.all([
    peopleOf(visit),
    visit.core.phrases.offered(visit.viewer),
  ]);
  if (visit.viewer.writesAfter === 'charter') return ledFrom(visit, '/write');
  const words = visit.texts.littleWrite;
  const [first] = people;
  if (first === undefined) return nobody(visit);
  const wanted = wantedBy(query.make);
  const chosen = people.find((one) => personKey(one) === query.who) ?? first;
  return littlePage(visit, {
    title: words.whom.title,
    at: 'inside',
    says: wanted === 'all' || wanted === 'say' ? 'whom' : 'toWhom',
    styles: ['answers.css'],
    scripts: ['answers.js'],
    main: html`
      <main id="main" class="body">
        <h1 class="vh">${words.whom.title}</h1>
        <form class="pick-who" method="post" action="/write">
          ${token(visit)} ${faces(visit, people, { chosen, wanted })}
          ${whatToSend(visit, { chosen, phrases, wanted })}
        </form>
      </main>
    `,
  });
}

/** Before their family's yes, at rest, or while the mail of all pupils is stopped. */
async function nobody(visit: Visit<WithMail<'page'>>): Promise<Answer> {
  const words = visit.texts.littleWrite;
  const why = visit.viewer.writesAfter === 'family' ? 'family' : 'nobody';
  return littlePage(visit, {
    title: words.whom.title,
    at: 'inside',
    says: why,
    main: html`
      <main id="main" class="body gone-page">
        <h1 class="vh">${words.whom.title}</h1>
        <p class="coming">${picture(visit, 'aide')}${words.whom[why]}</p>
        ${await stayed(visit)}
      </main>
    `,
  });
}

/** With the crayons in hand a face that is touched leads straight to the paper. */
function faces(
  visit: Visit,
  people: readonly Reachable[],
  { chosen, wanted }: { readonly chosen: Reachable; readonly wanted: Wanted },
): Html {
  const making = MAKINGS.find((one) => one === wanted);
  const adults = people.filter(({ kind }) => kind === 'adult');
  const friends = people.filter(({ kind }) => kind === 'child');
  const list = (some: readonly Reachable[], look: string) =>
    some.length === 0
      ? NOTHING
      : html`
          <ul class="people ${look}">
            ${some.map((one) => (making === undefined ? person(visit, one, { isChosen: one === chosen }) : towardsPerson(visit, one)))}
          </ul>
        `;
  return html`
    <fieldset>
      <legend class="vh">${visit.texts.littleWrite.whom.people}</legend>
      ${
        making === undefined
          ? NOTHING
          : html`
              <input type="hidden" name="act" value="${making}" />
            `
      }
      ${list(adults, 'grown')} ${list(friends, 'friends')}
    </fieldset>
  `;
}

function person(visit: Visit, one: Reachable, { isChosen }: { readonly isChosen: boolean }): Html {
  const key = personKey(one);
  return html`
    <li>
      <input
        class="vh"
        type="radio"
        name="who"
        value="${one.address}"
        id="p-${key}"
        ${attributes({ checked: isChosen })}
      />
      <label for="p-${key}">
        ${littleFace(visit, one)}
        <span class="w">${one.name}</span>
        <span class="ticked">${picture(visit, 'bon')}</span>
      </label>
    </li>
  `;
}

function towardsPerson(visit: Visit, one: Reachable): Html {
  return html`
    <li>
      <button class="face-button" name="who" value="${one.address}">
        ${littleFace(visit, one)}
        <span class="w">${one.name}</span>
      </button>
    </li>
  `;
}

interface LetterChoice {
  readonly chosen: Face;
  readonly phrases: readonly Phrase[];
  readonly wanted: Wanted;
}

function whatToSend(visit: Visit, { chosen, phrases, wanted }: LetterChoice): Html {
  const making = MAKINGS.find((one) => one === wanted);
  // What is in the hand, and nothing to press: the faces are.
  if (making !== undefined)
    return html`
      <section class="in-hand">${makingArt(visit, making)}</section>
    `;
  const makings = wanted === 'all' ? makingsOf(visit) : [];
  return html`
    <section aria-labelledby="q">
      <h2 class="vh" id="q">${visit.texts.littleWrite.whom.what}</h2>
      <span class="envelope">
        ${art(visit, 'lettre')}
        <span data-stamp>${stamp(visit, chosen)}</span>
      </span>
      ${
        makings.length === 0
          ? NOTHING
          : html`
              <div class="says three">${makings.map((making) => makingButton(visit, making))}</div>
            `
      }
      ${phraseButtons(visit, phrases)}
    </section>
  `;
}

/**
 * GET /mail/:mailbox/:uid/reply of a little one: the pictures stand beside the letter itself; this
 * address leads there.
 */
export async function littleReply(slug: string, uid: Uid): Promise<Answer> {
  return slug === 'inbox' ? { kind: 'go', to: `/mail/inbox/${uid}` } : MISSING;
}
