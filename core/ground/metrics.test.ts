import { expect, it } from 'vitest';
import { openMetrics } from './metrics.ts';

it('watches the process once, whoever counts in it, and shares no count', async () => {
  const [one, other] = [openMetrics(), openMetrics()];
  const of = (name: string) => [one, other].map(({ registry }) => registry.getSingleMetric(name));
  for (const name of ['preau_nodejs_eventloop_lag_seconds', 'preau_nodejs_gc_duration_seconds']) {
    const [watch, same] = of(name);
    expect(watch).toBeDefined();
    expect(same).toBe(watch);
  }
  one.observe('scan', 'clean', 0.01);
  expect(await one.text()).toContain('preau_step_total{step="scan",outcome="clean"} 1');
  expect(await other.text()).not.toContain('outcome="clean"');
  expect(await other.text()).toMatch(/^preau_nodejs_eventloop_lag_seconds \d/m);
});
