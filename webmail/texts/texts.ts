import type { Language } from '../../core/ground/ids.ts';
import { en } from './en.ts';
import { fr, type Texts } from './fr.ts';

/** All that pages say, in both languages. What names `Texts` alone draws in one. */
export const TEXTS: Readonly<Record<Language, Texts>> = { fr, en };
