/** The EICAR test file, put together here so that no scanner finds this file itself. */
export const EICAR = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE', '!$H+H*'].join(''),
);

/** A message of one text. */
export function letter(text: string): Buffer {
  const head = ['From: a@ecoles.preau.test', 'Subject: essai', 'MIME-Version: 1.0'];
  return Buffer.from([...head, '', text, ''].join('\r\n'));
}

/** A message with one file. */
export function parcel(name: string, bytes: Buffer, text = 'Bonjour'): Buffer {
  const encoded = bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.from(
    [
      'From: a@ecoles.preau.test',
      'Subject: essai',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      text,
      '--b',
      `Content-Type: application/octet-stream; name=${name}`,
      'Content-Transfer-Encoding: base64',
      '',
      encoded,
      '--b--',
      '',
    ].join('\r\n'),
  );
}
