import { expect, it } from 'vitest';
import type { SchoolId } from '../../ground/ids.ts';
import { jobId, readTask, type Task } from './queue.ts';

const school = 3 as SchoolId;

it.each<{ task: Task; id: string }>([
  { task: { kind: 'outbox', school, row: 12, attempt: 0 }, id: 'outbox-12-0' },
  { task: { kind: 'outbox', school, row: 12, attempt: 7 }, id: 'outbox-12-7' },
  { task: { kind: 'hold', school, row: 12 }, id: 'hold-12' },
  { task: { kind: 'draft', school, row: 12 }, id: 'draft-12' },
  { task: { kind: 'absence', school, row: 12 }, id: 'absence-12' },
])('$id', ({ task, id }) => {
  expect(jobId(task)).toBe(id);
  expect(readTask(JSON.parse(JSON.stringify(task)))).toEqual(task);
});

it.each([
  null,
  'outbox',
  {},
  { kind: 'outbox', school: 1, row: 2 },
  { kind: 'outbox', school: '1', row: 2, attempt: 0 },
  { kind: 'outbox', school: -1, row: 2, attempt: 0 },
  { kind: 'outbox', school: 1, row: 2.5, attempt: 0 },
  { kind: 'mail', school: 1, row: 2 },
  { kind: 'hold', school: 1, row: 2, attempt: 0 },
])('%j is no task', (data) => {
  expect(readTask(data)).toBeNull();
});
