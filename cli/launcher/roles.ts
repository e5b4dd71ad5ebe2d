import type { Config } from '../../core/config.ts';
import type { Core, CoreWith, Relay } from '../../core/core.ts';
import { Fault } from '../../core/fault.ts';
import { startImap } from '../../imap-gateway/server.ts';
import { openSmarthost } from '../../smtp/outbound.ts';
import { startSmtp } from '../../smtp/server.ts';
import { startSink } from '../../smtp/sink.ts';
import { DEMO_PAGES, PAGES } from '../../webmail/routes.ts';
import { startWebmail } from '../../webmail/server.ts';
import { TEXTS } from '../texts/launcher.ts';
import { needPort } from './port.ts';

const ROLES = ['smtp', 'imap', 'web', 'worker'] as const;
export type RoleName = (typeof ROLES)[number];

/** Where what was started can be reached; null where that role isn't here. */
export interface Addresses {
  web: string | null;
  smtp: { readonly mx: number; readonly submission: number; readonly submissions: number } | null;
  imap: { readonly imap: number; readonly imaps: number } | null;
}

interface Running {
  readonly addresses: Addresses;
  /** Closes the roles, those that take new work first. */
  close(): Promise<void>;
}

/**
 * The roles that `--roles` names, all of them without it. Throws a `Fault` 'configuration' for a
 * name that is none.
 */
export function readRoles(flag: string | boolean | undefined): readonly RoleName[] {
  if (typeof flag !== 'string') return ROLES;
  const names = flag
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const wrong = names.find((name) => !ROLES.some((role) => role === name));
  if (wrong !== undefined || names.length === 0)
    throw new Fault('configuration', TEXTS.noRole(wrong ?? '', ROLES), { transient: false });
  return ROLES.filter((role) => names.includes(role));
}

/**
 * Makes sure before anything is started that no port is taken. Throws a `Fault` 'configuration'
 * that names the variable.
 */
export async function needPorts(config: Config, roles: readonly RoleName[]): Promise<void> {
  const needed: readonly (readonly [RoleName, number, string])[] = [
    ['web', config.webPort, 'PREAU_WEB_PORT'],
    ...(config.httpsPort === null
      ? []
      : ([['web', config.httpsPort, 'PREAU_HTTPS_PORT']] as const)),
    ['smtp', config.mxPort, 'PREAU_MX_PORT'],
    ['smtp', config.submissionPort, 'PREAU_SUBMISSION_PORT'],
    ['smtp', config.submissionsPort, 'PREAU_SUBMISSIONS_PORT'],
    ['imap', config.imapPort, 'PREAU_IMAP_PORT'],
    ['imap', config.imapsPort, 'PREAU_IMAPS_PORT'],
  ];
  for (const [role, port, variable] of needed)
    if (roles.includes(role)) await needPort(port, config.host, variable);
}

/**
 * Starts the roles one after the other; when one can't start, those before it are closed again.
 * `demo` keeps mail to outside on a page.
 */
export async function startRoles(
  core: Core,
  roles: readonly RoleName[],
  options: { readonly demo: boolean },
): Promise<Running> {
  const addresses: Addresses = { web: null, smtp: null, imap: null };
  const closes: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const each of closes.reverse()) await each();
    closes.length = 0;
  };
  try {
    if (roles.includes('worker')) {
      const { relay, closeSink } = await relayFor(core, options);
      closes.push(closeSink, async () => relay?.close());
      closes.push((await core.jobs.start(relay)).close);
    }
    if (roles.includes('web')) {
      const web = await startWebmail(core, options.demo ? DEMO_PAGES : PAGES);
      closes.push(() => web.close());
      addresses.web = core.config.publicUrl.replace(/:0$/, `:${web.port}`);
    }
    if (roles.includes('smtp')) {
      const smtp = await startSmtp(core);
      closes.push(() => smtp.close());
      addresses.smtp = smtp.ports;
    }
    if (roles.includes('imap')) {
      const imap = await startImap(core);
      closes.push(() => imap.close());
      addresses.imap = imap.ports;
    }
    return { addresses, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * To the smarthost; in a demo without one to a server of our own that lets nothing out; else
 * nowhere yet.
 */
async function relayFor(
  core: CoreWith<'config' | 'log' | 'outside'>,
  options: { readonly demo: boolean },
): Promise<{ relay: Relay | null; closeSink: () => Promise<void> }> {
  const { config, log } = core;
  if (config.smarthost !== null)
    return { relay: openSmarthost(config.smarthost, config.domain), closeSink: async () => {} };
  if (!options.demo) return { relay: null, closeSink: async () => {} };
  const sink = await startSink(core.outside, {
    maxMessageBytes: config.maxMessageBytes,
    onError: (error) => log.warn({ err: error }, 'the demo’s outside'),
  });
  return { relay: openSmarthost(sink.url, config.domain), closeSink: sink.close };
}
