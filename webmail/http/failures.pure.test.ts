import { expect, it } from 'vitest';
import { Fault } from '../../core/ground/fault.ts';
import { thrown } from './failures.ts';

it('a large letter whose bytes are away is no broken house', () => {
  const away = new Fault('body-away', 'GET: 503', { transient: true });
  expect(thrown(away)).toEqual({ status: 503, what: 'away', log: 'warn' });
  const down = new Fault('store-down', '57P03', { transient: true });
  expect(thrown(down)).toEqual({ status: 503, what: 'pause', log: 'warn' });
});
