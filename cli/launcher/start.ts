import type { Logger } from 'pino';
import { redacted, urlHost, type Config } from '../../core/config.ts';
import type { Core } from '../../core/core.ts';
import { Fault } from '../../core/fault.ts';
import { openCore } from '../../core/open.ts';
import { requireIsolation } from '../../core/store/isolation.ts';
import { migrate } from '../../core/store/migrate.ts';
import { isPrivate, makeTown } from '../demo.ts';
import { SMALL_TOWN } from '../demo/plan.ts';
import { DEMO_PASSWORD, signIns } from '../demo/seed.ts';
import { TEXTS } from '../texts/launcher.ts';
import { firstLink } from '../town/setup-link.ts';
import { needPorts, startRoles, type Addresses, type RoleName } from './roles.ts';
import { startServices } from './services.ts';

interface StartWish {
  readonly roles: readonly RoleName[];
  readonly demo: boolean;
  readonly log: Logger;
  /** Aborted when the person has had enough: what was started is stopped again. */
  readonly signal: AbortSignal;
}

interface Started {
  readonly addresses: Addresses;
  /** The link of the first agent, where there is none yet. */
  readonly setup: string | null;
  /** Sentences to print, for people. */
  readonly greeting: string;
  stop(): Promise<void>;
}

/**
 * Starts everything that this process is to be, in order; when a step fails, what came before is
 * stopped. Throws a `Fault`.
 */
export async function start(config: Config, wish: StartWish): Promise<Started> {
  const { log, signal } = wish;
  log.info({ config: redacted(config) }, 'configuration');
  await needPorts(config, wish.roles);
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse())
      await each().catch((error: unknown) =>
        log.error({ err: error }, 'a part did not stop in order'),
      );
  };
  try {
    const services = await startServices(config, { log, signal });
    stops.push(services.stop);
    signal.throwIfAborted();
    const core = await openOn(services.config);
    stops.push(() => core.close());
    signal.throwIfAborted();
    const kind = await core.setup.kind();
    // A real town's mail leaves, whatever this machine is.
    const demo = wish.demo && isPrivate(config) && kind !== 'real';
    if (demo && kind === 'empty')
      await makeTown(core, { size: SMALL_TOWN, mailPerBox: 0, embedded: true, progress: () => {} });
    signal.throwIfAborted();
    const running = await startRoles(core, wish.roles, { demo });
    stops.push(running.close);
    const link = demo ? null : await firstLink(core, running.addresses.web);
    return {
      addresses: running.addresses,
      setup: link?.address ?? null,
      greeting: greeting(config, running.addresses, { demo, link: link?.sentence ?? null }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Migrates where the owner's address is known, makes sure that the database keeps schools apart,
 * opens core.
 */
export async function openOn(
  config: Config,
  options: { readonly log?: Core['log'] } = {},
): Promise<Core> {
  const { databaseUrl, databaseAdminUrl } = config;
  if (databaseUrl === null)
    throw new Fault('configuration', 'PREAU_DATABASE_URL', { transient: false });
  if (databaseAdminUrl !== null) await migrate({ adminUrl: databaseAdminUrl, appUrl: databaseUrl });
  await requireIsolation(databaseUrl);
  return openCore(config, options);
}

function greeting(
  config: Config,
  addresses: Addresses,
  { demo, link }: { readonly demo: boolean; readonly link: string | null },
): string {
  const host = urlHost(config.host);
  const { smtp, imap, web } = addresses;
  const at = (port: number): string => `${host}:${port}`;
  const says = TEXTS.greeting;
  const lines = ['', says.ready];
  if (web !== null) lines.push(says.pages(web));
  if (smtp !== null)
    lines.push(says.mx(at(smtp.mx)), says.submission(at(smtp.submission), at(smtp.submissions)));
  if (imap !== null) lines.push(says.imap(at(imap.imap), at(imap.imaps)));
  if (demo)
    lines.push(
      '',
      says.signIns(DEMO_PASSWORD),
      ...signIns(config.domain).map((address) => `  ${address}`),
    );
  if (link !== null) lines.push('', link.trimEnd());
  return [...lines, '', says.howToStop, ''].join('\n');
}
