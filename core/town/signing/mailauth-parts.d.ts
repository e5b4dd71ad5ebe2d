/** The parts of mailauth 7.1.0, pinned, that its own types leave out; see `signature.ts`. */

declare module 'mailauth/lib/dkim/body/index.js' {
  /** Hashes a body as it is signed (RFC 6376 §3.7), given in one piece or more. */
  export function dkimBody(
    canonicalization: 'relaxed/relaxed',
    algorithm: 'sha256',
  ): { update(piece: Buffer): void; digest(encoding: 'base64'): string };
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
  type ParsedFields = readonly { readonly key: string; readonly line: Buffer }[];

  /** The fields of a header, given with the empty line that ends it or without. */
  export function parseHeaders(header: Buffer): { readonly parsed: ParsedFields };

  export interface SigningFields {
    readonly keys: string;
    readonly headers: ParsedFields;
  }

  /** Those of the names, separated by colons, that are there, each time that they are. */
  export function getSigningHeaderLines(parsed: ParsedFields, names: string): SigningFields;

  /** The field, folded, without a line end. */
  export function formatSignatureHeaderLine(type: 'DKIM', tags: object, folded: true): string;
}
