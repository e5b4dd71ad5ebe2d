import { dkimVerify } from 'mailauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../../../tests/shared/town.ts';
import type { SchoolId } from '../../ground/ids.ts';
import { openNames } from '../../ground/names.ts';
import { DAY_MS } from '../../ground/spans.ts';
import { openNameServer, type NameServer } from '../readiness/testing/name-server.ts';
import type { SigningKey } from './contract.ts';
import { openSigning } from './signing.ts';

const DOMAIN = 'ecoles.ville.fr';
const WHICH = { school: 1 as SchoolId, message: 1 };
const LETTER = Buffer.from(
  `From: "Claire" <claire@${DOMAIN}>\r\nTo: musee@exemple.org\r\nSubject: visite\r\n\r\nBonjour,\r\n\r\nà mardi.\r\n`,
);

let town: TestTown;
let zone: NameServer;
beforeAll(async () => {
  town = await openTestTown();
  zone = await openNameServer({});
});
afterAll(async () => {
  zone.close();
  await town.close();
});
beforeEach(async () => {
  zone.zone = {};
  await town.admin.query('delete from signing_key');
});

const open = (secret = Buffer.alloc(32, 1)) =>
  openSigning({ ...town.parts, names: openNames([zone.address]), secret, domain: DOMAIN });
const later = (days: number): void => {
  town.clock.now = new Date(town.clock.now.getTime() + days * DAY_MS);
};
function publish(keys: readonly SigningKey[]): void {
  for (const { name, text } of keys) zone.zone = { ...zone.zone, [name]: [recordOf(text)] };
}
const recordOf = (text: string) => `TXT "${(text.match(/.{1,255}/g) ?? []).join('" "')}"`;

/** As a receiver sees it: the algorithm, what came out, the domain that signed. */
async function seenOf(message: Buffer): Promise<string[]> {
  const names = openNames([zone.address]);
  const { results } = await dkimVerify(message, {
    resolver: async (name: string) => {
      const answer = await names.texts(name);
      return answer.kind === 'found' ? answer.records.map((text) => [text]) : [];
    },
    curTime: town.clock.now,
  });
  return results
    .filter(({ signingDomain }) => signingDomain !== undefined)
    .map(({ algo, status, signingDomain }) => `${algo} ${status.result} ${signingDomain}`);
}

describe('keys that sign', () => {
  it('are used once their records are seen, both kinds, and a changed letter fails', async () => {
    const signing = open();
    const keys = await signing.keys();
    expect(keys.map(({ algorithm, state }) => `${algorithm} ${state}`)).toEqual([
      'rsa waiting',
      'ed25519 waiting',
    ]);
    await signing.tend();
    expect(await open().sign(WHICH, LETTER)).toBe(LETTER);
    publish(keys);
    await signing.tend();
    const signed = await open().sign(WHICH, LETTER);
    expect(await seenOf(signed)).toEqual([
      `rsa-sha256 pass ${DOMAIN}`,
      `ed25519-sha256 pass ${DOMAIN}`,
    ]);
    const changed = Buffer.from(signed.toString().replace('mardi', 'jeudi'));
    expect((await seenOf(changed)).filter((line) => line.includes('pass'))).toEqual([]);
  });

  it(
    'sign 25 MB of text, whose every piece counts, while the event loop answers others',
    SOAKED,
    async () => {
      const signing = open();
      publish(await signing.keys());
      await signing.tend();
      const text = 'Bonjour à tous,  et à demain \r\n'.repeat(800_000);
      const letter = Buffer.from(`From: <claire@${DOMAIN}>\r\n\r\n${text}`);
      let turns = 0;
      const others = setInterval(() => (turns += 1));
      const signed = await open().sign(WHICH, letter);
      clearInterval(others);
      expect((await seenOf(signed)).every((line) => line.includes('pass'))).toBe(true);
      expect(turns).toBeGreaterThan(20); // a megabyte a turn
      signed[signed.length - 9_000_000] = 33;
      expect((await seenOf(signed)).some((line) => line.includes('pass'))).toBe(false);
    },
  );

  it('sign for their own domain alone', async () => {
    const signing = open();
    publish(await signing.keys());
    await signing.tend();
    const other = Buffer.from(LETTER.toString().replace(DOMAIN, `bas.${DOMAIN}`));
    expect(await open().sign(WHICH, other)).toBe(other);
  });

  it('are not taken for published where another one stands at their name', async () => {
    const signing = open();
    const keys = await signing.keys();
    publish(keys.map((key) => ({ ...key, text: key.text.replace(/p=.*/, 'p=AAAA') })));
    await signing.tend();
    expect((await signing.keys()).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  });

  it('are followed twice a year by overlap, and then can’t sign any more', async () => {
    const signing = open();
    const first = await signing.keys();
    publish(first);
    await signing.tend();
    later(183);
    await signing.tend();
    const both = await signing.keys();
    expect(both.map(({ state }) => state)).toEqual(['signing', 'signing', 'waiting', 'waiting']);
    expect(await seenOf(await open().sign(WHICH, LETTER))).toHaveLength(2);
    publish(both);
    await signing.tend();
    expect((await signing.keys()).map(({ state }) => state)).toEqual([
      'leaving',
      'leaving',
      'signing',
      'signing',
    ]);
    const { rows } = await town.admin.query(
      'select count(*)::integer as left from signing_key where private_key is not null',
    );
    expect(rows).toEqual([{ left: 2 }]);
    later(15);
    await signing.tend();
    expect((await signing.keys()).map(({ state }) => state)).toEqual(['signing', 'signing']);
  });

  it('lie sealed: a copy of the database signs nothing without the secret', async () => {
    const signing = open();
    publish(await signing.keys());
    await signing.tend();
    const { rows } = await town.admin.query<{ private_key: Buffer }>(
      'select private_key from signing_key',
    );
    for (const row of rows) expect(row.private_key.toString('latin1')).not.toContain('PRIVATE');
    await expect(open(Buffer.alloc(32, 2)).sign(WHICH, LETTER)).rejects.toThrow();
  });
});
