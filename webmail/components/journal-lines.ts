import type { TrailEntry } from '../../core/school/classes/contract.ts';
import { nothingHere } from '../frame/scenes.ts';
import type { Visit } from '../frame/visit.ts';
import { hour, wholeDay } from '../frame/when.ts';
import { html, NOTHING, type Html } from '../html.ts';

/** Who did what, as a school's journal says it. */
export function sentenceOf(visit: Visit, one: TrailEntry): Html {
  const words = visit.texts.trail;
  return html`
    <b>${one.by === '' ? (one.byTown ? words.service : words.somebody) : one.by}</b>
    ${
      one.byTown && one.by !== ''
        ? html`
            ${' '}
            <span class="badge">${words.town}</span>
          `
        : NOTHING
    }${' '}${actOf(visit, one)}
  `;
}

/** The act alone, in words. */
export function actOf({ texts }: Visit, { act, words }: Pick<TrailEntry, 'act' | 'words'>): string {
  const say = own(texts.trail.acts, act);
  return say === undefined ? texts.trail.unknown(act) : say(words);
}

/** What a list of words has under a name, and not what every object has. */
export function own<Word>(words: Readonly<Record<string, Word>>, name: string): Word | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}

/** Lines by their day, the newest first. */
export function byDay<Entry extends { readonly id: number; readonly at: Date }>(
  visit: Visit,
  entries: readonly Entry[],
  line: (one: Entry) => Html,
): Html {
  if (entries.length === 0) return nothingHere('notebook', visit.texts.trail.empty);
  const { clock } = visit;
  const days = Map.groupBy(entries, ({ at }) => wholeDay(clock, at));
  return html`
    ${[...days].map(
      ([day, some]) => html`
        <section class="sheet pad">
          <h2>${day}</h2>
          <ol class="lines trail">
            ${some.map(
              (one) => html`
                <li class="line">
                  <time class="soft small" datetime="${one.at.toISOString()}">
                    ${hour(clock, one.at)}
                  </time>
                  <span class="grow">${line(one)}</span>
                </li>
              `,
            )}
          </ol>
        </section>
      `,
    )}
  `;
}
