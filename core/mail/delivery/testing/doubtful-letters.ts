/** Letters with which a child hides hurtful words from the second look, as they travel. */

/** What is handed over: title, body and further fields. */
interface Hidden {
  readonly when: string;
  readonly subject?: string;
  /** Fields with their line ends, besides those that every letter has. */
  readonly fields?: string;
  readonly type?: string;
  readonly body: string;
  readonly to?: string;
}

const HURTS = 'T’es trop nul !';

const ALTERNATIVES = 'multipart/alternative; boundary=b';
const two = (plain: string, html: string): string =>
  `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${plain}\r\n` +
  `--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n--b--`;
const withFile = (name: string): string =>
  '--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nRegarde.\r\n' +
  `--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}\r\n\r\n.\r\n--b--`;

export const HIDDEN: readonly Hidden[] = [
  { when: 'in the title', subject: HURTS, body: 'Salut' },
  {
    when: 'in the title of an answer to nothing',
    subject: `Re: ${HURTS}`,
    fields: 'In-Reply-To: <nobody@x.example>\r\n',
    body: 'Salut',
  },
  {
    when: 'in the formatted one of two texts',
    type: ALTERNATIVES,
    body: two('Salut', `<p>${HURTS}`),
  },
  { when: 'in the plain one of two texts', type: ALTERNATIVES, body: two(HURTS, '<p>Salut') },
  {
    when: 'behind a head that has no end',
    type: ALTERNATIVES,
    body: two('Salut', `<html><head><body>${HURTS}</body>`),
  },
  {
    when: 'between hidden letters',
    type: ALTERNATIVES,
    body: two('Salut', '<p>T’es trop n<i style="display:none">x</i>ul !'),
  },
  {
    when: 'as the words for a picture',
    type: 'text/html; charset=utf-8',
    body: `<p>Salut <img src="cid:a" alt="${HURTS}">`,
  },
  {
    when: 'as the name of a file',
    type: 'multipart/mixed; boundary=b',
    body: withFile('t’es_trop_nul.png'),
  },
  { when: 'as the name of who gets it', to: '"T’es trop nul"', body: 'Salut' },
  {
    when: 'as the quote of a letter that never was',
    fields: 'In-Reply-To: <nobody@x.example>\r\n',
    body: `Regarde.\r\n\r\nLe lun. 23 nov. 2026, Noé a écrit :\r\n> ${HURTS}`,
  },
  { when: 'behind 30,000 spaces', body: `Salut.${`${' '.repeat(900)}\r\n`.repeat(34)}${HURTS}` },
  {
    when: 'behind 30,000 kind signs',
    body: `Salut ${`${'❤'.repeat(200)}\r\n`.repeat(150)}${HURTS}`,
  },
  { when: 'within a megabyte of nothing', body: `${`${' '.repeat(900)}\r\n`.repeat(1_100)}Salut` },
  { when: 'in letters without width between', body: 'T’es trop n\u200Bu\u200Bl !' },
  { when: 'in mathematical letters', body: '𝐓’𝐞𝐬 𝐭𝐫𝐨𝐩 𝐧𝐮𝐥 !' },
  { when: 'in Cyrillic letters', body: 'Т’еѕ тrор nυl !' },
  { when: 'as a number over lines', body: 'Voici :\r\n06\r\n12\r\n34\r\n56\r\n78' },
];

/** The letter as it travels. */
export function rawHidden(
  from: string,
  to: string,
  { subject = 'Bille', fields = '', type = 'text/plain; charset=utf-8', body, to: name }: Hidden,
): Buffer {
  return Buffer.from(
    `From: ${from}\r\nTo: ${name === undefined ? to : `${name} <${to}>`}\r\n` +
      `Subject: ${subject}\r\nDate: Tue, 24 Nov 2026 09:00:00 +0000\r\n${fields}` +
      `MIME-Version: 1.0\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`,
  );
}
