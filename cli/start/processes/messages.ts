import type { Config } from '../../../core/ground/config.ts';
import type { FaultCode } from '../../../core/ground/fault.ts';
import type { MetricsOfOne } from '../../../core/ground/metrics.ts';
import type { RoleName } from '../role-names.ts';
import type { StartOutcome } from '../serve.ts';

/** What a process that serves is to be. */
export interface Assignment {
  /** From 1 on; a process that takes another's place has its number. */
  readonly number: number;
  readonly config: Config;
  readonly roles: readonly RoleName[];
  /** The first of a start sees to what there must be once; later ones are told what it found. */
  readonly as:
    | { readonly kind: 'first'; readonly mayBeDemo: boolean }
    | { readonly kind: 'later'; readonly demo: boolean };
}

/** From the launcher to a process that serves. An answer has the number of its question. */
export type ToMember =
  | ({ readonly kind: 'begin' } & Assignment)
  | { readonly kind: 'taken'; readonly id: number; readonly isTaken: boolean }
  | { readonly kind: 'count-yourself'; readonly id: number }
  /** Whether its loop turns: any word of it is an answer. */
  | { readonly kind: 'still-there' }
  | { readonly kind: 'metrics-of-all'; readonly id: number; readonly all: readonly MetricsOfOne[] };

/** From a process that serves to the launcher. */
export type ToLauncher =
  /** Hears, and waits to be told what to be. */
  | { readonly kind: 'here' }
  | { readonly kind: 'serving'; readonly served: StartOutcome; readonly memoryBytes: number }
  | { readonly kind: 'failed'; readonly code: FaultCode | null; readonly detail: string }
  /** A slot under a key, of `most` that all processes have together. */
  | { readonly kind: 'take'; readonly id: number; readonly key: string; readonly most: number }
  | { readonly kind: 'give-back'; readonly key: string }
  | { readonly kind: 'metrics'; readonly id: number; readonly own: MetricsOfOne }
  | { readonly kind: 'still-here' }
  | { readonly kind: 'want-metrics'; readonly id: number };
