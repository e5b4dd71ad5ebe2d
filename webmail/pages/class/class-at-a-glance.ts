import type { PaperLine } from '../../../core/school/papers/contract.ts';
import type { ClassLetter, OwnClassDetails } from '../../../core/school/teaching/contract.ts';
import { tabPath } from '../../components/class-paths.ts';
import { commas, icon } from '../../frame/parts.ts';
import type { Visit } from '../../frame/visit.ts';
import { longDate, weekdayAt } from '../../frame/when.ts';
import { html, type Html } from '../../html.ts';

/** One thing of today, and the page on which it is seen to; null where there is nothing to do. */
interface Glance {
  readonly drawing: string;
  readonly what: string;
  readonly about: string;
  readonly path: string | null;
  /** It waits for the viewer. */
  readonly waits: boolean;
}

/** On top of a class, in one line: what waits, with whom one writes, what was written last. */
export function todayLine(
  visit: Visit,
  details: OwnClassDetails,
  {
    letter,
    papers,
  }: { readonly letter: ClassLetter | null; readonly papers: readonly PaperLine[] },
): Html {
  const all = [
    heldGlance(visit, details),
    ...papersGlance(visit, papers),
    linksGlance(visit, details),
  ];
  // Nobody hears of a colleague's letter who read it, the head neither.
  if (details.teaches) all.push(letterGlance(visit, details, letter));
  return html`
    <nav
      class="sheet today-line${all.length > 3 ? ' four' : ''}"
      aria-label="${visit.texts.teaching.glance.today}"
    >
      ${all.map((one) => glance(visit, one))}
    </nav>
  `;
}

function glance(visit: Visit, { drawing, what, about, path, waits }: Glance): Html {
  const inside = html`
    ${icon(visit, drawing)}
    <span>
      <b>${what}</b>
      <small>${about}</small>
    </span>
  `;
  const look = waits ? 'wait' : '';
  return path === null
    ? html`
        <p>${inside}</p>
      `
    : html`
        <a class="${look}" href="${path}">${inside}</a>
      `;
}

function heldGlance({ texts, clock }: Visit, { held }: OwnClassDetails): Glance {
  const words = texts.teaching.glance;
  if (held === null)
    return {
      drawing: 'hold',
      what: words.nothingHeld,
      about: words.nothingHeldAbout,
      path: null,
      waits: false,
    };
  return {
    drawing: 'hold',
    what: texts.teaching.marks.waits(held.letters),
    about: words.oldest(longDate(clock, held.since)),
    path: '/held',
    waits: true,
  };
}

/** What families are asked to sign: the paper whose last hour comes first. */
function papersGlance({ texts, clock }: Visit, papers: readonly PaperLine[]): readonly Glance[] {
  const words = texts.teaching.glance;
  const [first, ...others] = papers.toSorted((one, other) => +one.until - +other.until);
  if (first === undefined) return [];
  const { ref, subject, until, tally } = first;
  const about = words.paper(subject, longDate(clock, until));
  return [
    {
      drawing: 'paper',
      what: words.answers(tally.answered, tally.asked),
      about: others.length === 0 ? about : `${about}. ${words.morePapers(others.length)}`,
      path: others.length === 0 ? `/papers/${ref.school}/${ref.paper}` : '/papers',
      waits: tally.answered < tally.asked,
    },
  ];
}

function linksGlance({ texts }: Visit, { id, links, teaches }: OwnClassDetails): Glance {
  const words = texts.teaching;
  const proposed = teaches ? links.filter(({ state }) => state === 'proposed') : [];
  const running = links.filter(({ state }) => state === 'running');
  const some = proposed.length > 0 ? proposed : running;
  const names = texts.list(some.map((one) => commas(one.className, one.schoolName)));
  const base = { drawing: 'swap', path: tabPath(id, 'links'), waits: proposed.length > 0 };
  if (proposed.length > 0) return { ...base, what: words.proposals(proposed.length), about: names };
  return running.length === 0
    ? { ...base, what: words.glance.noneLinked, about: words.glance.seeLinks }
    : { ...base, what: words.glance.linked(running.length), about: names };
}

/** The viewer's own last word to the class: who read it is between the two. */
function letterGlance(
  { texts, clock }: Visit,
  { id }: OwnClassDetails,
  letter: ClassLetter | null,
): Glance {
  const words = texts.teaching.glance;
  if (letter === null)
    return {
      drawing: 'eye',
      what: words.noWord,
      about: words.noWordAbout,
      path: null,
      waits: false,
    };
  const { pupils, unread, subject, at } = letter;
  const about = words.letter(subject, weekdayAt(clock, at));
  const remind = unread.length === 0 ? '' : words.remind(unread.length);
  return {
    drawing: 'eye',
    what: words.haveRead(pupils - unread.length, pupils),
    about: remind === '' ? about : `${about}. ${remind}`,
    path: remind === '' ? null : `/classes/${id}/remind`,
    waits: false,
  };
}
