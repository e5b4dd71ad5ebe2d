import { describe, expect, it } from 'vitest';
import { reverseName, serverSigns } from './server-signs.ts';

/** A world of names; what it doesn't have isn't there, `lost` doesn't answer. */
const RECORDS: Readonly<Record<string, readonly string[]>> = {
  'PTR 25.2.0.192.in-addr.arpa': ['mx.musee.example'],
  'A mx.musee.example': ['192.0.2.25'],
  'PTR 26.2.0.192.in-addr.arpa': ['mx.musee.example'],
};

function resolver(name: string, type: string): Promise<string[]> {
  const answer = RECORDS[`${type} ${name}`];
  if (answer !== undefined) return Promise.resolve([...answer]);
  const code = name.startsWith('27.') ? 'ETIMEOUT' : 'ENOTFOUND';
  return Promise.reject(Object.assign(new Error(code), { code }));
}

describe('a server', () => {
  it.each([
    ['192.0.2.25', 'mx.musee.example', [], 'mx.musee.example'],
    ['192.0.2.26', 'mx.musee.example', ['unknown'], null],
    ['192.0.2.27', 'mx.musee.example', [], null],
    ['192.0.2.25', 'localhost', ['without-name'], 'mx.musee.example'],
    ['192.0.2.25', '[192.0.2.25]', ['without-name'], 'mx.musee.example'],
    ['192.0.2.28', 'ecoles.example', ['without-name', 'unknown'], null],
  ])('%s that greets as %s bears %j, and is %s', async (ip, helo, signs, hostname) =>
    expect(await serverSigns({ ip, helo }, { host: 'ecoles.example', resolver })).toEqual({
      signs,
      hostname,
    }),
  );
});

it('an IPv6 address is looked for by its digits', () =>
  expect(reverseName('2001:db8::1')).toBe(
    '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
  ));
