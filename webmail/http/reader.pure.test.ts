import { expect, it } from 'vitest';
import { acceptedOf } from './reader.ts';

it.each<{ header: string | undefined; then: string | null }>([
  { header: undefined, then: null },
  { header: '', then: null },
  { header: '*', then: null },
  { header: 'de-DE,de;q=0.9', then: null },
  { header: 'fr-FR,fr;q=0.9,en;q=0.8', then: 'fr' },
  { header: 'en-GB,en;q=0.9,fr;q=0.8', then: 'en' },
  { header: 'de, EN-us;q=0.7, fr;q=0.3', then: 'en' },
  { header: 'en;q=0.2, fr;q=0.9', then: 'fr' },
  { header: 'en;q=0, fr;q=0.1', then: 'fr' },
  { header: 'en;q=x', then: null },
  { header: 'french', then: null },
])('Accept-Language $header: $then', ({ header, then }) => expect(acceptedOf(header)).toBe(then));
