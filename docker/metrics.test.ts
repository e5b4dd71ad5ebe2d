/**
 * What is watched from outside: each figure at /metrics has its line in metrics.md with type and
 * unit; rules and dashboard ask for figures that there are; Debian's promtool takes the rules,
 * and fires each of them once.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../cli/launcher/programs.ts';
import { startImap } from '../imap-gateway/server.ts';
import { SOAKED } from '../tests/shared/slice.ts';
import { openTestTown, type TestTown } from '../tests/shared/town.ts';
import { PAGES } from '../webmail/routes/routes.ts';
import { startWebmail } from '../webmail/server.ts';

const HERE = import.meta.dirname;
const read = (path: string): string => readFileSync(join(HERE, path), 'utf8');
/** What fires the rules: those of hours by the minute, those of days by ten minutes. */
const FIRED_BY = ['alerts.test.yaml', 'alerts-of-days.test.yaml'];
const PROMTOOL = findProgram('promtool');

/** Figure to type, as Prometheus is told. */
let exported: Map<string, string>;
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown({
    env: {
      PREAU_BACKUP: mkdtempSync(join(tmpdir(), 'preau-figures-')),
      PREAU_IMAP_PORT: '0',
      PREAU_IMAPS_PORT: '0',
    },
  });
  const web = await startWebmail(town.core, PAGES);
  const imap = await startImap(town.core);
  const text = await town.core.metrics.text();
  await imap.close();
  await web.close();
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  exported = new Map(types.map(([, name = '', type = '']) => [name, type]));
  // Those of the process that watches over the others: a start in one process has none.
  const watching = read('../cli/start/processes/processes.ts');
  for (const [, name = ''] of watching.matchAll(/name: '(preau_\w+)'/g))
    exported.set(name, 'counter');
});
afterAll(() => town.close());

/** Moments, and no spans. */
const SINCE_1970 = /_(?:timestamp|start_time)_seconds$/;

/** The rows of the table: figure, type, unit. */
function documented(): Map<string, { readonly type: string; readonly unit: string }> {
  const rows = read('metrics.md').matchAll(/^\| `(\w+)` \| (\w+) \| ([^|]+) \|/gm);
  return new Map([...rows].map(([, name = '', type = '', unit = '']) => [name, { type, unit }]));
}

/** What expressions ask for, whose buckets, sums and counts are of one figure. */
const askedIn = (text: string): readonly string[] =>
  [...new Set(text.match(/\bpreau_\w+/g) ?? [])].map((name) =>
    exported.has(name) ? name : name.replace(/_(?:bucket|sum|count)$/, ''),
  );

describe('the figures', () => {
  it('have a line each, with type and unit, and no line is of one that isn’t there', () => {
    const lines = documented();
    expect([...lines.keys()].toSorted()).toEqual([...exported.keys()].toSorted());
    for (const [name, { type, unit }] of lines) {
      expect([name, type]).toEqual([name, exported.get(name)]);
      if (SINCE_1970.test(name)) expect([name, unit]).toEqual([name, 's since 1970']);
      else if (/_seconds(?:_total)?$/.test(name)) expect([name, unit]).toEqual([name, 's']);
      if (name.endsWith('_bytes')) expect([name, unit]).toEqual([name, 'bytes']);
    }
  });

  it('are those that the rules and the dashboard ask for', () => {
    for (const path of ['prometheus/alerts.yaml', 'prometheus/dashboard.json']) {
      const asked = askedIn(read(path));
      expect(asked.length).toBeGreaterThan(10);
      expect([path, asked.filter((name) => !exported.has(name))]).toEqual([path, []]);
    }
  });
});

describe('the rules', () => {
  const names = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([, name = '']) => name).toSorted();

  it('say each what is wrong and what to do, and are each fired by a test', () => {
    const rules = read('prometheus/alerts.yaml');
    const alerts = names(rules, /- alert: (\w+)/g);
    expect(alerts.length).toBeGreaterThan(15);
    expect(names(rules, /^ {10}(summary): \S/gm)).toHaveLength(alerts.length);
    expect(names(rules, /^ {10}(todo): \S/gm)).toHaveLength(alerts.length);
    const tests = FIRED_BY.map((file) => read(`prometheus/${file}`)).join('\n');
    const fired = names(tests, /alertname="(\w+)"/g);
    expect(fired).toEqual(alerts);
  });

  it.skipIf(PROMTOOL === null)(
    'are taken by Debian’s promtool, which fires each (apt: promtool)',
    SOAKED,
    () => {
      const ask = (...args: string[]) =>
        execFileSync(PROMTOOL ?? '', args, { cwd: join(HERE, 'prometheus'), encoding: 'utf8' });
      expect(ask('check', 'rules', 'alerts.yaml')).toMatch(/SUCCESS: \d+ rules found/);
      for (const file of FIRED_BY) expect(ask('test', 'rules', file)).toContain('SUCCESS');
    },
  );
});

it('the dashboard is one that Grafana takes: panels with a title, a unit and a query', () => {
  interface Panel {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
    readonly gridPos: { readonly x: number; readonly w: number };
    readonly fieldConfig: { readonly defaults: { readonly unit: string } };
  }
  const { panels } = JSON.parse(read('prometheus/dashboard.json')) as { panels: Panel[] };
  expect(panels.length).toBeGreaterThan(12);
  for (const { title, targets, gridPos, fieldConfig } of panels) {
    expect([title, fieldConfig.defaults.unit]).not.toContain('');
    expect([title, gridPos.x + gridPos.w <= 24]).toEqual([title, true]);
    for (const { expr } of targets)
      expect([title, expr]).toEqual([title, expect.stringMatching(/preau_/)]);
  }
});
