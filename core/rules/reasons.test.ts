import { describe, expect, it } from 'vitest';
import { dateInWords } from './dates.ts';
import { ENGLISH } from './reasons-en.ts';
import { FRENCH } from './reasons-fr.ts';
import { asciiSentence, explain, REASON_NAMES, type Audience, type ReasonName } from './reasons.ts';

/** A Tuesday, 17:00 in Paris. */
const now = new Date('2026-11-24T16:00:00Z');
const ROSA = { name: 'Rosa', className: 'CM2 B', ownClassName: 'CE1 A' };
const timeZone = 'Europe/Paris';
const NO_BREAK = '\u00a0';

/** `rule` is any text: a row of the store may have been written by a later version. */
function said(
  rule: string,
  words: Readonly<Record<string, string>>,
  who: { language: 'fr' | 'en'; audience: Audience },
): string {
  const { sentence, next } = explain(rule as ReasonName, words, { ...who, timeZone, now });
  return `${sentence} ${next}`.replaceAll(NO_BREAK, ' ');
}

describe('the voice', () => {
  const toChild = { language: 'fr', audience: 'child' } as const;
  const toAdult = { language: 'fr', audience: 'adult' } as const;
  it.each([
    [
      'not-in-your-class',
      ROSA,
      toChild,
      'Ton message n’est pas parti. Rosa est en CM2 B. Toi, tu es en CE1 A. Tu peux écrire à ta classe, à ta maîtresse et à ta famille. Ton texte est enregistré.',
    ],
    [
      'not-in-your-class',
      ROSA,
      { language: 'en', audience: 'child' },
      'Your message was not sent. Rosa is in CM2 B and you are in CE1 A. You can write to your class, your teacher and your family. Your text is saved.',
    ],
    [
      'not-in-your-class',
      {},
      toChild,
      'Ton message n’est pas parti. Cet enfant n’est pas dans ta classe. Tu peux écrire à ta classe, à ta maîtresse et à ta famille. Ton texte est enregistré.',
    ],
    ['class-moderated', {}, toChild, 'Ta maîtresse lit ton message d’abord. Il partira après.'],
    [
      'class-moderated',
      { teacher: 'ton maître' },
      toChild,
      'Ton maître lit ton message d’abord. Il partira après.',
    ],
    [
      'doubtful-words',
      { teacher: 'Madame Vasseur', otherTeacher: 'Monsieur Colas' },
      toChild,
      'Madame Vasseur ou Monsieur Colas lit ton message d’abord. Il partira après.',
    ],
    [
      'school-closed',
      { until: '2026-11-25T07:00:00Z' },
      toChild,
      'L’école est fermée. Ton message partira demain à 8 h. Tu n’as rien à faire.',
    ],
    [
      'school-closed',
      { until: '2026-11-24T07:00:00Z' },
      toChild,
      'L’école est fermée. Ton message partira quand elle ouvrira. Tu n’as rien à faire.',
    ],
    [
      'family-first',
      { teacher: 'ton maître' },
      toChild,
      'Tu peux lire tes messages. Pour écrire, il faut le oui de ta famille. Demande à ton maître le papier pour ta famille. Ton texte est enregistré.',
    ],
    [
      'sending-paused',
      { until: '2026-11-26T23:00:00Z' },
      toChild,
      'Tu peux lire tes messages. Tu pourras écrire de nouveau vendredi. Demande à ta maîtresse. Ton texte est enregistré.',
    ],
    [
      'file-kind',
      {},
      toChild,
      'Ce fichier ne peut pas partir. Choisis une image, un son ou une feuille.',
    ],
    [
      'no-such-address',
      {},
      toAdult,
      'Cette adresse n’existe pas ou ne reçoit pas vos messages. Si c’est un élève d’une autre école, liez vos deux classes (correspondance). Votre brouillon est enregistré.',
    ],
    [
      'infected',
      {},
      toAdult,
      'Votre message n’est pas parti : un fichier contient un virus. Le brouillon est enregistré sans ce fichier.',
    ],
    [
      'infected',
      { signature: 'Eicar-Test' },
      toAdult,
      'Votre message n’est pas parti : un fichier contient un virus (Eicar-Test). Le brouillon est enregistré sans ce fichier.',
    ],
    [
      'scanner-silent',
      {},
      toAdult,
      'L’antivirus ne répond pas. Votre message reste dans les brouillons et partira dès son retour.',
    ],
    [
      'fault',
      {},
      toAdult,
      'La messagerie fait une pause. Rien n’est perdu. Réessayez dans deux minutes.',
    ],
    [
      'a-rule-of-tomorrow',
      {},
      toAdult,
      'La messagerie fait une pause. Rien n’est perdu. Réessayez dans deux minutes.',
    ],
    [
      'constructor',
      {},
      { language: 'en', audience: 'adult' },
      'Mail is taking a break. Nothing is lost. Try again in two minutes.',
    ],
  ] as const)('%s %j', (rule, words, who, text) => {
    expect(said(rule, words, who)).toBe(text);
  });

  it('says a name as it is, whatever signs it has', () => {
    expect(said('mailbox-full', { name: '$& {until} <b>' }, toAdult)).toContain(
      'La boîte de $& {until} <b> est pleine.',
    );
  });
});

describe.each(REASON_NAMES)('%s', (name) => {
  const wordings = (audience: Audience, language: 'fr' | 'en') =>
    Object.values((language === 'fr' ? FRENCH : ENGLISH)[name][audience]).flat();

  it('reads well without any word, and leaves no placeholder', () => {
    for (const language of ['fr', 'en'] as const)
      for (const audience of ['child', 'adult'] as const) {
        const { sentence, next } = explain(name, {}, { language, timeZone, audience, now });
        expect(`${sentence} ${next}`).toMatch(/^\p{Lu}[^{}]+[.?]$/u);
      }
  });

  it('speaks to a child in short sentences, with « tu » and without words of machines', () => {
    for (const text of wordings('child', 'fr')) {
      for (const sentence of text.split(/(?<=[.?])\s/))
        expect(sentence.split(/\s+/).length, sentence).toBeLessThanOrEqual(15);
      expect(text).not.toMatch(/erreur|invalide|interdit|utilisateur|\bvo(us|tre|s)\b|!/i);
    }
    for (const text of wordings('adult', 'fr'))
      expect(text).not.toMatch(/\b(tu|ton|ta|tes|toi)\b|!/i);
  });

  it('is typeset: curly apostrophes, no-break spaces, and for SMTP nothing but ASCII', () => {
    for (const audience of ['child', 'adult'] as const) {
      for (const text of wordings(audience, 'fr')) expect(text).not.toMatch(/'|[^\u00a0][:;?!]/);
      for (const text of wordings(audience, 'en')) expect(text).not.toMatch(/'|[\u00a0 ][:;?!]/);
      expect(
        asciiSentence(explain(name, {}, { language: 'fr', timeZone, audience, now }).sentence),
      ).toMatch(/^[\x20-\x7e]{10,400}$/);
    }
  });
});

it.each([
  [
    'L’école est fermée. À 8\u00a0h\u00a0: « ça » – cœur…',
    'L\'ecole est fermee. A 8 h : "ca" - coeur...',
  ],
  ['deux\r\nlignes\t\0', 'deux lignes ?'],
  ['Ольга', '?????'],
  ['a'.repeat(1000), 'a'.repeat(400)],
])('folds %j for SMTP', (text, folded) => {
  expect(asciiSentence(text)).toBe(folded);
});

it.each([
  ['later today', '2026-11-24T18:30:00Z', 'aujourd’hui à 19 h 30', 'today at 19:30'],
  ['just before midnight', '2026-11-24T22:59:00Z', 'aujourd’hui à 23 h 59', 'today at 23:59'],
  ['the next midnight', '2026-11-24T23:00:00Z', 'demain', 'tomorrow'],
  ['in the week', '2026-11-27T07:00:00Z', 'vendredi à 8 h', 'on Friday at 8'],
  ['in six days', '2026-11-30T07:05:00Z', 'lundi à 8 h 05', 'on Monday at 8:05'],
  [
    'the same weekday next week',
    '2026-12-01T07:00:00Z',
    'le mardi 1er décembre à 8 h',
    'on Tuesday 1 December at 8',
  ],
  [
    'on the twenty-first',
    '2027-03-21T07:00:00Z',
    'le dimanche 21 mars à 8 h',
    'on Sunday 21 March at 8',
  ],
  [
    'after the clocks changed',
    '2027-04-05T06:00:00Z',
    'le lundi 5 avril à 8 h',
    'on Monday 5 April at 8',
  ],
])('says %s in words', (_when, iso, fr, en) => {
  expect(dateInWords(iso, { language: 'fr', timeZone, now })?.replaceAll(NO_BREAK, ' ')).toBe(fr);
  expect(dateInWords(iso, { language: 'en', timeZone, now })).toBe(en);
});

it.each(['', 'soon', '2026-11-24T16:00:00Z', '2020-01-01'])('promises nothing for %j', (iso) => {
  expect(dateInWords(iso, { language: 'fr', timeZone, now })).toBeNull();
});

it.each([
  ['Pacific/Noumea', '2026-11-24T21:00:00Z', 'aujourd’hui à 8 h'],
  ['America/Martinique', '2026-11-24T21:00:00Z', 'aujourd’hui à 17 h'],
  ['Europe/Paris', '2026-11-24T21:00:00Z', 'aujourd’hui à 22 h'],
  ['Pacific/Noumea', '2026-11-25T13:00:00Z', 'demain'],
  ['Indian/Reunion', '2026-11-24T20:30:00Z', 'demain à 0 h 30'],
])('says by a clock of %s when %s is', (zone, iso, fr) => {
  const clock = { language: 'fr', timeZone: zone, now } as const;
  expect(dateInWords(iso, clock)?.replaceAll(NO_BREAK, ' ')).toBe(fr);
});
