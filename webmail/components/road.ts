import type { MessageView } from '../../core/mail/reading/contract.ts';
import { scene } from '../frame/scenes.ts';
import type { Visit } from '../frame/visit.ts';
import { longDate, weekdayAt } from '../frame/when.ts';
import { html, NOTHING, type Html } from '../html.ts';

/** When a letter of one's own left, and when it was brought, or will be. */
interface OwnRoad {
  readonly left: Date;
  readonly at: Date;
  readonly isThere: boolean;
}

/** A letter between two schools: a road, with the envelope where it is; and when, in words. */
const road = (place: 'road' | 'road-end', words: string): Html => html`
  <figure class="road">
    ${scene(place)}
    <figcaption>${words}</figcaption>
  </figure>
`;

/** Of one that was sent: on its way, or there. */
export function ownRoad(visit: Visit, { left, at, isThere }: OwnRoad): Html {
  const { clock, texts } = visit;
  const words = texts.sent.road[isThere ? 'gone' : 'going'];
  const said = words(weekdayAt(clock, left), longDate(clock, at));
  return road(isThere ? 'road-end' : 'road', said);
}

/** What is said of the road of a letter that came; null where it was there at once. */
export function roadWords(
  { clock, texts }: Visit,
  { travelledFrom: left, at, because }: MessageView,
): string | null {
  if (left === null) return null;
  return texts.sent.road.came(because.name, weekdayAt(clock, left), longDate(clock, at));
}

/** Of one that came: from which class, when it left and when it arrived. */
export function roadHere(visit: Visit, letter: MessageView): Html {
  const words = roadWords(visit, letter);
  return words === null ? NOTHING : road('road-end', words);
}
