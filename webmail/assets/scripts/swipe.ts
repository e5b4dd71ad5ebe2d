/** How far a finger goes before it means to draw a row, and how much further across than down. */
const BEGINS_PX = 14;
const ACROSS = 2;
/** What counts: this much of the row, at most so far. */
const COUNTS = 0.35;
const COUNTS_PX = 120;
/** At its edges the phone itself takes a finger that goes inwards, to go back. */
const EDGE_PX = 24;

/** What a row does when it is drawn to that side: its deed, and the button that says it. */
interface Way {
  readonly side: 'left' | 'right';
  readonly deed: string;
  readonly button: HTMLElement;
}

interface Swipe {
  readonly row: HTMLElement;
  readonly finger: number;
  readonly x: number;
  readonly y: number;
  /** Null until the finger has gone far enough. */
  way: Way | null;
}

let swipe: Swipe | null = null;
let wasDrawn = false;

/**
 * Comes where there is a finger (`touch.ts`). A row is drawn aside: to the left it is archived, to
 * the right read or unread; the toast takes it back. Whether a finger draws or scrolls the browser
 * says (`touch-action`), and whoever brings the row back before letting go has done nothing. The
 * boxes over the faces, and the keys, do the same without a finger.
 */
function drawRowsAside(): void {
  const magnified = (): boolean => (window.visualViewport?.scale ?? 1) > 1.01;
  // Whoever has magnified the page moves across it with the same finger.
  const offer = () => document.documentElement.classList.toggle('drawn-aside', !magnified());
  offer();
  window.visualViewport?.addEventListener('resize', offer);
  document.addEventListener('pointerdown', begin);
  document.addEventListener('pointermove', follow);
  document.addEventListener('pointerup', finish);
  document.addEventListener('pointercancel', putBack);
  document.addEventListener('click', dropClick, true);
  const list = document.querySelector<HTMLElement>('.three > .list');
  list?.addEventListener('touchmove', keepStill, { passive: false });
}

/**
 * A browser goes on moving unseen where a finger has thrown a row, and takes the next touch, on
 * « Annuler », for a stop.
 */
function keepStill(event: TouchEvent): void {
  if (swipe !== null && swipe.way !== null && event.cancelable) event.preventDefault();
}

function begin(event: PointerEvent): void {
  // A second finger means to magnify.
  putBack();
  wasDrawn = false;
  const { target, pointerType, isPrimary, pointerId, clientX: x, clientY: y } = event;
  if (pointerType !== 'touch' || !isPrimary || x < EDGE_PX || x > innerWidth - EDGE_PX) return;
  const row = target instanceof Element ? target.closest<HTMLElement>('.rows [data-row]') : null;
  if (row === null || row.closest('.picking') !== null) return;
  swipe = { row, finger: pointerId, x, y, way: null };
}

function follow({ pointerId, clientX, clientY }: PointerEvent): void {
  if (swipe === null || pointerId !== swipe.finger) return;
  const [across, down] = [clientX - swipe.x, clientY - swipe.y];
  if (swipe.way === null) {
    if (Math.max(Math.abs(across), Math.abs(down)) < BEGINS_PX) return;
    const way =
      Math.abs(across) < ACROSS * Math.abs(down)
        ? null
        : wayOf(swipe.row, across < 0 ? 'left' : 'right');
    if (way === null) {
      swipe = null;
      return;
    }
    swipe.way = way;
    uncover(swipe.row, way);
    wasDrawn = true;
  }
  draw(swipe.row, inWay(swipe.way, across));
  swipe.row.classList.toggle('counts', doesCount(swipe, across));
}

/** What the bar of the list offers for a row that is drawn there. */
function wayOf(row: HTMLElement, side: Way['side']): Way | null {
  const deeds =
    side === 'left' ? ['archive', 'back'] : [row.classList.contains('new') ? 'seen' : 'unseen'];
  for (const deed of deeds) {
    const button = document.querySelector<HTMLElement>(`.chosen button[value="${deed}"]`);
    if (button !== null) return { side, deed, button };
  }
  return null;
}

/** Puts below a row what it will do: the drawing and the word of the bar. */
function uncover(row: HTMLElement, { side, button }: Way): void {
  const below = document.createElement('span');
  below.className = `below ${side}`;
  below.setAttribute('aria-hidden', 'true');
  below.append(...Array.from(button.childNodes, (one) => document.importNode(one, true)));
  row.append(below);
  row.classList.add('drawn');
}

/** A row doesn't go to the other side of where it was. */
const inWay = ({ side }: Way, across: number): number =>
  side === 'left' ? Math.min(0, across) : Math.max(0, across);

const doesCount = ({ row, way }: Swipe, across: number): boolean =>
  way !== null && Math.abs(inWay(way, across)) >= Math.min(COUNTS_PX, row.offsetWidth * COUNTS);

function draw(row: HTMLElement, across: number): void {
  const words = row.querySelector<HTMLElement>('.msg');
  if (words !== null) words.style.transform = across === 0 ? '' : `translateX(${across}px)`;
}

function finish({ pointerId, clientX }: PointerEvent): void {
  if (swipe === null || pointerId !== swipe.finger) return;
  const { row, way, x } = swipe;
  const does = doesCount(swipe, clientX - x);
  if (way === null || !does || way.side === 'right') putBack();
  else draw(row, -row.offsetWidth);
  swipe = null;
  if (way !== null && does) press(row, way.deed);
}

/** As a button of the row would be pressed. */
function press(row: HTMLElement, deed: string): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset['deed'] = deed;
  row.append(button);
  button.click();
  button.remove();
}

/** Nothing is done: it scrolls, or the finger came back, or there are two. */
function putBack(): void {
  if (swipe === null) return;
  draw(swipe.row, 0);
  swipe.row.classList.remove('drawn', 'counts');
  swipe.row.querySelector('.below')?.remove();
  swipe = null;
}

/** Letting go of a row that was drawn doesn't open it. */
function dropClick(event: MouseEvent): void {
  if (!wasDrawn || !event.isTrusted) return;
  wasDrawn = false;
  event.preventDefault();
  event.stopPropagation();
}

drawRowsAside();
