/** Who else looks at a signature: opendkim, dkimpy and rspamd, as Debian has them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { hasRspamd, startRspamd } from './rspamd.ts';
import type { SignedZone } from './signed-zone.ts';

const OPENDKIM = '/usr/sbin/opendkim';
const PYTHON = '/usr/bin/python3';
const RSPAMD_ANSWER = z.object({ symbols: z.record(z.string(), z.unknown()) });

export const hasVerifiers = (): boolean => existsSync(OPENDKIM) && hasRspamd();

/** What opendkim makes of each signature of a message, asking this DNS: `pass`, `fail`, … */
export function saidByOpendkim(message: string, { address }: SignedZone): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'preau-opendkim-'));
  const conf = join(folder, 'opendkim.conf');
  const asks = join(folder, 'unbound.conf');
  const file = join(folder, 'message');
  writeFileSync(conf, `Mode v\nSyslog no\nResolverConfiguration ${asks}\n`);
  writeFileSync(asks, libunboundConf(address));
  writeFileSync(file, message);
  try {
    const said = spawnSync(OPENDKIM, ['-x', conf, '-vvv', '-t', file], { encoding: 'utf8' });
    return [...said.stdout.matchAll(/\bdkim=(\w+)/g)].map(([, result = '']) => result);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Its library asks for itself, and nobody on its own machine unless it is told to. */
const libunboundConf = (address: string): string => `server:
  do-not-query-localhost: no
  local-zone: "test." nodefault
forward-zone:
  name: "."
  forward-addr: ${address.replace(':', '@')}
`;

/** Verifies each signature by itself; reads the message, and the records instead of the DNS. */
const DKIMPY = `
import sys, json, dkim
given = json.load(sys.stdin)
message = given['message'].encode()
found = dkim.DKIM(message)
count = sum(1 for name, _ in found.headers if name.lower() == b'dkim-signature')
def text(name, timeout=5):
    return given['keys'].get(name.decode().rstrip('.'), '').encode() or None
def verified(i):
    try:
        return dkim.DKIM(message).verify(idx=i, dnsfunc=text)
    except dkim.DKIMException:
        return False
print(json.dumps([verified(i) for i in range(count)]))
`;

/** Whether dkimpy believes each signature of a message, by the texts of their records. */
export function believedByDkimpy(
  message: string,
  keys: readonly { readonly name: string; readonly text: string }[],
): readonly boolean[] {
  const input = JSON.stringify({
    message,
    keys: Object.fromEntries(keys.map(({ name, text }) => [name, text])),
  });
  const said = execFileSync(PYTHON, ['-c', DKIMPY], { input, encoding: 'utf8' });
  return z.array(z.boolean()).parse(JSON.parse(said));
}

/** What rspamd finds in each message, by its names for it. */
export async function foundByRspamd(
  messages: readonly string[],
  { dns, from }: { readonly dns: SignedZone; readonly from: string },
): Promise<readonly (readonly string[])[]> {
  const rspamd = await startRspamd(dns.address);
  try {
    const found: (readonly string[])[] = [];
    for (const body of messages) {
      const headers = { ip: '192.0.2.25', helo: 'mx.ecoles.test', from, rcpt: 'lucie@musee.test' };
      const answer = await fetch(`${rspamd.address}/checkv2`, { method: 'POST', body, headers });
      found.push(Object.keys(RSPAMD_ANSWER.parse(await answer.json()).symbols));
    }
    return found;
  } finally {
    await rspamd.stop();
  }
}
