import { sayWhetherLooking, showArrival } from './notices.ts';

const EVENTS = '/events';
/** Whoever holds this lock hears for all pages of the browser. */
const EAR = 'preau-news';
const MAIL = 'mail';

/**
 * News of the account, by one stream a browser: one page hears and passes on what it hears, and
 * when it is left the next one does. An old browser without locks has a stream a page.
 */
export function hearNews(heard: () => void): void {
  if (!('EventSource' in window)) return;
  const locks = 'locks' in navigator ? navigator.locks : undefined;
  if (locks === undefined || !('BroadcastChannel' in window)) {
    listen({ heard, ended: () => {}, others: null, after: 'page' });
    return;
  }
  const others = new BroadcastChannel(EAR);
  others.addEventListener('message', ({ data }) => {
    if (data === MAIL) heard();
  });
  sayWhetherLooking(others);
  let hasWaited = false;
  void locks
    .request(EAR, { ifAvailable: true }, (lock) => {
      if (lock !== null) return hearForAll('page');
      hasWaited = true;
      return undefined;
    })
    .then(() => {
      if (hasWaited) void locks.request(EAR, () => hearForAll('gap'));
    });

  /** Until this page is left, or there is nobody signed in any more. */
  function hearForAll(after: Ear['after']): Promise<void> {
    return new Promise((ended) => {
      const forAll = (): void => {
        others.postMessage(MAIL);
        heard();
      };
      listen({ heard: forAll, ended, others, after });
    });
  }
}

interface Ear {
  readonly heard: () => void;
  /** Called once nobody is signed in any more. */
  readonly ended: () => void;
  readonly others: BroadcastChannel | null;
  /** Right after the page was made, or after a while in which nobody heard. */
  readonly after: 'page' | 'gap';
}

function listen({ heard, ended, others, after }: Ear): void {
  const source = new EventSource(EVENTS);
  let isLost = after === 'gap';
  source.addEventListener(MAIL, heard);
  source.addEventListener('notice', ({ data }: MessageEvent<string>) => showArrival(data, others));
  source.addEventListener('error', () => {
    isLost = true;
    if (source.readyState === EventSource.CLOSED) ended();
  });
  // What was announced while the line was cut is not told again.
  source.addEventListener('open', () => {
    if (isLost) heard();
    isLost = false;
  });
}
