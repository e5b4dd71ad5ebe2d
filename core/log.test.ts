import { expect, it } from 'vitest';
import { openLog } from './log.ts';
import { openMetrics } from './metrics.ts';

function lines(write: (log: ReturnType<typeof openLog>) => void): string {
  let out = '';
  write(
    openLog({
      to: {
        write: (line: string) => {
          out += line;
        },
      },
    }),
  );
  return out;
}

it('leaves out what a person could be known by', () => {
  const viewer = { address: 'lina@x.test', account: 7, of: { name: 'lina' } };
  const out = lines((log) =>
    log.info(
      { session: 's1', subject: 'Anniversaire', viewer, others: [{ email: 'lina@x.test' }] },
      'accepted',
    ),
  );
  expect(out).not.toMatch(/Anniversaire|lina/);
  expect(out).toContain('"account":7');
});

it('has no children, whose fields nobody would look through', () => {
  expect(() => openLog().child({ name: 'lina' })).toThrow('child');
});

it('leaves out what PostgreSQL says of a row', () => {
  const error = Object.assign(new Error('invalid input syntax for type integer: "lina"'), {
    code: '22P02',
    detail: 'Key (address)=(lina@x.test) already exists.',
    constraint: 'address_pkey',
  });
  const out = lines((log) =>
    log.error({ err: new Error('store of lina@x.test failed', { cause: error }) }, 'failed'),
  );
  expect(out).not.toContain('lina');
  expect(out).toContain('22P02');
  expect(out).toContain('address_pkey');
});

it('counts and times a step', async () => {
  const metrics = openMetrics();
  metrics.observe('scan', 'clean', 0.003);
  const text = await metrics.text();
  expect(text).toContain('preau_step_total{step="scan",outcome="clean"} 1');
  expect(text).toContain('preau_step_seconds_bucket{le="0.005",step="scan"} 1');
});
