/** Users are numbered from 1, as `preau demo --bench` makes them. */
export const DOMAIN = 'ecoles.preau.test';
export const USERS = 1_001;
export const PASSWORD = 'banc-d-essai';
export const SENDER = 'classe.verte@ext.test';

/** What is waited for: by user, how many messages more than now. */
export type ExpectedCounts = ReadonlyMap<number, number>;

export interface ArrivalWatch {
  /** Whether everything expected is there. */
  isAllIn(): Promise<boolean>;
  close(): void;
}

export interface Waiter {
  /** When the last event came, on the clock of `performance.now()`; resolves with the next one. */
  next(): Promise<number>;
  close(): void;
}

/** A mail system under load: ours, or its peers together. */
export interface Stack {
  readonly name: 'ours' | 'peer';
  readonly what: string;
  readonly smtpPort: number;
  /** By what a message counts as visible. */
  readonly visibleBy: string;
  watch(expected: ExpectedCounts): Promise<ArrivalWatch>;
  /** Somebody who waits for new mail of this user. */
  waiter(user: number): Promise<Waiter>;
  /** Nothing of earlier loads is left to do. */
  settle(): Promise<void>;
  /** Bytes of all that is stored, as the disk has them. */
  storedBytes(): Promise<number>;
  /** How many stored messages are larger than this, each copy counted. */
  copiesOver(bytes: number): Promise<number>;
  memory(): Readonly<Record<string, number>>;
  /** Processor time taken so far, in milliseconds, by kind of process. */
  cpuMs(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

export function addressOf(user: number): string {
  return `u${user}@${DOMAIN}`;
}

/** Turns announcements into something to wait for. */
export function openWaiter(close: () => void): { readonly waiter: Waiter; announce(): void } {
  const announced: number[] = [];
  let waiting: ((at: number) => void) | null = null;
  return {
    announce() {
      const at = performance.now();
      if (waiting === null) announced.push(at);
      else waiting(at);
      waiting = null;
    },
    waiter: {
      next() {
        const at = announced.shift();
        return at === undefined
          ? new Promise((resolve) => {
              waiting = resolve;
            })
          : Promise.resolve(at);
      },
      close,
    },
  };
}
