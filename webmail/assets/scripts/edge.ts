/** Where its place is kept, on one's own computer. */
const PLACE = 'preau-list';
/** How wide a list is, in hundredths of the window; the stylesheet sees to it that words fit. */
const LEAST = 20;
const MOST = 55;
/** What a key moves it by, and where a click that draws nothing puts it, one after the other. */
const STEP = 2;
const STOPS = [26, 34, 44];
/** A hand that holds still moves as far. */
const STILL_PX = 4;

/**
 * The edge between the list and the reading pane is drawn by the hand, moved by the arrows, Home
 * and End, and put to the next of three places by a click.
 */
export function drawEdge(): void {
  const edge = document.querySelector<HTMLElement>('.edge');
  const main = document.querySelector<HTMLElement>('.mail.three');
  const list = document.querySelector<HTMLElement>('.three > .list');
  if (edge === null || main === null || list === null) return;
  const isKept = edge.dataset['kept'] !== undefined;
  const now = (): number => Math.round((list.offsetWidth / main.offsetWidth) * 100);
  const put = (wanted: number): void => {
    main.style.setProperty('--list', `${Math.min(MOST, Math.max(LEAST, wanted))}%`);
    edge.setAttribute('aria-valuenow', String(now()));
  };
  const keep = (): void => {
    if (isKept) localStorage.setItem(PLACE, String(now()));
  };
  const kept = isKept ? Number(localStorage.getItem(PLACE)) : 0;
  edge.hidden = false;
  edge.setAttribute('aria-valuemin', String(LEAST));
  edge.setAttribute('aria-valuemax', String(MOST));
  if (kept > 0) put(kept);
  else edge.setAttribute('aria-valuenow', String(now()));

  edge.addEventListener('keydown', (event) => {
    const to = placeBy(event.key, now());
    if (to === null) return;
    event.preventDefault();
    put(to);
    keep();
  });
  edge.addEventListener('pointerdown', ({ pointerId, clientX: from, button }) => {
    if (button !== 0) return;
    edge.setPointerCapture(pointerId);
    let isStill = true;
    edge.onpointermove = ({ clientX }) => {
      isStill = isStill && Math.abs(clientX - from) < STILL_PX;
      const { left } = list.getBoundingClientRect();
      if (!isStill) put(Math.round(((clientX - left) / main.offsetWidth) * 100));
    };
    edge.onlostpointercapture = () => {
      edge.onpointermove = null;
      edge.onlostpointercapture = null;
      if (isStill) put(STOPS.find((stop) => stop > now()) ?? STOPS[0] ?? LEAST);
      keep();
    };
  });
}

function placeBy(key: string, now: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return now - STEP;
    case 'ArrowRight':
      return now + STEP;
    case 'Home':
      return LEAST;
    case 'End':
      return MOST;
    default:
      return null;
  }
}
