import { CONTENT } from '../../../rules/content.ts';
import type { RuleName } from '../../../rules/decide.ts';
import type { ContentFacts, Role } from '../../../rules/facts.ts';
import type { Viewer } from '../../../rules/viewer.ts';

/**
 * The rule that keeps something out by its content alone; null where none does. Who may write to
 * whom is asked when it leaves.
 */
export function deniedContent(
  { role, photos }: Viewer,
  content: ContentFacts,
  to: Role = role,
): RuleName | null {
  const about = { from: role, to, content, photosOpen: photos };
  return CONTENT.find(({ kind, when }) => kind === 'deny' && when(about))?.rule ?? null;
}
