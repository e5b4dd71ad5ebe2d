import type { Core } from '../../core/core.ts';
import type { WithConfig } from '../../core/ground/config.ts';
import type { WithLog } from '../../core/ground/log.ts';
import { letCollectingGiveWay } from '../../core/ground/process-priority.ts';
import type { Relay, WithDemoOutside } from '../../core/town/jobs/contract.ts';
import type { AccountSlots } from '../../imap-gateway/account-slots.ts';
import { startImap } from '../../imap-gateway/server.ts';
import { openSmarthost } from '../../smtp/outside/smarthost.ts';
import { startSmtp } from '../../smtp/server.ts';
import { startSink } from '../../smtp/sink.ts';
import { DEMO_PAGES, PAGES } from '../../webmail/routes/routes.ts';
import { startWebmail } from '../../webmail/server.ts';
import { books } from '../nights/books.ts';
import type { Addresses, RoleName } from './role-names.ts';

export interface Running {
  readonly addresses: Addresses;
  /** Closes the roles, those that take new work first. */
  close(): Promise<void>;
}

export interface RolesWish {
  /** Mail to outside is kept on a page. */
  readonly demo: boolean;
  /** Where IMAP counts the sessions of an account, with those of other processes. */
  readonly slots?: AccountSlots;
}

/**
 * Starts the roles one after the other; when one can't start, those before it are closed again.
 */
export async function startRoles(
  core: Core,
  roles: readonly RoleName[],
  options: RolesWish,
): Promise<Running> {
  letCollectingGiveWay();
  const addresses: Addresses = { web: null, smtp: null, imap: null };
  const closes: (() => Promise<void>)[] = [];
  const fronts: (() => Promise<void>)[] = [];
  const close = async () => {
    // Each lets its clients end for a few seconds: side by side, or it would be thrice as long.
    await Promise.all(fronts.splice(0).map((each) => each()));
    for (const each of closes.splice(0).reverse()) await each();
  };
  try {
    if (roles.includes('worker')) {
      const { relay, closeSink } = await relayFor(core, options);
      closes.push(closeSink, () => relay.close());
      closes.push((await core.jobs.start(relay)).close);
      closes.push(core.nights.keep([books(core)]).close);
    }
    if (roles.includes('web')) {
      const web = await startWebmail(core, options.demo ? DEMO_PAGES : PAGES);
      fronts.push(() => web.close());
      addresses.web = core.config.publicUrl.replace(/:0$/, `:${web.port}`);
    }
    if (roles.includes('smtp')) {
      const smtp = await startSmtp(core);
      fronts.push(() => smtp.close());
      addresses.smtp = smtp.ports;
    }
    if (roles.includes('imap')) {
      const imap = await startImap(core, options.slots ? { slots: options.slots } : {});
      fronts.push(() => imap.close());
      addresses.imap = imap.ports;
    }
    return { addresses, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * To the smarthost; in a demo without one to a server of our own that lets nothing out; else to the
 * servers of whoever is written to.
 */
async function relayFor(
  core: WithConfig & WithLog & WithDemoOutside,
  options: { readonly demo: boolean },
): Promise<{ relay: Relay; closeSink: () => Promise<void> }> {
  const { config, log } = core;
  if (config.smarthost !== null)
    return { relay: openSmarthost(config.smarthost, config.domain), closeSink: async () => {} };
  if (!options.demo) {
    // Who has a smarthost, or a demo, needs none of it.
    const [{ openByMx }, { worldOf }] = await Promise.all([
      import('../../smtp/outside/by-mx.ts'),
      import('../../smtp/outside/world.ts'),
    ]);
    return { relay: openByMx(worldOf(config)), closeSink: async () => {} };
  }
  const sink = await startSink(core.outside, {
    maxMessageBytes: config.maxMessageBytes,
    onError: (error) => log.warn({ err: error }, 'the demo’s outside'),
  });
  return { relay: openSmarthost(sink.url, config.domain), closeSink: sink.close };
}
