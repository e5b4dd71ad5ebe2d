import type { AccountId } from '../../../core/ground/ids.ts';
import type { ClassPupil, OwnClassDetails } from '../../../core/school/teaching/contract.ts';
import { backOn } from '../../components/back-on.ts';
import { childPath } from '../../components/class-paths.ts';
import { commas, faceOf, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { attributes, html, NOTHING, type Html } from '../../html.ts';

/** All children of a class as faces; whoever needs a look has a mark. One touch opens a card. */
export function faces(visit: Visit, details: OwnClassDetails, open: AccountId | null): Html {
  const words = visit.texts.teaching;
  if (details.children.length === 0)
    return html`
      <section class="sheet pad" aria-label="${words.rest.title}">
        <p class="soft">${words.rest.nobody}</p>
        <p class="soft small">${whoseItIs(visit, details)}</p>
      </section>
    `;
  const doubles = sharedNames(details.children);
  return html`
    <section class="sheet" aria-label="${words.rest.title}">
      <ul class="pupils">
        ${details.children.map((one) => face(visit, details, { one, open, doubles }))}
      </ul>
      <p class="legend">
        <span>${icon(visit, 'hold')}${words.marks.held}</span>
        <span>${icon(visit, 'moon')}${words.marks.resting}</span>
        <span class="whose">${whoseItIs(visit, details)}</span>
        ${toFamilies(visit, details)}
      </p>
    </section>
  `;
}

/** The school, how many are in the class, with whom. */
function whoseItIs({ texts }: Visit, details: OwnClassDetails): string {
  const words = texts.teaching;
  const { teachers, guardians, children, schoolName } = details;
  return commas(
    schoolName,
    words.pupils(children.length),
    guardians === 0 ? '' : words.parents(guardians),
    teachers.length === 0 ? words.nobodyTeaches : words.with(texts.list(teachers)),
  );
}

function toFamilies({ texts }: Visit, { id, teaches, guardians }: OwnClassDetails): Html {
  return teaches && guardians > 0
    ? html`
        <a href="/classes/${id}/families">${texts.classes.families}</a>
      `
    : NOTHING;
}

/** First names that more than one child of the class bears. */
function sharedNames(children: readonly ClassPupil[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(
    children.flatMap(({ givenName }) => {
      const before = seen.has(givenName);
      seen.add(givenName);
      return before ? [givenName] : [];
    }),
  );
}

interface ClassFace {
  readonly one: ClassPupil;
  readonly open: AccountId | null;
  readonly doubles: ReadonlySet<string>;
}

function face(visit: Visit, { id }: OwnClassDetails, { one, open, doubles }: ClassFace): Html {
  const current = attributes({ 'aria-current': open === one.account ? 'true' : null });
  return html`
    <li>
      <a href="${childPath(id, one.account)}" ${current}>
        ${faceOf(visit, one.face)}
        <span>${doubles.has(one.givenName) ? one.face.name : one.givenName}</span>
        ${marks(visit, one)}
      </a>
    </li>
  `;
}

/** Letters that wait, rest, nobody who ever came in: nothing else stands under a face. */
function marks(visit: Visit, one: ClassPupil): Html {
  const words = visit.texts.teaching.marks;
  const held =
    one.heldLetters === 0
      ? NOTHING
      : html`
          <span class="mark">
            ${icon(visit, 'hold')}${one.heldLetters}
            <span class="vh">${words.heldLetters(one.heldLetters)}</span>
          </span>
        `;
  if (one.restsUntil !== null)
    return html`
      <span class="mark rest">${icon(visit, 'moon')}</span>
      <small>
        <span class="vh">${words.atRest}</span>
        ${words.until(backOn(visit, one.restsUntil))}
      </small>
    `;
  const never = html`
    <small>${words.never}</small>
  `;
  return html`
    ${held}${one.hasComeIn ? NOTHING : never}
  `;
}

/** Beside the faces while no card is open: who needs a look, by name. */
export function toLookAt(visit: Visit, details: OwnClassDetails): Html {
  const words = visit.texts.teaching.marks;
  const some = details.children.filter(
    (one) =>
      one.heldLetters > 0 ||
      one.restsUntil !== null ||
      !one.hasComeIn ||
      one.due.includes('family'),
  );
  const why = (one: ClassPupil): string => {
    if (one.heldLetters > 0) return words.waits(one.heldLetters);
    if (one.restsUntil !== null) return words.restsUntil(backOn(visit, one.restsUntil));
    return one.due.includes('family') ? visit.texts.charter.due : words.never;
  };
  const few = some.slice(0, MOST_NAMED);
  const rest = some.length - few.length;
  return html`
    <aside class="sheet pad stack tight to-look-at" aria-labelledby="lk">
      <h2 id="lk" class="h3">${words.title}</h2>
      <p class="soft small">${words.touch}</p>
      ${
        few.length === 0
          ? html`
              <p>${icon(visit, 'check', 'calm-tick')}${' '}${words.none}</p>
            `
          : html`
              <ul>
                ${few.map(
                  (one) => html`
                    <li>
                      <a href="${childPath(details.id, one.account)}">${one.face.name}</a>
                      <small>${why(one)}</small>
                    </li>
                  `,
                )}
              </ul>
            `
      }
      ${
        rest === 0
          ? NOTHING
          : html`
              <p class="soft small">${words.more(rest)}</p>
            `
      }
    </aside>
  `;
}

/** In a class that has never come in nobody reads 24 names twice. */
const MOST_NAMED = 8;
