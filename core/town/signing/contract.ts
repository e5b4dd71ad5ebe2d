import type { SigningAlgorithm } from '../../store/town/signing-keys.ts';

/** A key of a domain, and what the zone of that domain must hold for it (RFC 6376 §3.6). */
export interface SigningKey {
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: SigningAlgorithm;
  /**
   * `waiting`: its record hasn't been seen yet, so nobody could check what it signed. `signing`.
   * `leaving`: another one signs in its place, and what it signed is still on its way.
   */
  readonly state: 'waiting' | 'signing' | 'leaving';
  /** `selector._domainkey.domain`, without a dot at its end. */
  readonly name: string;
  /** The text of its record, in one piece. */
  readonly text: string;
}

/** What is signed: the message in its school, whose signature is the same for each recipient. */
export interface SignedMessage {
  readonly school: number;
  readonly message: number;
}

/** Signs what leaves (DKIM), with keys that the service makes and looks after by itself. */
export interface Signing {
  /** The keys whose records the zones must hold; made first where a domain has none. */
  keys(): Promise<readonly SigningKey[]>;
  /**
   * Looks after the keys: makes those that are missing or due for a change, begins to use those
   * whose records are in the DNS, forgets those that were followed long ago.
   */
  tend(): Promise<void>;
  /**
   * The message with a signature of each kind of key of its author's domain on top; as it was,
   * where no key is in use.
   */
  sign(which: SignedMessage, raw: Buffer): Promise<Buffer>;
}

/** Signs what leaves: this record of core, or `Name` of it alone. */
export interface WithSigning<Name extends keyof Signing = keyof Signing> {
  readonly signing: Pick<Signing, Name>;
}
