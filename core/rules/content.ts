import type { Facts } from './facts.ts';
import type { RuleRow } from './verdict.ts';

type ContentOf = Pick<Facts, 'from' | 'to' | 'content' | 'photosOpen'>;

/** What is held otherwise is refused with a pupil at either end, and where nobody could hold it. */
const isRefused = ({ from, to }: Pick<Facts, 'from' | 'to'>): boolean =>
  from === 'pupil' || to === 'pupil' || to === 'outside';

/**
 * Attachment kinds go by the sender's role; whoever writes from outside is held to what the
 * recipient may have.
 */
const everydayOnly = ({ from, to }: Pick<Facts, 'from' | 'to'>): boolean => {
  const role = from === 'outside' ? to : from;
  return (
    role === 'pupil' ||
    role === 'guardian' ||
    (from === 'outside' && (role === 'class' || role === 'class-families'))
  );
};

/**
 * What is in the message. For a list the strictest answer comes from its members, who are asked one
 * by one.
 */
export const CONTENT: readonly RuleRow<ContentOf>[] = [
  { kind: 'deny', rule: 'malware', when: (f) => f.content.malware },
  { kind: 'deny', rule: 'file-kind', when: (f) => f.content.attachments === 'dangerous' },
  {
    kind: 'deny',
    rule: 'file-kind',
    when: (f) => f.content.attachments === 'other' && everydayOnly(f),
  },
  {
    kind: 'deny',
    rule: 'photo-closed',
    when: (f) => f.from === 'pupil' && f.content.photograph && !f.photosOpen,
  },
  { kind: 'deny', rule: 'locked-archive', when: (f) => f.content.unscannable && isRefused(f) },
  {
    kind: 'hold',
    rule: 'locked-archive-held',
    when: (f) => f.content.unscannable && !isRefused(f),
  },
  { kind: 'deny', rule: 'forbidden-link', when: (f) => f.content.forbiddenLink && isRefused(f) },
  {
    kind: 'hold',
    rule: 'forbidden-link-held',
    when: (f) => f.content.forbiddenLink && !isRefused(f),
  },
];
