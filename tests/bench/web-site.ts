import type { BenchVisitor } from './visitor.ts';

/** What is asked for: the four pages and the search. */
export const PAGES = ['inbox', 'message', 'writing', 'sign-in', 'search'] as const;
export type PageName = (typeof PAGES)[number];

/** A page as one user asks for it, and a sign by which its answer is known to be that page. */
interface Asked {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly expect: RegExp;
}

/** Somebody signed in, and where their pages are. */
export interface BenchGuest {
  readonly visitor: BenchVisitor;
  readonly pages: Readonly<Record<PageName, Asked>>;
}

/** A webmail under load: ours, an older one of ours, or a peer. */
export interface WebSite {
  readonly name: 'ours' | 'before' | 'roundcube';
  readonly port: number;
  /** Signs in the user of this number, from 1; throws where that doesn't work. */
  enter(user: number): Promise<BenchGuest>;
  /** Processor time taken so far, in milliseconds, by kind of process. */
  cpuMs(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}
