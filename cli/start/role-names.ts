/** What a process can be, without what it takes to be it: that is loaded later, or elsewhere. */
import type { Config } from '../../core/ground/config.ts';
import { Fault } from '../../core/ground/fault.ts';
import { needPort } from '../launcher/port.ts';
import { TEXTS } from '../texts/launcher.ts';

const ROLES = ['smtp', 'imap', 'web', 'worker'] as const;
export type RoleName = (typeof ROLES)[number];

/** Where what was started can be reached; null where that role isn't here. */
export interface Addresses {
  web: string | null;
  smtp: { readonly mx: number; readonly submission: number; readonly submissions: number } | null;
  imap: { readonly imap: number; readonly imaps: number } | null;
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
