import { NO_RECENT_ACTIVITY, type Contents } from '../../roster/relate.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { judge, type Judgement } from '../delivery/judging/judge.ts';
import type { ReachParts } from './parts.ts';

/** What the rules say, on the roster of now, of a letter that isn't sent yet. */
export async function judgedNow(
  parts: ReachParts,
  viewer: Viewer,
  { recipients, content }: { readonly recipients: readonly string[]; readonly content: Contents },
): Promise<Judgement> {
  const entries = [...(await parts.directory.resolve(recipients, { maxAgeMs: 0 })).values()];
  const recentActivity =
    viewer.role === 'pupil' ? await parts.recentActivity(viewer, entries) : NO_RECENT_ACTIVITY;
  return judge(parts.directory, {
    sender: { kind: 'account', viewer },
    recipients,
    content,
    lifted: [],
    recentActivity,
    now: parts.clock(),
    ourDomains: new Set([parts.domain]),
    maxAgeMs: 0,
  });
}
