const EVENTS = '/events';
/** Whoever holds this lock hears for all pages of the browser. */
const EAR = 'preau-news';

/**
 * News of the account, by one stream a browser: one page hears and passes on what it hears, and
 * when it is left the next one does. An old browser without locks has a stream a page.
 */
export function hearNews(heard: () => void): void {
  if (!('EventSource' in window)) return;
  const { locks } = navigator as { readonly locks?: LockManager };
  if (locks === undefined || !('BroadcastChannel' in window)) {
    listen(heard, () => {});
    return;
  }
  const others = new BroadcastChannel(EAR);
  others.addEventListener('message', heard);
  let hasWaited = false;
  void locks
    .request(EAR, { ifAvailable: true }, (lock) => {
      if (lock !== null) return hearForAll();
      hasWaited = true;
      return undefined;
    })
    .then(() => {
      if (hasWaited)
        void locks.request(EAR, () => {
          heard(); // what came while nobody heard
          return hearForAll();
        });
    });

  /** Until this page is left, or there is nobody signed in any more. */
  function hearForAll(): Promise<void> {
    return new Promise((end) => {
      listen(() => {
        others.postMessage('mail');
        heard();
      }, end);
    });
  }
}

function listen(heard: () => void, ended: () => void): void {
  const source = new EventSource(EVENTS);
  let isLost = false;
  source.addEventListener('mail', heard);
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
