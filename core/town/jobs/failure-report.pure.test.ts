import { expect, it } from 'vitest';
import { delayReport, failureReport, type Failure } from './failure-report.ts';

const failure: Failure = {
  domain: 'ecoles.preau.test',
  messageId: '<bounce.1.2@ecoles.preau.test>',
  sender: 'claire@ecoles.preau.test',
  recipient: 'musee@example.org',
  language: 'fr',
  reply: '550 5.1.1 unknown',
  gaveUp: false,
  failedAt: new Date('2026-11-24T08:00:00Z'),
  original: Buffer.from('Subject: visite\r\n\r\nsecret body\r\n'),
  dsn: { notify: null, orcpt: null, ret: null, envid: null },
};
const textOf = (report: string) =>
  Buffer.from(/base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(report)?.[1] ?? '', 'base64').toString();

it.each<{ reply: string; gaveUp?: boolean; status: string; says: string }>([
  { reply: '550 5.1.1 unknown', status: '5.1.1', says: 'n’existe pas' },
  { reply: '552 5.2.2 over quota', status: '5.2.2', says: 'est pleine' },
  { reply: '552 5.3.4 too big', status: '5.3.4', says: 'trop gros' },
  { reply: '553 5.6.7 no such letters', status: '5.6.7', says: 'lettres accentuées' },
  { reply: '550 5.4.4 no server', status: '5.4.4', says: 'signe @' },
  { reply: '554 5.7.1 spam', status: '5.7.1', says: 'refusé' },
  { reply: '550 no', status: '5.0.0', says: 'refusé' },
  { reply: 'This address cannot be written to.', status: '5.1.3', says: 'n’existe pas' },
  { reply: '451 4.7.1 later', gaveUp: true, status: '4.4.7', says: 'plusieurs jours' },
])('$reply', ({ reply, gaveUp, status, says }) => {
  const report = failureReport({ ...failure, reply, gaveUp: gaveUp ?? false }).toString();
  expect(report).toContain(`Status: ${status}\r\n`);
  expect(textOf(report)).toContain(says);
  expect(textOf(report)).toContain(reply);
});

it('speaks the language of the account, gives the header back and not the body', () => {
  const report = failureReport({ ...failure, language: 'en' }).toString();
  expect(textOf(report)).toContain('doesn’t exist');
  expect(report).toContain('Subject: visite');
  expect(report).not.toContain('secret body');
});

it('a reply makes no line of its own in the header', () => {
  const report = failureReport({
    ...failure,
    reply: '550 5.1.1 no\r\nStatus: 2.0.0\r\n\r\nX: y',
  }).toString();
  expect(report).not.toMatch(/\r\nStatus: 2/);
});

it.each([
  { timeZone: 'Europe/Paris', day: 'samedi 28 novembre' },
  { timeZone: 'America/Martinique', day: 'samedi 28 novembre' },
  { timeZone: 'Pacific/Noumea', day: 'dimanche 29 novembre' },
])(
  'in $timeZone a late message is tried until $day, and isn’t to be sent again',
  ({ timeZone, day }) => {
    const triedUntil = new Date('2026-11-28T20:00:00Z');
    const at = new Date('2026-11-24T12:00:00Z');
    const report = delayReport({
      ...failure,
      reply: '451 4.7.1 later',
      at,
      timeZone,
      triedUntil,
    }).toString();
    expect(report).toContain(
      'Action: delayed\r\nStatus: 4.7.1\r\nDiagnostic-Code: smtp; 451 4.7.1 later\r\n',
    );
    expect(report).toContain('Will-Retry-Until: Sat, 28 Nov 2026 20:00:00 +0000\r\n');
    expect(textOf(report)).toContain(`jusqu’au ${day}`);
    expect(textOf(report)).toContain('ne l’envoyez pas de nouveau');
  },
);

it('an address beyond ASCII is written as RFC 6533 §3 has it', () => {
  const report = failureReport({ ...failure, recipient: 'élodie@exemple.org' }).toString();
  expect(report).toContain('Final-Recipient: utf-8; \\x{E9}lodie@exemple.org\r\n');
});

it('brings the whole letter back to who asked for it, under the names that they gave (RFC 3461)', () => {
  const dsn = {
    notify: null,
    orcpt: 'rfc822;Musee@example.org',
    ret: 'FULL',
    envid: 'QQ314159',
  } as const;
  const report = failureReport({ ...failure, dsn }).toString();
  expect(report).toContain('Original-Envelope-Id: QQ314159\r\nReporting-MTA: ');
  expect(report).toContain('Original-Recipient: rfc822;Musee@example.org\r\nFinal-Recipient: ');
  expect(report).toContain('Content-Type: message/rfc822\r\n');
  expect(report).toContain('secret body');
});
