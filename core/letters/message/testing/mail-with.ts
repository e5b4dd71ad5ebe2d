/** A message with files, for tests: each a part in base64 of the type that says nothing. */
export function mailWith(
  files: readonly { readonly name: string; readonly bytes: Buffer }[],
): Buffer {
  const parts = files.map(({ name, bytes }) =>
    [
      '--b',
      `Content-Type: application/octet-stream; name="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      bytes.toString('base64').replace(/.{76}/g, '$&\r\n'),
      '',
    ].join('\r\n'),
  );
  const head =
    'From: a@b.fr\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nBonjour\r\n';
  return Buffer.from(`${head}${parts.join('')}--b--\r\n`);
}
