import { crc32 } from 'node:zlib';

/** The EICAR test file, in two pieces so that this source is no virus to a scanner. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(
  '',
);

/** A zip with one stored file. */
function zipOf(name: string, bytes: Buffer): Buffer {
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(crc32(bytes), 0);
  sizes.writeUInt32LE(bytes.length, 4);
  sizes.writeUInt32LE(bytes.length, 8);
  const nameLength = Buffer.alloc(4);
  nameLength.writeUInt16LE(Buffer.byteLength(name), 0);
  const common = Buffer.concat([
    Buffer.from([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x58]),
    sizes,
    nameLength,
  ]);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), bytes]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02'),
    Buffer.from([20, 0]),
    common,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
const quoted = (text: string): string =>
  [...text]
    .map((char) => `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
    .replace(/.{72}/g, '$&=\r\n');

function withPart(head: readonly string[], part: readonly string[]): Buffer {
  return Buffer.from(
    [
      ...head,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Bonjour',
      '--b',
      ...part,
      '--b--',
      '',
    ].join('\r\n'),
  );
}

const attached = (name: string, encoding: string, body: string): string[] => [
  `Content-Type: application/octet-stream; name=${name}`,
  `Content-Disposition: attachment; filename=${name}`,
  `Content-Transfer-Encoding: ${encoding}`,
  '',
  body,
];

/** The virus in every wrapping that a mail program would open. */
export function infected(
  from: string,
  to: string,
): readonly { readonly how: string; readonly raw: Buffer }[] {
  const head = [`From: ${from}`, `To: ${to}`, 'Subject: Un fichier'];
  const file = Buffer.from(EICAR);
  const inner = withPart(
    ['From: a@example.org', 'Subject: dedans'],
    attached('a.txt', 'base64', base64(file)),
  ).toString();
  return [
    { how: 'as the text', raw: Buffer.from([...head, '', EICAR, ''].join('\r\n')) },
    { how: 'a file, base64', raw: withPart(head, attached('a.txt', 'base64', base64(file))) },
    {
      how: 'a file, quoted-printable',
      raw: withPart(head, attached('a.txt', 'quoted-printable', quoted(EICAR))),
    },
    {
      how: 'in a zip',
      raw: withPart(head, attached('a.zip', 'base64', base64(zipOf('a.txt', file)))),
    },
    {
      how: 'in a zip in a zip',
      raw: withPart(
        head,
        attached('a.zip', 'base64', base64(zipOf('b.zip', zipOf('a.txt', file)))),
      ),
    },
    {
      how: 'in a message/rfc822',
      raw: withPart(head, ['Content-Type: message/rfc822', '', inner]),
    },
  ];
}
