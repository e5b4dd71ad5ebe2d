import type { Config } from '../../ground/config.ts';
import { openNames } from '../../ground/names.ts';
import { MACHINE } from './machine.ts';
import type { Beyond } from './surroundings.ts';

/** Large enough to be reached by whoever can reach anybody, and used to be knocked at. */
const OUTSIDE_DOMAINS = ['laposte.net', 'orange.fr', 'gmail.com'];
const SMTP_PORT = 25;
const NTP_PORT = 123;

/** The world as a town's machine sees it. */
export function beyondThisMachine({ resolver }: Pick<Config, 'resolver'>): Beyond {
  return {
    names: openNames(resolver === null ? [] : [resolver]),
    machine: MACHINE,
    smtpPort: SMTP_PORT,
    outsideDomains: OUTSIDE_DOMAINS,
    authorities: [],
    timeServer: { host: 'pool.ntp.org', port: NTP_PORT },
  };
}
