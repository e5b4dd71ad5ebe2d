/** What the sandbox of drawings does: the script of its processes. */

import { serve } from '../../ground/sandbox/serve.ts';
import { smallOf } from './small-drawing.ts';

const JOBS = { small: smallOf };

/** Its jobs, as `openSandbox` is told of them. */
export type SmallJobs = typeof JOBS;

serve(JOBS);
