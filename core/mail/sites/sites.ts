import { setTimeout as pause } from 'node:timers/promises';
import { clockAt } from '../../ground/clock.ts';
import { HOUR_MS } from '../../ground/spans.ts';
import { clockOfTown } from '../../ground/time-zones.ts';
import { linksIn, normaliseLink } from '../../letters/message/links.ts';
import { readTown } from '../../store/town/settings.ts';
import { currentSiteList, lastSiteUpdate } from '../../store/town/site-lists.ts';
import type { SiteListState, Sites, SiteTrouble } from './contract.ts';
import { lookUp } from './look-up.ts';
import { update, type SiteParts } from './update.ts';

/** How often it is asked whether the list is to be read: an agent may wait for it. */
const LOOKED_MS = 30_000;
/** UT1's changes every day. */
const FRESH_MS = 20 * HOUR_MS;
/** After a trouble. */
const AGAIN_MS = HOUR_MS;
/** Past this it doesn't wait for the night. */
const OLD_MS = 72 * HOUR_MS;
/** Of the town's clock: no heavy work while schools are open. */
const NIGHT = { from: '20:00', to: '06:00' } as const;

/** The list of forbidden sites. */
export function openSites(parts: SiteParts): Sites {
  return {
    lookUp: (found) => lookUp(parts.store, found),
    check: (address) => check(parts, address),
    state: () => state(parts),
    update: (wish, signal) => update(parts, wish, signal),
    keepFresh: () => keepFresh(parts),
  };
}

async function check({ store }: SiteParts, address: string): Promise<readonly string[]> {
  const links = [...linksIn(address.trim())].flatMap((link) => normaliseLink(link) ?? []);
  const { sites } = await lookUp(store, { links, areMore: false, filesCut: false });
  return [...new Set(sites.flatMap(({ categories }) => categories))];
}

async function state({ store, source }: SiteParts): Promise<SiteListState> {
  return store.readTown(async (tx) => {
    const last = await lastSiteUpdate(tx);
    return {
      source,
      list: await currentSiteList(tx),
      lastUpdate: last && {
        at: last.endedAt ?? last.begunAt,
        isRunning: last.endedAt === null,
        trouble: last.trouble as SiteTrouble | null,
      },
    };
  });
}

function keepFresh(parts: SiteParts): { close(): Promise<void> } {
  const ended = new AbortController();
  const { signal } = ended;
  const looking = (async () => {
    while (!signal.aborted) {
      await lookAfter(parts, signal).catch((error: unknown) => {
        if (!signal.aborted)
          parts.log.warn({ err: error }, 'the list of sites was not looked after');
      });
      await pause(LOOKED_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    async close() {
      ended.abort();
      await looking;
    },
  };
}

async function lookAfter(parts: SiteParts, signal: AbortSignal): Promise<void> {
  const { store, clock, source } = parts;
  if (source === null) return;
  const { list, lastUpdate } = await state(parts);
  const zone = clockOfTown(await store.readTown(readTown));
  if (isDue({ list, lastUpdate }, clock(), zone)) await update(parts, {}, signal);
}

/** Whether it is time to read the source. Pure. */
export function isDue(
  { list, lastUpdate }: Pick<SiteListState, 'list' | 'lastUpdate'>,
  now: Date,
  timeZone: string,
): boolean {
  if (lastUpdate === null) return true;
  const age = now.getTime() - lastUpdate.at.getTime();
  if (list === null || lastUpdate.trouble !== null || lastUpdate.isRunning) return age >= AGAIN_MS;
  const { time } = clockAt(now, timeZone);
  const isNight = time >= NIGHT.from || time < NIGHT.to;
  return age >= (isNight ? FRESH_MS : OLD_MS);
}
