import { expect, it } from 'vitest';
import { LIMITS } from './limits.ts';
import { openTally, peersOf, proxyPeer } from './peers.ts';

const peerOf = peersOf({ schoolNetworks: '10.12.0.0/16,2001:db8:12::/48' }, LIMITS);

it.each([
  { ip: '192.0.2.7', key: '192.0.2.7', connections: LIMITS.connectionsPerPeer },
  { ip: '::ffff:192.0.2.7', key: '192.0.2.7', connections: LIMITS.connectionsPerPeer },
  { ip: '2001:db8:1:23ff::1', key: '2001:db8:1:2300::/56', connections: LIMITS.connectionsPerPeer },
  { ip: '10.12.3.4', key: '10.12.3.4', connections: LIMITS.connectionsPerSchool },
  { ip: '2001:db8:12:1::1', key: '2001:db8:12:0::/56', connections: LIMITS.connectionsPerSchool },
  { ip: '127.0.0.1', key: '127.0.0.1', connections: LIMITS.connectionsPerSchool },
  { ip: '::1', key: '0:0:0:0::/56', connections: LIMITS.connectionsPerSchool },
  { ip: '', key: 'unknown', connections: LIMITS.connectionsPerPeer },
])('$ip counts as $key with $connections connections', ({ ip, key, connections }) => {
  expect(peerOf(ip)).toMatchObject({ key, connections });
});

it('holds the proxy by the limit of all alone', () => {
  const proxy = proxyPeer({ trustedProxy: '192.0.2.0/28' }, LIMITS);
  expect(proxy('192.0.2.3')).toMatchObject({ key: 'proxy', connections: LIMITS.connections });
  expect([proxy('192.0.2.77'), proxyPeer({ trustedProxy: null }, LIMITS)('192.0.2.3')]).toEqual([
    null,
    null,
  ]);
});

it('lets a whole school in: three connections for each of 3,022 computers behind one address', () => {
  expect(LIMITS.connectionsPerSchool).toBeGreaterThan(3 * 3_022);
  expect(LIMITS.connections).toBeGreaterThan(LIMITS.connectionsPerSchool);
  expect(LIMITS.streamsPerSchool).toBeGreaterThan(2 * 3_022);
});

it('counts at the limit and not over it, of one and of all', () => {
  const tally = openTally(5);
  expect([tally.take('a', 3, 2), tally.take('a', 3), tally.take('a', 3)]).toEqual([
    null,
    null,
    'peer',
  ]);
  expect([tally.take('b', 3, 2), tally.take('b', 3)]).toEqual([null, 'all']);
  tally.giveBack('a', 3);
  expect([tally.take('b', 3), tally.take('a', 3, 2), tally.take('a', 3)]).toEqual([
    null,
    null,
    'all',
  ]);
});
