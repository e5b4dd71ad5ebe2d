import { postForm } from './fragments.ts';

/** A quarter of an hour, by which lessons are moved. */
const STEP_MINUTES = 15;
const ROW_MINUTES = 5;
const WEEK_DAYS = 5;

/** Where a lesson stands in a week. */
interface Placed {
  readonly lesson: string;
  readonly weekday: number;
  /** Minutes since midnight. */
  readonly from: number;
  readonly to: number;
}

let before: Placed | null = null;
let turns: Promise<void> = Promise.resolve();
let drawn: { readonly lesson: Placed; readonly heldAt: number } | null = null;

const grid = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-week]');

const minutesIn = (text = ''): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

function timeOf(minutes: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function lessonAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-lesson]') : null;
}

const placeOf = ({ dataset }: HTMLElement): Placed => ({
  lesson: dataset['lesson'] ?? '',
  weekday: Number(dataset['weekday']),
  from: minutesIn(dataset['from']),
  to: minutesIn(dataset['to']),
});

const linkOf = (lesson: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-lesson="${lesson}"]`);

/** Moves a lesson as its form would; the week that comes back takes the place of this one. */
async function move(to: Placed): Promise<void> {
  const week = grid();
  const link = linkOf(to.lesson);
  const token = document.querySelector<HTMLInputElement>('input[name="csrf"]');
  if (week === null || link === null || token === null) return;
  const was = placeOf(link);
  const body = new URLSearchParams({
    csrf: token.value,
    lesson: to.lesson,
    edition: link.dataset['edition'] ?? '',
    weekday: String(to.weekday),
    from: timeOf(to.from),
    to: timeOf(to.to),
  });
  link.setAttribute('aria-busy', 'true');
  const page = await postForm(`${week.dataset['week'] ?? ''}/move`, body);
  link.removeAttribute('aria-busy');
  if (page === null) {
    say(week.dataset['notMoved'] ?? '');
    return;
  }
  before = was;
  for (const part of ['[data-week]', '#form']) {
    const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
    if (old !== null && fresh !== null) old.replaceWith(document.importNode(fresh, true));
  }
  const moved = linkOf(to.lesson);
  moved?.focus();
  const when = moved?.closest('.dayc')?.querySelector('h3')?.textContent ?? '';
  const words = [
    moved?.querySelector('b')?.textContent,
    when,
    moved?.querySelector('.at')?.textContent,
  ];
  say(words.map((one) => (one ?? '').trim()).join(', '));
}

/**
 * Acts once what was asked before has come back: a key that is pressed meanwhile goes on from where
 * the lesson stands then.
 */
function inTurn(act: () => Promise<void> | undefined): void {
  turns = turns.then(act).catch(() => say(grid()?.dataset['notMoved'] ?? ''));
}

function say(words: string): void {
  const place = document.getElementById('week-said');
  if (place !== null) place.textContent = words;
}

const DOWN: Readonly<Record<string, number>> = { ArrowDown: STEP_MINUTES, ArrowUp: -STEP_MINUTES };
const ASIDE: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Where a key would have a lesson; null where it stays. */
function keyed({ key, shiftKey }: KeyboardEvent, at: Placed): Placed | null {
  const down = DOWN[key];
  if (down !== undefined)
    return shiftKey
      ? { ...at, to: at.to + down }
      : { ...at, from: at.from + down, to: at.to + down };
  const weekday = at.weekday + (ASIDE[key] ?? 0);
  return weekday === at.weekday || weekday < 1 || weekday > WEEK_DAYS ? null : { ...at, weekday };
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'z' && (event.ctrlKey || event.metaKey) && before !== null) {
    if (event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    inTurn(() => (before === null ? undefined : move(before)));
    return;
  }
  const lesson = lessonAt(event.target)?.dataset['lesson'];
  if (lesson === undefined || !(event.key in DOWN || event.key in ASIDE)) return;
  event.preventDefault();
  inTurn(() => {
    const link = linkOf(lesson);
    const to = link === null ? null : keyed(event, placeOf(link));
    return to === null ? undefined : move(to);
  });
});

document.addEventListener('dragstart', (event) => {
  const link = lessonAt(event.target);
  if (link === null || event.dataTransfer === null) return;
  event.dataTransfer.effectAllowed = 'move';
  drawn = { lesson: placeOf(link), heldAt: event.clientY - link.getBoundingClientRect().top };
  link.classList.add('moved');
});

document.addEventListener('dragover', (event) => {
  if (drawn !== null && columnAt(event.target) !== null) event.preventDefault();
});

document.addEventListener('drop', (event) => {
  const column = columnAt(event.target);
  if (drawn === null || column === null) return;
  event.preventDefault();
  const { lesson, heldAt } = drawn;
  const list = column.querySelector('ol');
  const row = list === null ? 0 : parseFloat(getComputedStyle(list).gridAutoRows);
  if (list === null || !(row > 0)) return;
  const top = event.clientY - heldAt - list.getBoundingClientRect().top;
  const start = Number(grid()?.dataset['from']) + (top / row) * ROW_MINUTES;
  const from = Math.round(start / STEP_MINUTES) * STEP_MINUTES;
  const weekday = Array.from(document.querySelectorAll('[data-week] .dayc')).indexOf(column) + 1;
  inTurn(() => move({ ...lesson, weekday, from, to: from + lesson.to - lesson.from }));
});

document.addEventListener('dragend', () => {
  if (drawn !== null) linkOf(drawn.lesson.lesson)?.classList.remove('moved');
  drawn = null;
});

const columnAt = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest('[data-week] .dayc') : null;

for (const row of Array.from(document.querySelectorAll<HTMLElement>('[data-keyrow]')))
  row.hidden = false;
