/** The inside of a sandbox: what its script calls with the jobs that it does. */
import { borrow } from './lent.ts';
import type { JobAnswer, SandboxJobs, Request } from './messages.ts';

/**
 * Does one job after the other as the parent process asks, and ends with it. The process has no
 * variable and no right of ours, and of open files the one by which large bytes come: what it is to
 * know comes with the job.
 */
export function serve(jobs: SandboxJobs): void {
  process.on('message', (request: Request) => {
    void answerTo(jobs, request).then((answer) => process.send?.(answer));
  });
  process.on('disconnect', () => process.exit());
}

async function answerTo(jobs: SandboxJobs, { job, given }: Request): Promise<JobAnswer> {
  const does = jobs[job];
  if (does === undefined) throw new Error(`the sandbox has no job ${job}`);
  try {
    const result = await does(...(borrow(given) as never[]));
    return { kind: 'done', result, ...used() };
  } catch (error) {
    return { kind: 'threw', ...placeOf(error), ...used() };
  }
}

function used(): Pick<JobAnswer, 'cpuMs' | 'rssBytes'> {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1_000, rssBytes: process.memoryUsage.rss() };
}

/** The error's class and the first line of its stack that stands in a file. */
function placeOf(error: unknown): { readonly error: string; readonly at: string } {
  if (!(error instanceof Error)) return { error: typeof error, at: '' };
  const frame = error.stack?.split('\n').find((line) => line.startsWith('    at ')) ?? '';
  return { error: error.name, at: frame.trim() };
}
