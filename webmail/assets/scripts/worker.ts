/**
 * Shows a page of ours where there is no network. It keeps that page and what it looks like, never
 * a page of somebody, and goes away with the next sign-out (Clear-Site-Data).
 */
interface Lasting extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Asked extends Event {
  readonly request: Request;
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}
interface OwnWorker {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', hear: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', hear: (event: Asked) => void): void;
}
/** The addresses of its stylesheet, drawings and script; the server writes them above. */
declare const FILES: readonly string[];
declare const self: OwnWorker;

/** In the language and the words of who reads here. */
const OFFLINE = `/offline${self.location.search}`;
/** Another one with each new file: what was kept before goes. */
const SHELF = `preau ${OFFLINE} ${FILES.join(' ')}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELF)
      .then((shelf) => shelf.addAll([OFFLINE, ...FILES]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((one) => one !== SHELF).map((one) => caches.delete(one))),
      )
      // The network is asked while the worker wakes.
      .then(() => self.registration.navigationPreload?.enable()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate' && request.method === 'GET') event.respondWith(shown(event));
  else if (FILES.indexOf(new URL(request.url).pathname) !== -1)
    event.respondWith(fetch(request).catch(() => kept(request.url)));
});

async function shown({ request, preloadResponse }: Asked): Promise<Response> {
  try {
    return (await preloadResponse) ?? (await fetch(request));
  } catch {
    return kept(OFFLINE);
  }
}

async function kept(url: string): Promise<Response> {
  return (await caches.match(url)) ?? Response.error();
}
