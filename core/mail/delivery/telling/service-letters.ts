import type { Language } from '../../../ground/ids.ts';
import { serviceLettersEn } from './service-letters-en.ts';
import { serviceLettersFr, type ServiceLetters } from './service-letters-fr.ts';

/** All that the service itself writes to people, by what it is about. */
export const SERVICE_LETTERS: Readonly<Record<Language, ServiceLetters>> = {
  fr: serviceLettersFr,
  en: serviceLettersEn,
};
