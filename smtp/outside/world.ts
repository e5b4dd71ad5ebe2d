import { join } from 'node:path';
import { mailServers, type Config } from '../../core/ground/config.ts';
import { isLoopback } from '../../core/ground/listen.ts';
import { openNames } from '../../core/ground/names.ts';
import { systemResolver } from '../sender-authentication.ts';
import type { World } from './by-mx.ts';
import { openPolicies } from './policies.ts';
import { publicOnly } from './public-addresses.ts';
import { openSecureNames } from './secure-names.ts';

const SMTP_PORT = 25;

/** The world as a town's machine reaches it. */
export function worldOf(config: Config): World {
  const servers = config.resolver === null ? [] : [config.resolver];
  const { host } = mailServers(config);
  const resolver = systemResolver(servers);
  return {
    names: openNames(servers),
    secureNames: openSecureNames(config.resolver),
    policies: openPolicies(
      join(config.dataDir, 'mta-sts'),
      config.privateMx ? resolver : publicOnly(resolver),
    ),
    port: SMTP_PORT,
    toPrivate: config.privateMx,
    authorities: [],
    // The name that leads here (RFC 5321 §4.1.4); a machine without one yet says its domain.
    name: isLoopback(host) ? config.domain : host,
    ours: new Set([host, config.domain]),
    random: Math.random,
  };
}
