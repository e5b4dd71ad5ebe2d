import { readFileSync } from 'node:fs';

/** The ids of a user of this system, or null. */
export function idsOf(name: string): { readonly uid: number; readonly gid: number } | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
    ?.split(':');
  return line === undefined ? null : { uid: Number(line[2]), gid: Number(line[3]) };
}
