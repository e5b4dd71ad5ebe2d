/**
 * A certificate that signs itself, in DER by hand (RFC 5280, X.690): Node can read certificates and
 * can't make them, and openssl is not on every machine. Good for a first start and for tests; a
 * real town brings its own (PREAU_TLS_CERT).
 */
import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

/** PEM texts. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const SEQUENCE = 0x30,
  SET = 0x31,
  INTEGER = 0x02,
  BIT_STRING = 0x03,
  OCTET_STRING = 0x04,
  OID = 0x06,
  UTF8_STRING = 0x0c,
  BOOLEAN = 0x01;
const UTC_TIME = 0x17,
  GENERALIZED_TIME = 0x18;
const DNS_NAME = 0x82,
  IP_ADDRESS = 0x87; // context tags of GeneralName (RFC 5280 §4.2.1.6)
/** RFC 5280 §4.1.2.5: UTCTime through 2049. */
const FIRST_YEAR_IN_FULL = 2050;

const ECDSA_WITH_SHA256 = oid('2a8648ce3d040302');
const COMMON_NAME = oid('550403');
const BASIC_CONSTRAINTS = oid('551d13');
const SUBJECT_ALT_NAME = oid('551d11');

/**
 * An EC P-256 key and a certificate for `domain` and for this machine's loopback names, valid
 * between the two dates.
 */
export function makeSelfSigned(
  domain: string,
  valid: { readonly from: Date; readonly until: Date },
): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
  const name = der(
    SEQUENCE,
    der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from(domain)))),
  );
  const body = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.of(2))), // version 3
    der(INTEGER, Buffer.concat([Buffer.of(1), randomBytes(15)])), // positive, 16 octets (§4.1.2.2)
    algorithm,
    name,
    der(SEQUENCE, time(valid.from), time(valid.until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      der(
        SEQUENCE,
        extension(BASIC_CONSTRAINTS, 'critical', der(SEQUENCE)),
        extension(SUBJECT_ALT_NAME, 'plain', alternativeNames(domain)),
      ),
    ),
  );
  const signature = createSign('sha256').update(body).sign(privateKey);
  const cert = der(SEQUENCE, body, algorithm, der(BIT_STRING, Buffer.of(0), signature));
  return { cert: pem(cert), key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) };
}

function alternativeNames(domain: string): Buffer {
  const names = [domain, 'localhost'].map((name) => der(DNS_NAME, Buffer.from(name)));
  return der(SEQUENCE, ...names, der(IP_ADDRESS, Buffer.of(127, 0, 0, 1)));
}

function extension(id: Buffer, weight: 'critical' | 'plain', value: Buffer): Buffer {
  return der(
    SEQUENCE,
    id,
    ...(weight === 'critical' ? [der(BOOLEAN, Buffer.of(0xff))] : []),
    der(OCTET_STRING, value),
  );
}

function time(at: Date): Buffer {
  const full = `${at.toISOString().replace(/[-:T]|\.\d+/g, '')}`;
  return at.getUTCFullYear() >= FIRST_YEAR_IN_FULL
    ? der(GENERALIZED_TIME, Buffer.from(full))
    : der(UTC_TIME, Buffer.from(full.slice(2)));
}

function oid(hex: string): Buffer {
  return der(OID, Buffer.from(hex, 'hex'));
}

/** One tag, the shortest form of the length (X.690 §10.1), the content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const value = Buffer.concat(content);
  return Buffer.concat([Buffer.of(tag, ...lengthOctets(value.length)), value]);
}

function lengthOctets(length: number): readonly number[] {
  if (length < 0x80) return [length];
  if (length < 0x100) return [0x81, length];
  return [0x82, length >> 8, length & 0xff];
}

function pem(bytes: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
}
