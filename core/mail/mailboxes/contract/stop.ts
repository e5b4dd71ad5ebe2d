/**
 * Why an act on mailboxes was refused; nothing of it was done. The response codes are the gateway's
 * business (RFC 5530).
 */
import type { RuleName } from '../../../rules/verdict.ts';
export type MailboxStop =
  /** No such mailbox, or not the viewer's to know of: one answer for both. */
  | { readonly kind: 'nonexistent' }
  /** The viewer may see it, but lacks this right (RFC 4314 §2.1). */
  | { readonly kind: 'no-permission'; readonly right: Right | null }
  | { readonly kind: 'already-exists' }
  /** It has mailboxes below it (RFC 9051 §6.3.5). */
  | { readonly kind: 'has-children' }
  /**
   * INBOX and special-use mailboxes stay as they are; a name that can't be; the tree of what
   * others share, where nothing can be made.
   */
  | {
      readonly kind: 'cannot';
      readonly why:
        | 'system-mailbox'
        | 'bad-name'
        | 'shared-tree'
        | 'below-itself'
        | 'use-taken'
        | 'not-in-town'
        | 'own-rights'
        | 'pupil'
        | 'rules'
        | 'keyword'
        | 'annotation';
    }
  /**
   * More mailboxes, levels, keywords, annotations or messages than `limits.ts` allows; `limit` is
   * the number.
   */
  | {
      readonly kind: 'limit';
      readonly what:
        | 'mailboxes'
        | 'depth'
        | 'name'
        | 'keywords'
        | 'annotations'
        | 'annotation-size'
        | 'grants'
        | 'messages';
      readonly limit: number;
    }
  | { readonly kind: 'over-quota' }
  | { readonly kind: 'too-big'; readonly limitBytes: number }
  | { readonly kind: 'infected'; readonly signature: string }
  | { readonly kind: 'unscannable'; readonly signature: string }
  /** The scanner gave no answer: try again later. */
  | { readonly kind: 'scanner-silent' }
  /**
   * A file in it is of a kind that this account may not keep; `rule` has its sentence in
   * `rules/reasons.ts`.
   */
  | { readonly kind: 'file-kind'; readonly rule: RuleName }
  /** The bytes can't be a message (`why` is an `Unreadable`). */
  | { readonly kind: 'malformed'; readonly why: string };

export type MailboxOutcome<T> = { readonly kind: 'done'; readonly value: T } | MailboxStop;

/**
 * RFC 4314 §2.1: lookup, read, seen, write flags, insert, post (unused), create below, delete
 * mailbox, \Deleted, expunge, administer.
 */
export type Right = 'l' | 'r' | 's' | 'w' | 'i' | 'p' | 'k' | 'x' | 't' | 'e' | 'a';
