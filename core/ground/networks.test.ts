import { describe, expect, it } from 'vitest';
import { networkOf, readNetworks, wrongNetwork } from './networks.ts';

describe('networkOf', () => {
  it.each([
    ['192.0.2.77', '192.0.2.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['::ffff:c000:24d', '192.0.2.0/24'],
    ['0:0:0:0:0:FFFF:192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1:23ff::1', '2001:db8:1:2300::/56'],
    ['2001:0DB8:0001:2300:ffff:ffff:ffff:ffff', '2001:db8:1:2300::/56'],
    ['2001:db8::1', '2001:db8:0:0::/56'],
    ['2001:db8:1:2300:1:2:3:4', '2001:db8:1:2300::/56'],
    ['fe80::1%eth0', 'fe80:0:0:0::/56'],
    ['::1', '0:0:0:0::/56'],
    ['::', '0:0:0:0::/56'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/56'],
    ['192.0.2.77:4711', 'unknown'],
    ['', 'unknown'],
    ['nobody', 'unknown'],
  ])('%s is counted with %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});

describe('readNetworks', () => {
  const town = readNetworks(' 10.12.0.0/16, 192.0.2.8 ,2001:db8:77::/48,');

  it.each([
    ['10.12.255.1', true],
    ['10.13.0.1', false],
    ['::ffff:10.12.0.1', true],
    ['::ffff:a0c:1', true],
    ['192.0.2.8', true],
    ['192.0.2.9', false],
    ['2001:db8:77:ffff::1', true],
    ['2001:db8:78::1', false],
    ['unknown', false],
    ['', false],
  ])('%s: %s', (ip, within) => {
    expect(town.contains(ip)).toBe(within);
  });
  it('an empty list holds nobody', () => {
    expect(readNetworks('').contains('127.0.0.1')).toBe(false);
  });
  it('a network with bits set behind its prefix is the network', () => {
    expect(readNetworks('10.12.3.4/16').contains('10.12.200.1')).toBe(true);
  });
  it.each([
    ['10.12.0.0/33', '10.12.0.0/33'],
    ['10.12.0.0/16, 300.1.1.1/8', '300.1.1.1/8'],
    ['::/0', '::/0'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:db8::/129', '2001:db8::/129'],
    ['10.12.0.0/', '10.12.0.0/'],
    ['10.12.0.0/16/8', '10.12.0.0/16/8'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['ecole.fr', 'ecole.fr'],
    ['10.12.0.0/16,2001:db8::/48', null],
    ['', null],
  ])('of %s, %s is wrong', (list, wrong) => {
    expect(wrongNetwork(list)).toBe(wrong);
    if (wrong !== null) expect(() => readNetworks(list)).toThrow(RangeError);
  });
});
