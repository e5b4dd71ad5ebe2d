import { spawn } from 'node:child_process';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openLog } from '../../core/ground/log.ts';
import { keepRunning } from './child.ts';

it('starts none beside a child that lives, to which a word could not be sent', async () => {
  const living = spawn('sleep', ['60']);
  const kept = await keepRunning(async () => living, {
    name: 'sleeper',
    log: openLog({ level: 'silent' }),
    stopSignal: 'SIGTERM',
    onRestart: () => {},
  });
  living.emit('error', new Error('EPIPE'));
  living.emit('error', new Error('EPIPE'));
  await turn();
  expect(kept.pid()).toBe(living.pid);
  await kept.stop();
  expect(living.signalCode).toBe('SIGTERM');
});
