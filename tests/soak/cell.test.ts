/**
 * A cell of three machines by Debian's Patroni, etcd and HAProxy, on the very files that
 * `preau cluster config` writes, and two machines' worth of each role behind its HAProxy: what may
 * burn burns, ten times each, while mail comes and goes, mail programs wait and pages are open.
 * Nothing that was answered 250 is lost or doubled, and everybody hears of the next letter.
 * `PREAU_CELL_ROUNDS=N` makes it fewer, `PREAU_CELL_SEED=N` makes printed rounds again.
 */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { debianPrograms, type DebianPrograms } from './cell/debian-programs.ts';
import { faultsOf } from './cell/faults.ts';
import { statusOf } from './cell/pages.ts';
import { runRounds, tryOne } from './cell/rounds.ts';
import { CELL } from './cell/three-machines.ts';
import { openTownOfCell, type TownOfCell } from './cell/town-of-cell.ts';
import { brokenParts, findAll, query } from './ledger.ts';

const found = debianPrograms();
if (typeof found === 'string') console.log(`cell: skipped, ${found}`);
const ROUNDS = Number(process.env['PREAU_CELL_ROUNDS'] ?? 10);
const SEED = Number(process.env['PREAU_CELL_SEED'] ?? randomInt(2 ** 31));
/** Patroni waits for its ttl, and then takes over. */
const MOST_GAP_MS = 30_000;
/** Pages that were with a machine's roles when they were killed, of each round. */
const BROKEN_A_ROUND = 3;
/** Until the last machine knows that it is alone. */
const ALONE_MS = 25_000;
/** An address of the loopback that is neither HAProxy's nor a machine's. */
const PEER = '127.0.7.7';
const ROUND_MS = 120_000;

let cell: TownOfCell;

describe.skipIf(typeof found === 'string')('a cell', { shuffle: false }, () => {
  beforeAll(async () => {
    cell = await openTownOfCell(found as DebianPrograms);
    for (const at of [0, 1]) await cell.serve(at);
  }, 400_000);
  afterAll(() => cell.close(), 120_000);

  it('a letter that comes by HAProxy is of the peer that HAProxy names', async () => {
    const socket = connect({ port: cell.seen(25), host: '127.0.0.1', localAddress: PEER });
    const letter = 'From: m@example.org\r\nSubject: soak peer\r\n\r\nBonjour\r\n.';
    const to = cell.account('claire.lefevre').address;
    for (const line of [
      'EHLO a.example',
      'MAIL FROM:<m@example.org>',
      `RCPT TO:<${to}>`,
      'DATA',
      letter,
    ]) {
      await once(socket, 'data');
      socket.write(`${line}\r\n`);
    }
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^250 /);
    const rows = await query<{ raw: Buffer }>(
      cell.three.superUrl,
      "select raw from message where subject = 'soak peer'",
    );
    expect(rows[0]?.raw.toString('latin1')).toMatch(
      /^Received: from a\.example \(\[127\.0\.7\.7\]\)/m,
    );
  });

  it.each<{ what: string; mayBreak?: number; rounds?: number; told?: RegExp }>([
    { what: 'a copy killed' },
    { what: 'one etcd of three killed' },
    { what: 'all of etcd killed' },
    { what: 'a switchover' },
    { what: 'a rolling upgrade', rounds: Math.min(ROUNDS, 2), told: /^(?:421|451|closed)/ },
    { what: 'waits for a copy ended' },
    { what: 'the primary killed' },
    { what: 'the primary frozen, and thawed' },
    { what: 'the roles of a machine killed', mayBreak: BROKEN_A_ROUND },
  ])(
    '$what under mail: nothing is lost or doubled, everybody hears on',
    async ({ what, mayBreak = 0, rounds = ROUNDS, told: mayTell = /^(?:4|closed|silence)/ }) => {
      const act = faultsOf(cell)[what];
      if (act === undefined) throw new Error(what);
      const begun = Date.now();
      const all = await runRounds(cell, { what, act, rounds, seed: SEED });
      const acked = all.entries.filter(({ told }) => told === 'acked');
      const refused = all.entries.filter(({ told }) => told === 'refused');
      const gaps = all.gapsMs.map((ms) => ms / 1_000).toSorted((a, b) => a - b);
      console.log(
        `cell, ${what}: ${rounds} rounds from seed ${SEED} in ${Math.round((Date.now() - begun) / 1_000)} s: acked ${acked.length}, refused ${refused.length}, cut ${all.entries.length - acked.length - refused.length}, lost ${all.lost.length}, doubled ${all.doubled.length}; nothing taken for ${gaps[0]?.toFixed(1)} to ${gaps.at(-1)?.toFixed(1)} s; next letter heard by ${all.heard} of ${all.listeners}, mail programs came back ${all.returns} times; pages ${all.pages}, broken off ${all.broken}`,
      );
      expect(acked.length).toBeGreaterThan(10 * rounds);
      expect(all.lost).toEqual([]);
      expect(all.doubled).toEqual([]);
      // all of it is « try again »: the sender keeps the letter
      expect(refused.filter(({ reply }) => !mayTell.test(reply))).toEqual([]);
      expect(await brokenParts(cell.three.superUrl)).toEqual([]);
      expect(all.gapsMs.filter((ms) => ms > MOST_GAP_MS)).toEqual([]);
      expect(all.heard).toBe(all.listeners);
      expect(all.broken).toBeLessThanOrEqual(mayBreak * rounds);
      expect(await statusOf(cell.pages, '/signin')).toBe(200);
    },
    ROUNDS * ROUND_MS,
  );

  it('two machines of three gone: nothing is taken, until one alone is told to go on', async () => {
    const { three } = cell;
    const primary = await three.primary();
    const [left, other] = CELL.machines.map(({ name }) => name).filter((one) => one !== primary);
    if (left === undefined || other === undefined) throw new Error('not three');
    expect(await tryOne(cell, 'alone0')).toMatch(/^250/);
    const before = await findAll(three.superUrl);
    for (const name of [primary, other]) three.lose(name);
    await sleep(ALONE_MS);
    const replies = [await tryOne(cell, 'alone1'), await tryOne(cell, 'alone2')];
    expect(replies.filter((reply) => !/^(4|closed|silence)/.test(reply))).toEqual([]);
    await three.goOnAlone(left);
    const taken = { timeout: 90_000, interval: 500 };
    await expect.poll(() => tryOne(cell, 'alone3'), taken).toMatch(/^250/);
    const after = await findAll(three.superUrl);
    expect([...before.keys()].filter((token) => !after.has(token))).toEqual([]);
    console.log(`cell, two of three gone: ${left} went on alone with all ${before.size} letters`);
  }, 240_000);
});
