import { expect, it } from 'vitest';
import { loadConfig } from '../../core/ground/config.ts';
import { RETENTION } from '../../core/town/retention.ts';
import type { Visit } from '../frame/visit.ts';
import { TEXTS } from '../texts/texts.ts';
import { goneSentences, type BackupsPart } from './backups-gone.ts';

const NO_BACKUP = 'Plus aucune sauvegarde ne l’a à partir du 15 mars 2027.';
const NO_STORE = 'L’entrepôt des grands messages ne l’a plus à partir du 21 mars 2027.';
const PREAU_BODIES = 'https://cle:secret@s3.exemple.fr/seau';

it.each([
  [{}, []],
  [{ PREAU_BACKUP: '/mnt/backups' }, [NO_BACKUP]],
  [{ PREAU_BODIES }, [NO_STORE]],
  [{ PREAU_BACKUP: '/mnt/backups', PREAU_BODIES }, [NO_BACKUP, NO_STORE]],
])('an erasure says from which days on nothing has it (%o)', (env, sentences) => {
  const core = { config: loadConfig(env), retention: RETENTION };
  const visit = { core, viewer: { language: 'fr' } } as Visit<BackupsPart>;
  expect(goneSentences(visit, '2027-02-03', TEXTS.fr.people)).toEqual(sentences);
});

it.each([
  ['fr', 'Plus aucune sauvegarde ne l’a à partir du 15 mars 2027.', NO_STORE],
  [
    'en',
    'From 15 March 2027 on no backup has it any more.',
    'From 21 March 2027 on the store of large messages has it no more.',
  ],
] as const)('and so does the journal of the school (%s)', (language, words, store) => {
  const say = TEXTS[language].trail.acts['erase-leaver'];
  const erased = { role: 'pupil', left: '2026-11-03' };
  expect(say?.({ ...erased, backups: '2027-03-15' })).toContain(words);
  expect(say?.({ ...erased, store: '2027-03-21' })).toContain(store);
  expect(say?.(erased)).not.toMatch(/sauvegarde|backup|entrep|store/);
});
