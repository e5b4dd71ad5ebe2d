import type { SiteListUpdated } from '../core/mail/sites/contract.ts';
import { say, type CommandInput } from './command.ts';
import { SITES_SAYS } from './texts/sites.ts';
import { withCore } from './with-core.ts';

/** `preau sites`: which list is in force, since when, and what is in it. */
export function showSites({ config, flags, signal }: CommandInput): Promise<number> {
  return withCore(config, signal, async ({ sites }) => {
    const state = await sites.state();
    const { list, lastUpdate } = state;
    const trouble = lastUpdate?.trouble ?? null;
    const lines = [
      list === null ? SITES_SAYS.none(state.source) : SITES_SAYS.list(list),
      ...(list?.categories ?? []).map(({ name, entries }) => `  ${name}  ${entries}`),
      ...(trouble === null ? [] : [SITES_SAYS.trouble[trouble]]),
    ];
    say(flags, { ...state }, lines.join('\n'));
    return 0;
  });
}

/** `preau sites update`: reads the source, and puts its list in force. */
export function updateSites({ config, flags, signal }: CommandInput): Promise<number> {
  return withCore(config, signal, async ({ sites }) => {
    const updated = await sites.update(
      {
        ...(typeof flags['source'] === 'string' ? { source: flags['source'] } : {}),
        acceptSmaller: flags['accept-smaller'] === true,
        anew: flags['anew'] === true,
      },
      signal,
    );
    say(flags, { ...updated }, sentenceOf(updated));
    return updated.kind === 'loaded' || updated.kind === 'unchanged' ? 0 : 1;
  });
}

function sentenceOf(updated: SiteListUpdated): string {
  switch (updated.kind) {
    case 'loaded':
      return SITES_SAYS.loaded(updated.entries, updated.categories);
    case 'trouble':
      return `${SITES_SAYS.trouble[updated.why]} (${updated.detail})`;
    case 'unchanged':
    case 'no-source':
    case 'busy':
      return SITES_SAYS.updated[updated.kind];
  }
}

/** `preau sites check ADDRESS`: what the list in force says of it; 1 where it is on it. */
export function checkSite({ config, flags, signal, path }: CommandInput): Promise<number> {
  return withCore(config, signal, async ({ sites }) => {
    const categories = await sites.check(path);
    say(
      flags,
      { address: path, categories },
      categories.length === 0 ? SITES_SAYS.free(path) : SITES_SAYS.on(path, categories),
    );
    return categories.length === 0 ? 0 : 1;
  });
}
