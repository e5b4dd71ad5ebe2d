import type { Viewer } from '../../rules/viewer.ts';

/** Copies of class mail at somebody's own address, outside. */
export type OwnCopies =
  /** They have asked for none. */
  | { readonly kind: 'none' }
  /** A code was mailed there; `returned`: that letter came back. */
  | { readonly kind: 'asked'; readonly address: string; readonly returned: boolean }
  | { readonly kind: 'on'; readonly address: string; readonly since: Date }
  /** Too many came back, so that no more leave. */
  | { readonly kind: 'stopped'; readonly address: string };

/** `not-theirs`: they may have none; `too-many`: no more codes are mailed on this day. */
export type CopiesAsked = 'asked' | 'not-theirs' | 'not-an-address' | 'of-the-town' | 'too-many';
/** `over`: the code is too old, or was tried too often; a new one helps. */
export type CopiesConfirmed = 'on' | 'no-match' | 'over';

export interface Copies {
  /** Null: they may have none (`rules/copies.ts`): children, agents, some adults of a school. */
  of(viewer: Viewer): Promise<OwnCopies | null>;
  /** Mails a code of six digits to an address; until it is given back no copy leaves. */
  ask(viewer: Viewer, typed: string): Promise<CopiesAsked>;
  confirm(viewer: Viewer, code: string): Promise<CopiesConfirmed>;
  /** No copy leaves any more, and the address is forgotten. */
  end(viewer: Viewer): Promise<void>;
}

/**
 * An adult: copies of class mail at an address of their own: this record of core, or `Name` of it
 * alone.
 */
export interface WithCopies<Name extends keyof Copies = keyof Copies> {
  readonly copies: Pick<Copies, Name>;
}
