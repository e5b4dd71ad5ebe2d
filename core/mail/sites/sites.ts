import { linksIn, normaliseLink } from '../../letters/message/links.ts';
import { currentSiteList, lastSiteUpdate } from '../../store/town/site-lists.ts';
import type { SiteListState, Sites } from './contract.ts';
import { lookUp } from './look-up.ts';
import { update, type SiteParts } from './update.ts';

/** The list of forbidden sites. */
export function openSites(parts: SiteParts): Sites {
  return {
    lookUp: (found) => lookUp(parts.store, found),
    check: (address) => check(parts, address),
    state: () => state(parts),
    update: (wish, signal) => update(parts, wish, signal),
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
        trouble: last.trouble,
      },
    };
  });
}
