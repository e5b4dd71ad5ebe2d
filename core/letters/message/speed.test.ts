import { expect, it, vi } from 'vitest';
import { SOAKED } from '../../../tests/shared/slice.ts';
import { readMessage } from './parse.ts';
import { cpuMs } from './testing/corpora.ts';

vi.setConfig({ testTimeout: 180_000 }); // the machine may be busy

/**
 * Figures are printed, not judged, and counted in the processor's time: the machine may be busy.
 * Only a tenfold loss fails.
 */
it.each<[string, Buffer]>([
  ['text and HTML', everyday()],
  ['text', plainText()],
])('reads 5 kB messages of %s by the thousand', { tags: 'soak' }, (what, raw) => {
  for (let i = 0; i < 2_000; i++) readMessage(raw);
  const begun = process.threadCpuUsage();
  const count = 3_000;
  for (let i = 0; i < count; i++) readMessage(raw);
  const { user, system } = process.threadCpuUsage(begun);
  const perSecond = Math.round(count / ((user + system) / 1_000_000));
  console.log(`${raw.length} bytes, ${what}: ${perSecond} messages/s`);
  expect(perSecond).toBeGreaterThan(800);
});

it('reads a message with a 2 MB file in some milliseconds', SOAKED, () => {
  const raw = withFile(2 ** 21);
  const times = Array.from({ length: 5 }, () => cpuMs(() => readMessage(raw)).ms);
  console.log(`${raw.length} bytes: ${times.toSorted((a, b) => a - b)[2]?.toFixed(1)} ms`);
  expect(Math.min(...times)).toBeLessThan(100);
});

function everyday(): Buffer {
  const words =
    'Bonjour à tous, voici les devoirs pour lundi : lire la page 12 et apprendre la poésie.\r\n'.repeat(
      22,
    );
  const html = words
    .split('\r\n')
    .map((line) => `<p style=3D"color:#333">${line}</p>`)
    .join('\r\n');
  return Buffer.from(
    [
      'Received: from mx.example by mx.ecoles.test; Mon, 07 Sep 2026 08:00:00 +0200',
      'From: =?utf-8?q?L=C3=A9a?= <lea@ecoles.test>',
      'To: "Classe de CE1" <ce1@ecoles.test>, tom@ecoles.test',
      'Subject: =?utf-8?b?w4l0w6k=?=',
      'Date: Mon, 07 Sep 2026 08:00:00 +0200',
      'Message-ID: <a@ecoles.test>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary="xx"',
      '',
      '--xx',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      words,
      '--xx',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      html,
      '--xx--',
      '',
    ].join('\r\n'),
  );
}

function plainText(): Buffer {
  return Buffer.from(
    `From: "Léa" <lea@ecoles.test>\r\nTo: tom@ecoles.test\r\nSubject: Devoirs\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${'Bonjour à tous, voici les devoirs pour lundi : lire la page 12.\r\n'.repeat(74)}`,
  );
}

function withFile(sizeBytes: number): Buffer {
  const file = Buffer.from(Array.from({ length: sizeBytes }, (_, i) => (i * i * 31) & 255));
  file.write('\xFF\xD8\xFF', 'latin1');
  const lines = file.toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.from(
    `From: a@b.fr\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nBonjour\r\n--b\r\nContent-Type: image/jpeg; name=a.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}\r\n--b--\r\n`,
  );
}
