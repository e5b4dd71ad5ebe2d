import { describe, expect, it } from 'vitest';
import type {
  CheckState,
  ReadinessLine,
  SeenReport,
} from '../../../core/town/readiness/contract.ts';
import { axisTop } from './day-chart.ts';
import { leftIn, partsOf, placeOf, verdictOf } from './verdict.ts';

const AT = new Date('2026-11-26T10:36:00Z');
const words = { fr: 'x', en: 'x' };

function report(
  states: Readonly<Record<string, CheckState>>,
  redSince: ReadonlyMap<string, Date> = new Map(),
): SeenReport {
  const lines = Object.entries(states).map(([id, state]): ReadinessLine => ({
    id,
    state,
    asked: words,
    found: words,
    todo: null,
    isAnswered: true,
  }));
  return { at: AT, groups: [{ id: 'all', title: words, lines }], redSince };
}

describe('the sentence on top of an agent’s home', () => {
  const nothingLate = { lateSince: null, things: 0 };
  it('is calm where nothing is left, and counts what waits where mail works', () => {
    const green = report({ 'mail.worker': 'green', 'backup.made': 'grey' });
    expect(verdictOf(green, nothingLate)).toEqual({ kind: 'calm' });
    expect(verdictOf(green, { lateSince: null, things: 2 })).toEqual({
      kind: 'waiting',
      things: 2,
    });
    const noBackup = report({ 'mail.worker': 'green', 'backup.made': 'red' });
    expect(verdictOf(noBackup, { lateSince: null, things: 1 }).kind).toBe('waiting');
  });
  it('says since when no mail leaves: what was first seen, or the oldest letter that is late', () => {
    const [seen, late] = [new Date('2026-11-26T10:20:00Z'), new Date('2026-11-26T10:05:00Z')];
    const silent = report({ 'mail.worker': 'red' }, new Map([['mail.worker', seen]]));
    expect(verdictOf(silent, { lateSince: late, things: 1 })).toEqual({
      kind: 'stopped',
      since: seen,
      things: 1,
    });
    const both = report({ 'mail.worker': 'red', 'mail.late': 'red' }, silent.redSince);
    expect(verdictOf(both, { lateSince: late, things: 2 })).toMatchObject({ since: late });
  });
});

it('a part is as bad as the worst of its checks, and unknown where none can be asked', () => {
  const tones = Object.fromEntries(
    partsOf(
      report({
        'mail.scanner': 'green',
        'mail.signatures': 'amber',
        'mail.worker': 'red',
        'mail.queue': 'green',
        'backup.made': 'grey',
        'network.ports': 'green',
      }),
    ).map(({ part, tone }) => [part, tone]),
  );
  expect(tones).toEqual({
    arrival: 'ok',
    sending: 'later',
    pages: 'ok',
    imap: 'ok',
    database: 'later',
    scanner: 'wait',
    backup: 'later',
    certificates: 'later',
    work: 'stop',
  });
});

it('what is left stands with the worst first, each with the page where it is put right', () => {
  const left = leftIn(report({ 'names.mx': 'amber', 'mail.late': 'red', 'mail.queue': 'green' }));
  expect(left.map(({ id }) => `${id} ${placeOf(id)}`)).toEqual([
    'mail.late /setup/trial#rd',
    'names.mx /setup/domain',
  ]);
});

it.each([
  [0, 4],
  [3, 4],
  [7, 8],
  [430, 500],
  [750, 800],
  [8_001, 10_000],
])('an axis for %i goes up to %i', (most, top) => expect(axisTop(most)).toBe(top));
