import { expect, it } from 'vitest';
import { Closers } from './closers.ts';
import { openLog } from './log.ts';

it('closes the last first, whatever one of them throws, and each once', async () => {
  const closers = new Closers(openLog({ level: 'silent' }));
  const closed: string[] = [];
  closers.with({ close: () => void closed.push('store') });
  closers.add(() => {
    throw new Error('at once');
  });
  closers.add(() => Promise.reject(new Error('later')));
  closers.add(() => void closed.push('queue'));
  await closers.closeAll();
  await closers.closeAll();
  expect(closed).toEqual(['queue', 'store']);
});
