import { setTimeout as sleep } from 'node:timers/promises';
import { median, percentile, print, rounded } from './figures.ts';
import { PAGES, type BenchGuest, type PageName, type WebSite } from './web-site.ts';

/** How many ask at once. */
export const AT_ONCE = 50;
/** One load lasts so long: short, so that stacks meet the same minute of a shared machine. */
const LOAD_MS = 3_000;
/** Before anything is counted: a program that has just started is slower. */
const FIRST_PAGES = 300;
const SIGNING_IN_AT_ONCE = 4;

/** Medians over the rounds of one page on one site. */
export interface WebFound {
  readonly site: WebSite['name'];
  readonly page: PageName;
  readonly perSecond: number;
  readonly p50Ms: number;
  /** Processor time a page of the site's own processes, its database or mail server apart. */
  readonly ownCpuMs: number;
}

interface Taken {
  readonly perSecond: number;
  readonly times: readonly number[];
  readonly bytes: number;
  readonly cpuMs: Readonly<Record<string, number>>;
}

/** Each page on each site in turn, over and over; the order is turned round each time. */
export async function webRounds(
  sites: readonly WebSite[],
  rounds: number,
): Promise<readonly WebFound[]> {
  const guests = new Map<WebSite, readonly BenchGuest[]>();
  for (const site of sites) guests.set(site, await enterAll(site));
  const taken = new Map<string, Taken[]>();
  for (const page of PAGES) {
    for (const site of sites) await warmUp(guests.get(site) ?? [], page);
    for (let round = 0; round < rounds; round += 1) {
      for (const site of round % 2 === 0 ? sites : sites.toReversed()) {
        const key = `${site.name} ${page}`;
        const one = await load(site, guests.get(site) ?? [], page);
        taken.set(key, [...(taken.get(key) ?? []), one]);
      }
    }
  }
  for (const each of guests.values()) for (const { visitor } of each) visitor.close();
  return PAGES.flatMap((page) =>
    sites.map((site) => tell(site, page, taken.get(`${site.name} ${page}`) ?? [])),
  );
}

/** A few at a time: a password is meant to take its while. */
async function enterAll(site: WebSite): Promise<readonly BenchGuest[]> {
  const guests: BenchGuest[] = [];
  let next = 1;
  const enter = async (): Promise<void> => {
    for (let user = next++; user <= AT_ONCE; user = next++) guests.push(await site.enter(user));
  };
  await Promise.all(Array.from({ length: SIGNING_IN_AT_ONCE }, enter));
  return guests;
}

async function warmUp(guests: readonly BenchGuest[], page: PageName): Promise<void> {
  for (let left = FIRST_PAGES; left > 0; left -= guests.length)
    await Promise.all(guests.map((guest) => askOnce(guest, page, 'counted')));
  for (const guest of guests.slice(0, 1)) await askOnce(guest, page, 'read');
}

async function askOnce(
  { visitor, pages }: BenchGuest,
  page: PageName,
  as: 'read' | 'counted',
): Promise<number> {
  const { path, headers = {}, expect } = pages[page];
  const { status, body } = await visitor.ask(path, { headers, as });
  if (status !== 200 || (as === 'read' && !expect.test(body.toString())))
    throw new Error(`${path}: ${status}, ${body.toString().slice(0, 200)}`);
  return body.length;
}

async function load(site: WebSite, guests: readonly BenchGuest[], page: PageName): Promise<Taken> {
  await sleep(200); // what the load before left to do
  const times: number[] = [];
  let bytes = 0;
  const before = site.cpuMs();
  const begun = performance.now();
  await Promise.all(
    guests.map(async (guest) => {
      while (performance.now() - begun < LOAD_MS) {
        const asked = performance.now();
        const length = await askOnce(guest, page, 'counted');
        times.push(performance.now() - asked);
        bytes += length;
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  const after = site.cpuMs();
  return {
    perSecond: times.length / seconds,
    times,
    bytes: bytes / times.length,
    cpuMs: Object.fromEntries(
      Object.entries(after).map(([name, ms]) => [name, (ms - (before[name] ?? 0)) / times.length]),
    ),
  };
}

function tell(site: WebSite, page: PageName, taken: readonly Taken[]): WebFound {
  const of = (value: (one: Taken) => number): number => rounded(median(taken.map(value)));
  const kinds = Object.keys(taken[0]?.cpuMs ?? {});
  const found = {
    site: site.name,
    page,
    perSecond: of(({ perSecond }) => perSecond),
    p50Ms: of(({ times }) => median(times)),
    ownCpuMs: of(({ cpuMs }) => cpuMs[kinds[0] ?? ''] ?? NaN),
  };
  print({
    figure: 'web',
    site: site.name,
    page,
    at_once: AT_ONCE,
    pages_per_s: found.perSecond,
    p50_ms: found.p50Ms,
    p99_ms: of(({ times }) => percentile(times, 0.99)),
    ...Object.fromEntries(
      kinds.map((kind) => [`cpu_ms_per_page_${kind}`, of(({ cpuMs }) => cpuMs[kind] ?? NaN)]),
    ),
    bytes: Math.round(of(({ bytes }) => bytes)),
    rounds_per_s: taken.map(({ perSecond }) => rounded(perSecond)),
  });
  return found;
}
