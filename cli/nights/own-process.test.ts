import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { constants, getPriority } from 'node:os';
import { expect, it } from 'vitest';
import { SESSION_PRIORITY } from '../../core/ground/session-priority.ts';
import { SOAKED } from '../../tests/shared/slice.ts';
import { startByNight } from './own-process.ts';

const { PRIORITY_BELOW_NORMAL } = constants.priority;

it(
  'gives way by the priority of its process, and by that of its session where there is one',
  SOAKED,
  async () => {
    const child = startByNight(['--help'], {});
    const pid = child.pid ?? 0;
    const file = `/proc/${pid}/autogroup`;
    if (existsSync(file))
      expect(readFileSync(file, 'latin1')).toContain(` nice ${SESSION_PRIORITY.byNight}`);
    else process.stdout.write('the processor is not shared out by sessions here\n');
    // nice(1) gives way, and then becomes the command.
    await expect.poll(() => getPriority(pid)).toBe(PRIORITY_BELOW_NORMAL);
    await once(child, 'exit');
  },
);
