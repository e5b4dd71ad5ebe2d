import { expect, it } from 'vitest';
import { receiversWordsIn } from './receivers-word.ts';

const DOMAIN = 'ecoles.ville.fr';
const OURS = `Authentication-Results: courrier.ville.fr; dkim=pass header.d=gmail.com; spf=pass smtp.mailfrom=lucie@gmail.com; dmarc=pass header.from=gmail.com\r\n`;
/** As Gmail, Outlook, OpenDKIM and Postfix’s OpenARC write theirs. */
const GMAIL = `Authentication-Results: mx.google.com;\r\n       dkim=pass header.i=@ecoles.ville.fr header.s=r1 header.b=Ab+/x;\r\n       dkim=neutral (no key; (ed25519)) header.i=@ecoles.ville.fr header.s=e1;\r\n       spf=pass (google.com: domain of postmaster@ecoles.ville.fr designates 203.0.113.9 as permitted sender) smtp.mailfrom=postmaster@ecoles.ville.fr;\r\n       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=ecoles.ville.fr\r\n`;
const OUTLOOK = `authentication-results: spf=softfail (sender IP is 203.0.113.9)\r\n smtp.mailfrom=ecoles.ville.fr; dkim=none (message not signed)\r\n header.d=none;dmarc=fail action=oreject header.from=Ecoles.Ville.FR;compauth=fail\r\n reason=000\r\n`;
const ELSEWHERE = `Authentication-Results: relay.example; dkim=pass header.d=other.example; dmarc=none header.from=notecoles.ville.fr\r\n`;

const attached = (fields: string) =>
  Buffer.from(
    `${OURS}From: lucie@gmail.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nVoilà.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${fields}From: postmaster@ecoles.ville.fr\r\n\r\nBonjour\r\n--b--\r\n`,
  );

it.each([
  {
    what: 'a letter that bears ours along, signed twice, one of the keys unknown',
    answer: attached(GMAIL),
    says: [{ receiver: 'mx.google.com', spf: 'pass', dkim: 'pass', dmarc: 'pass' }],
  },
  {
    what: 'two hands on the way, the last first',
    answer: attached(
      GMAIL.replace('mx.google.com', 'second.example').replace('dmarc=pass', 'dmarc=fail') + GMAIL,
    ),
    says: [
      { receiver: 'second.example', spf: 'pass', dkim: 'pass', dmarc: 'fail' },
      { receiver: 'mx.google.com', spf: 'pass', dkim: 'pass', dmarc: 'pass' },
    ],
  },
  { what: 'an answer that says only what we found of it', answer: attached(''), says: [] },
  { what: 'results of somebody else’s letter', answer: attached(ELSEWHERE), says: [] },
  {
    what: 'comments without an end',
    answer: attached(`Authentication-Results: x; ${'('.repeat(20_000)}\r\n`),
    says: [],
  },
])('of $what', ({ answer, says }) =>
  expect(receiversWordsIn(answer, { domain: DOMAIN, ours: 'courrier.ville.fr' })).toEqual(says),
);

it('of Outlook, which names itself nowhere', () =>
  expect(
    receiversWordsIn(attached(OUTLOOK), { domain: DOMAIN, ours: 'courrier.ville.fr' }),
  ).toEqual([{ receiver: null, spf: 'softfail', dkim: 'none', dmarc: 'fail' }]));
