/** The parts of mailauth 7.1.0, pinned, that its own types leave out; see `signature.ts`. */

declare module 'mailauth/lib/dkim/dkim-signer.js' {
  import { Writable } from 'node:stream';

  /** Reads a message, and calls `finalize` once its fields and the hash of its body are there. */
  export class DkimSigner extends Writable {
    constructor(options: {
      /** Who signs; nothing is hashed where none has a `privateKey`. */
      readonly signatureData: readonly { readonly privateKey: unknown }[];
      readonly canonicalization: 'relaxed/relaxed';
    });
    /** Null until the fields are read. */
    readonly headers: { readonly parsed: ParsedFields } | null;
    /** By `relaxed:sha256:`; in Base64. */
    readonly bodyHashes: ReadonlyMap<string, { readonly hash: string }>;
    finalize(): Promise<void>;
  }

  export type ParsedFields = readonly { readonly key: string; readonly line: Buffer }[];
}

declare module 'mailauth/lib/dkim/header/index.js' {
  import type { SigningFields } from 'mailauth/lib/tools.js';

  /** What is to be signed (RFC 6376 §3.7), and the tags of the field without its `b=`. */
  export function generateCanonicalizedHeader(
    type: 'DKIM',
    fields: SigningFields,
    tags: {
      readonly signingDomain: string;
      readonly selector: string;
      readonly algorithm: 'rsa-sha256' | 'ed25519-sha256';
      readonly canonicalization: 'relaxed/relaxed';
      readonly bodyHash: string;
      /** In seconds. */
      readonly timestamp: number;
      readonly expiration: false;
    },
  ): { readonly canonicalizedHeader: Buffer; readonly dkimHeaderOpts: object };
}

declare module 'mailauth/lib/tools.js' {
  import type { ParsedFields } from 'mailauth/lib/dkim/dkim-signer.js';

  export interface SigningFields {
    readonly keys: string;
    readonly headers: ParsedFields;
  }

  /** Those of the names, separated by colons, that are there, each time that they are. */
  export function getSigningHeaderLines(parsed: ParsedFields, names: string): SigningFields;

  /** The field, folded, without a line end. */
  export function formatSignatureHeaderLine(type: 'DKIM', tags: object, folded: true): string;
}
