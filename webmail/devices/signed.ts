import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { OctetString } from 'asn1js';
import {
  Certificate as CmsCertificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  SignerInfo,
} from 'pkijs';
import type { Certificate } from '../../core/town/certificate/certificate.ts';

const HASH = 'SHA-256';

/**
 * Signs a document with the server's certificate, its chain included: CMS SignedData with the
 * document inside (RFC 5652 §5), in DER.
 */
export async function signed(document: string, { cert, key }: Certificate): Promise<Buffer> {
  const chain = cert
    .split(/(?<=-----END CERTIFICATE-----)/)
    .filter((one) => one.includes('BEGIN CERTIFICATE'))
    .map((pem) => CmsCertificate.fromBER(new X509Certificate(pem).raw));
  const own = chain[0];
  if (own === undefined) throw new Error('the file of the certificate holds none');
  const cms = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: ContentInfo.DATA,
      eContent: new OctetString({ valueHex: Buffer.from(document) }),
    }),
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
      }),
    ],
    certificates: chain,
  });
  await cms.sign(await signingKey(createPrivateKey(key)), 0, HASH);
  return Buffer.from(
    new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: cms.toSchema(true) })
      .toSchema()
      .toBER(),
  );
}

function signingKey(key: KeyObject): Promise<CryptoKey> {
  const bytes = key.export({ type: 'pkcs8', format: 'der' });
  const curve = key.asymmetricKeyDetails?.namedCurve === 'secp384r1' ? 'P-384' : 'P-256';
  const way =
    key.asymmetricKeyType === 'ec'
      ? { name: 'ECDSA', namedCurve: curve }
      : { name: 'RSASSA-PKCS1-v1_5', hash: HASH };
  return crypto.subtle.importKey('pkcs8', bytes, way, false, ['sign']);
}
