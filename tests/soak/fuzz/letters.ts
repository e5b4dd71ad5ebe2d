/** Letters that nobody writes, read as the service reads every letter. */

import { letterTraits } from '../../../core/letters/junk/traits.ts';
import { inMessage } from '../../../core/letters/message/body.ts';
import { quote } from '../../../core/letters/message/compose.ts';
import type { ReadMessage } from '../../../core/letters/message/message.ts';
import { hasPhotograph } from '../../../core/letters/message/photographs.ts';
import {
  isReadAtOnce,
  isShownAtOnce,
  shownHtml,
  shownText,
  type ViewRequest,
} from '../../../core/letters/message/shown.ts';
import { asSent, corpusFiles } from '../../../core/letters/message/testing/corpora.ts';
import {
  compoundFile,
  docx,
  gzipped,
  JPEG,
  streamedZip,
  tarred,
} from '../../../core/letters/message/testing/documents.ts';
import { mailWith } from '../../../core/letters/message/testing/mail-with.ts';
import { saysDoubtful } from '../../../core/letters/second-look/letter.ts';
import { wordsShown } from '../../../core/letters/second-look/shown.ts';
import {
  showInSandbox,
  takeInAtOnce,
  takeInSandbox,
  textInSandbox,
} from '../../../core/mail/parsing/letters.ts';
import { receivedFrom } from '../../../core/mail/parsing/received.ts';
import type { MessageOrigin } from '../../../core/mail/parsing/take-in.ts';
import { paragraphs } from '../../../webmail/components/linked.ts';
import { litWords } from '../../../webmail/pages/little/hearing.ts';
import { READERS_OF_FILES } from '../../growth/readers-of-files.ts';
import { READERS_OF_LETTERS } from '../../growth/readers-of-letters.ts';
import { hostileLetters } from '../hostile-letters.ts';
import type { Call, FuzzedKind } from './fuzzing.ts';
import { mutated, type Material } from './mutations.ts';

const OUTSIDE: MessageOrigin = {
  kind: 'outside',
  receiving: { ourDomains: ['ecoles.fr'], authServId: 'ecoles.fr', trace: '' },
};
const PUPIL: MessageOrigin = {
  kind: 'account',
  account: {
    address: 'tom@ecoles.fr',
    displayName: 'Tom',
    role: 'pupil',
    messageId: '<x@ecoles.fr>',
    date: new Date(0),
    trace: '',
  },
};
const AROUND = { ourDomains: ['ecoles.fr'], isProved: false, server: [], rspamd: false } as const;
const SECRET = Buffer.alloc(32);
const WRITER = {
  kind: 'outside',
  name: 'Guide',
  address: 'guide@ext.test',
  face: 'G',
  cover: 8,
} as const;

interface Letter {
  readonly raw: Buffer;
  readonly origin: MessageOrigin;
  readonly audience: ViewRequest['audience'];
}

/** Fuzzed letters, from the corpora where they are beside the repository, and from ours. */
export async function fuzzedLetters(): Promise<FuzzedKind<Letter>> {
  const material = await materialOfLetters();
  return {
    title: 'letters',
    apart: [],
    make: (random) => ({
      raw: asSent(mutated(random, material)),
      origin: random.pick([OUTSIDE, OUTSIDE, PUPIL]),
      audience: random.pick(['child', 'adult'] as const),
    }),
    read: readLetter,
  };
}

async function readLetter({ raw, origin, audience }: Letter, call: Call): Promise<void> {
  const taken =
    (await call('takeInAtOnce', () => takeInAtOnce(raw, origin))) ??
    (await call('takeInSandbox', () => takeInSandbox(receivedFrom([raw], raw.length), origin)));
  if (taken.kind === 'refused') {
    if (taken.why === 'beyond-limits') throw new Error('a process that read a letter was ended');
    return;
  }
  const { message, hasLyingLink } = taken.read;
  await call('letterTraits', () => letterTraits({ read: message, hasLyingLink }, AROUND));
  await call('hasPhotograph', () => hasPhotograph(message, SECRET));
  await call('saysDoubtful', () => saysDoubtful(wordsShown(inMessage(taken.raw), message), null));
  await show({ raw: taken.raw, message, audience }, call);
}

/** As the pages show it, to grown-ups and to the youngest, and as it is answered. */
async function show(
  {
    raw,
    message,
    audience,
  }: {
    readonly raw: Buffer;
    readonly message: ReadMessage;
    readonly audience: ViewRequest['audience'];
  },
  call: Call,
): Promise<void> {
  const { structure, attachments, envelope, preview } = message;
  const showing: ViewRequest = { raw, structure, attachments, audience, afar: 'shown' };
  const said = isReadAtOnce(showing)
    ? await call('shownText', () => shownText(showing))
    : await call('textInSandbox', () => textInSandbox(showing));
  const formatted = isShownAtOnce(showing)
    ? await call('shownHtml', () => shownHtml(showing))
    : await call('showInSandbox', () => showInSandbox(showing));
  if (said === undefined || formatted === undefined)
    throw new Error('a process that showed a letter was ended');
  const { text } = said;
  if (text === null) return;
  await call('paragraphs', () => paragraphs(text, { links: true }).length);
  await call('quote', () => quote(text, 'Guide'));
  const subject = envelope.subject ?? '';
  await call('litWords', () => litWords({ from: WRITER, subject, preview, text }).length);
}

const FIELDS = [
  'From: a@b.fr\r\n',
  'Content-Type: multipart/mixed; boundary=b\r\n',
  'Content-Type: text/html; charset=',
  'Content-Type: message/rfc822\r\n',
  'Content-Transfer-Encoding: base64\r\n',
  'Content-Disposition: attachment; filename*0*=',
  'Authentication-Results: ecoles.fr; dkim=pass header.d=',
  'DKIM-Signature: v=1; b=',
  'Received: from a by b; ',
  '\r\n\r\n',
  '\r\n',
  '--b\r\n',
  '--b--\r\n',
  'utf-8',
  '\u00E2\u0080\u008B',
  '\u00CC\u0081',
];
/** Of the corpora, those that a mutation soon makes into something new. */
const MOST_SAMPLE_BYTES = 65_536;

async function materialOfLetters(): Promise<Material> {
  const corpora = ['attacks', 'mime-', 'html-', 'text-'].flatMap(corpusFiles);
  const units = [...READERS_OF_LETTERS, ...READERS_OF_FILES].flatMap(({ units: own = [] }) => own);
  return {
    samples: [...(await ownLetters()), ...corpora.map(({ bytes }) => asSent(bytes))].filter(
      ({ length }) => length <= MOST_SAMPLE_BYTES,
    ),
    words: [...FIELDS, ...units],
  };
}

const NEWSLETTER = `From: =?utf-8?q?Mus=C3=A9e?= <lettre@musee.test>
To: Claire <claire@ecoles.fr>, "B, C" <b@ecoles.fr>
Reply-To: contact@ailleurs.test
Subject: =?utf-8?q?Visite_du_mus=C3=A9e?= de mardi
Date: Mon, 30 Nov 2026 08:00:00 +0100
Message-ID: <1@musee.test>
References: <0@musee.test> <00@musee.test>
Authentication-Results: ecoles.fr; dkim=pass header.d=musee.test; spf=pass
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Bonjour,=20

La visite est =C3=A0 9 h 30, 06 12 34 56 78. Voir https://musee.test/a?b=3Dc

> Le 1er mars, Claire a =C3=A9crit :
>> D'accord.
--=20
Le mus=C3=A9e
--b
Content-Type: text/html; charset=utf-8

<html><head><style>p{color:red}</style></head><body><table><tr><td style="margin:0">
<p>Bonjour &amp; <b>bienvenue</b> <a href="https://autre.test/">https://musee.test</a></p>
<img src="https://musee.test/a.png"><img src="cid:a"></td></tr></table></body></html>
--b--
`;

/** Small ones of every kind, so that something is fuzzed wherever the repository stands alone. */
async function ownLetters(): Promise<readonly Buffer[]> {
  const bytes = Buffer.from('Bonjour https://musee.test/');
  const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< /URI(https://musee.test/) >>\nendobj\n%%EOF');
  return [
    Buffer.from('From: a@b.fr\r\nSubject: x\r\n\r\nBonjour, à mardi.\r\n'),
    asSent(Buffer.from(NEWSLETTER)),
    mailWith([{ name: 'a.txt', bytes }]),
    mailWith([{ name: 'a.pdf', bytes: pdf }]),
    mailWith([{ name: 'a.jpg', bytes: JPEG.subarray(0, 2_000) }]),
    mailWith([{ name: 'a.zip', bytes: await streamedZip({ 'a.txt': bytes, 'b/c.pdf': pdf }) }]),
    mailWith([{ name: 'a.tgz', bytes: gzipped(tarred({ 'a.txt': bytes })) }]),
    mailWith([{ name: 'a.docx', bytes: await docx() }]),
    mailWith([{ name: 'a.doc', bytes: compoundFile('WordDocument', bytes) }]),
    ...hostileLetters().map(({ raw }) => raw),
  ];
}
