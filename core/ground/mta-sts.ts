import { hash } from 'node:crypto';
import { mailServers, type Config } from './config.ts';

/** How long others may remember the policy, in seconds: RFC 8461 §3.2 speaks of weeks. */
const POLICY_SECONDS = 1_209_600;

/**
 * The policy that others read before they bring mail (RFC 8461 §3.2), and the name that its record
 * gives it: another one as soon as it says something else. Null: the town wants none.
 */
export function mtaStsPolicy(
  config: Config,
): { readonly id: string; readonly text: string } | null {
  if (config.mtaSts === 'none') return null;
  const lines = [
    'version: STSv1',
    `mode: ${config.mtaSts}`,
    `mx: ${mailServers(config).host}`,
    `max_age: ${POLICY_SECONDS}`,
  ];
  const text = lines.map((line) => `${line}\r\n`).join('');
  return { id: hash('sha256', text).slice(0, 20), text };
}
