import type { Ungiven, WallRef, WallView } from '../../../core/school/wall/contract.ts';
import type { Mailbox } from '../../../core/store/mail/contract.ts';
import { formOf } from '../../components/form.ts';
import { makingIn } from '../../components/making-in.ts';
import { pathOf } from '../../frame/mailboxes.ts';
import { icon, token } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { html, NOTHING, type Html } from '../../html.ts';
import { MISSING, type Answer } from '../../http/answer.ts';
import type { Form } from '../../http/forms.ts';
import { addressIdOf } from '../../ids.ts';
import { byWhom, type WallNames, type WallPart, wallPath, wallRefOf } from './parts.ts';

/** What children made for the teacher's eyes: she may ask for it, and they say yes or no. */
export function ungivenSheet(
  visit: Visit,
  mailboxes: readonly Mailbox[],
  { ref, ungiven }: WallView,
): Html {
  const words = visit.texts.walls;
  return ungiven.length === 0
    ? NOTHING
    : html`
        <section class="sheet pad" aria-labelledby="w4">
          <h2 id="w4">${words.ungiven}</h2>
          <ul class="tohang">
            ${ungiven.map((one) => line(visit, { ref, mailboxes, one }))}
          </ul>
          <p class="hint">${words.ungivenHint}</p>
        </section>
      `;
}

interface Line {
  readonly ref: WallRef;
  readonly mailboxes: readonly Mailbox[];
  readonly one: Ungiven;
}

function line(visit: Visit, { ref, mailboxes, one }: Line): Html {
  const { author, kind, at, mailbox, uid, part } = one;
  const words = visit.texts.walls;
  const letter = `${pathOf(mailboxes, mailbox)}/${uid}`;
  const shown =
    kind === 'drawing'
      ? html`
          <a href="${letter}">
            <img
              class="art"
              src="${letter}/picture/${part}"
              alt="${words.drawingOf(author.name)}"
              loading="lazy"
            />
          </a>
        `
      : html`
          <audio
            controls
            preload="none"
            src="${letter}/sound/${part}"
            aria-label="${words.voiceOf(author.name)}"
          ></audio>
        `;
  return html`
    <li>
      <div class="given">${shown} ${byWhom(visit, { author, at })}</div>
      <div class="taps">${one.wish === 'none' ? askForm(visit, ref, one) : stands(visit, one)}</div>
    </li>
  `;
}

const askForm = (visit: Visit, ref: WallRef, { letter, part, author }: Ungiven): Html => html`
  <form method="post" action="${wallPath(ref)}/ask">
    ${token(visit)}
    <input type="hidden" name="letter" value="${letter}" />
    <input type="hidden" name="part" value="${part}" />
    <button class="btn">
      ${icon(visit, 'wall')}${visit.texts.walls.askFor}
      <span class="vh">${visit.texts.walls.askForOf(author.name)}</span>
    </button>
  </form>
`;

const stands = (visit: Visit, { wish }: Ungiven): Html =>
  wish === 'none'
    ? NOTHING
    : html`
        <p class="stands">
          ${icon(visit, wish === 'asked' ? 'hold' : 'info')}${visit.texts.walls.wishes[wish]}
        </p>
      `;

/** Whom a teacher asks for anything: what a child made for a classmate she hears of at most. */
const ASK_FORM = formOf({ child: {} });

/** « Demander à un enfant », and who hasn't answered. */
export function askSheet(visit: Visit, { ref, askable }: WallView): Html {
  const words = visit.texts.walls;
  const free = askable.filter(({ wish }) => wish === 'none');
  const asked = askable.filter(({ wish }) => wish === 'asked').map(({ name }) => name);
  if (free.length + asked.length === 0) return NOTHING;
  const fields = ASK_FORM.shown(visit, ASK_FORM.blank({}));
  const form = html`
    <form method="post" action="${wallPath(ref)}/ask" novalidate>
      ${token(visit)}
      ${fields.choice(
        'child',
        { label: words.askAnyWho, hint: words.askAnyHint },
        free.map(({ id, name }) => [String(id), name] as const),
      )}
      <p class="row">
        <button class="btn">${icon(visit, 'wall')}${words.askFor}</button>
      </p>
    </form>
  `;
  return html`
    <section class="sheet pad" aria-labelledby="w5">
      <h2 id="w5">${words.askAny}</h2>
      ${free.length === 0 ? NOTHING : form}
      ${
        asked.length === 0
          ? NOTHING
          : html`
              <p class="small soft">${words.askedAny(asked)}</p>
            `
      }
    </section>
  `;
}

/** POST /walls/:school/:class/ask: the child finds the question beside what they made. */
export async function askFor(
  visit: Visit<WallPart>,
  names: WallNames,
  form: Form,
): Promise<Answer> {
  const [ref, which] = [wallRefOf(names), makingIn(form)];
  const child = addressIdOf(ASK_FORM.typedIn(form).child);
  const { walls } = visit.core;
  const done =
    which === null
      ? child !== null && (await walls.askChild(visit.viewer, ref, child))
      : await walls.ask(visit.viewer, ref, which);
  return done ? { kind: 'go', to: `${wallPath(ref)}?said=wished` } : MISSING;
}
