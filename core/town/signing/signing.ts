import { createPrivateKey, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { domainOf } from '../../ground/address.ts';
import type { Names } from '../../ground/names.ts';
import { seal, unseal } from '../../ground/sealing.ts';
import { fieldOf } from '../../letters/message/answers.ts';
import { readAddresses } from '../../letters/message/header-addresses.ts';
import type { Store } from '../../store/store.ts';
import {
  beginSigning,
  forgetSigningKeys,
  insertSigningKey,
  ownDomains,
  signingKeys,
  type SigningKeyRow,
} from '../../store/town/signing-keys.ts';
import type { SignedMessage, Signing } from './contract.ts';
import { isShown, LEAVING_MS, makeKeyPair, missingKeys, selectorOf, shownKey } from './keys.ts';
import { signatureOf, type OpenKey } from './signature.ts';

/** How long the keys in use are remembered: a change of them is known everywhere after it. */
const REMEMBERED_MS = 60_000;
/** Signatures that are kept for the other recipients of a message. */
const KEPT_SIGNATURES = 100;

interface SigningParts {
  readonly store: Store;
  readonly names: Pick<Names, 'texts'>;
  readonly secret: Buffer;
  readonly clock: () => Date;
  readonly log: Logger;
  /** The town's own; those of schools are in the database. */
  readonly domain: string;
}

/** Opens what signs; nothing is made or asked before it is wanted. */
export function openSigning(parts: SigningParts): Signing {
  const keyring = openKeyring(parts);
  const signatures = new LRUCache<string, Promise<string>>({ max: KEPT_SIGNATURES });

  /** The same for all recipients of a message; none where it can't be signed. */
  function madeOnce(key: string, raw: Buffer, keys: readonly OpenKey[]): Promise<string> {
    const made = signatures.get(key) ?? madeNow(raw, keys);
    signatures.set(key, made);
    return made;
  }

  async function madeNow(raw: Buffer, keys: readonly OpenKey[]): Promise<string> {
    try {
      return await signatureOf(raw, keys, parts.clock());
    } catch (error) {
      parts.log.error({ err: error }, 'a message could not be signed');
      return '';
    }
  }

  return {
    async keys() {
      await makeMissing(parts);
      return (await rowsOf(parts)).map(shownKey);
    },
    async tend() {
      await makeMissing(parts);
      await useShown(parts);
      const longAgo = new Date(parts.clock().getTime() - LEAVING_MS);
      await parts.store.town((tx) => forgetSigningKeys(tx, longAgo));
    },
    async sign(which, raw) {
      const keys = await keyring(authorDomain(raw));
      if (keys.length === 0) return raw;
      const signature = await madeOnce(nameOf(which, keys), raw, keys);
      return Buffer.concat([Buffer.from(signature), raw]);
    },
  };
}

/** Another key in use is another signature. */
function nameOf({ school, message }: SignedMessage, keys: readonly OpenKey[]): string {
  return [school, message, ...keys.map(({ selector }) => selector)].join(' ');
}

/** Whose name the letter bears: with strict alignment no other domain could vouch for it. */
function authorDomain(raw: Buffer): string {
  const [author] = readAddresses(fieldOf(raw, 'from') ?? '');
  return domainOf(author?.address ?? '');
}

const rowsOf = ({ store }: SigningParts): Promise<readonly SigningKeyRow[]> =>
  store.readTown(signingKeys);

async function makeMissing(parts: SigningParts): Promise<void> {
  const { store, secret, clock, domain: town } = parts;
  const [rows, own] = await Promise.all([rowsOf(parts), store.readTown(ownDomains)]);
  const madeAt = clock();
  for (const { domain, algorithm } of missingKeys(rows, [town, ...own], madeAt)) {
    const pair = await makeKeyPair(algorithm);
    const selector = selectorOf(algorithm, madeAt);
    const privateKey = seal(secret, sealedOf(domain, selector), Buffer.from(pair.privateKey));
    const { publicKey } = pair;
    await store.town((tx) =>
      insertSigningKey(tx, { domain, selector, algorithm, publicKey, privateKey, madeAt }),
    );
    parts.log.info(
      { domain, selector },
      'a key to sign with was made; its record is to be published',
    );
  }
}

/** A resolver that is silent leaves all as it is. */
async function useShown(parts: SigningParts): Promise<void> {
  const waiting = (await rowsOf(parts)).filter(({ usedFrom }) => usedFrom === null);
  for (const row of waiting) {
    const key = shownKey(row);
    const answer = await parts.names.texts(key.name);
    if (answer.kind !== 'found' || !isShown(key, answer.records)) continue;
    await parts.store.town((tx) => beginSigning(tx, row, parts.clock()));
    parts.log.info({ domain: row.domain, selector: row.selector }, 'a new key signs what leaves');
  }
}

/** Gives the keys that sign for a domain, read at most once a minute. */
function openKeyring(parts: SigningParts): (domain: string) => Promise<readonly OpenKey[]> {
  let read: Promise<readonly OpenKey[]> | null = null;
  let readAtMs = Number.NEGATIVE_INFINITY;
  return async (domain) => {
    if (read === null || performance.now() - readAtMs > REMEMBERED_MS) {
      readAtMs = performance.now();
      read = openKeys(parts);
      read.catch(() => {
        read = null;
      });
    }
    return (await read).filter((key) => key.domain === domain);
  };
}

async function openKeys(parts: SigningParts): Promise<readonly OpenKey[]> {
  return (await rowsOf(parts)).flatMap(
    ({ domain, selector, algorithm, privateKey, usedFrom, followedAt }) =>
      privateKey === null || usedFrom === null || followedAt !== null
        ? []
        : [
            {
              domain,
              selector,
              algorithm,
              privateKey: opened(parts, { domain, selector, privateKey }),
            },
          ],
  );
}

interface SealedKey {
  readonly domain: string;
  readonly selector: string;
  readonly privateKey: Buffer;
}

function opened({ secret }: SigningParts, { domain, selector, privateKey }: SealedKey): KeyObject {
  return createPrivateKey(unseal(secret, sealedOf(domain, selector), privateKey));
}

const sealedOf = (domain: string, selector: string) => ({
  purpose: 'signing key',
  name: `${selector}._domainkey.${domain}`,
});
