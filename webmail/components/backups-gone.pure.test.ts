import { expect, it } from 'vitest';
import { type WithConfig, loadConfig } from '../../core/ground/config.ts';
import type { WithRetention } from '../../core/town/readiness/contract.ts';
import { RETENTION } from '../../core/town/retention.ts';
import type { Visit } from '../frame/visit.ts';
import { TEXTS } from '../texts/texts.ts';
import { backupsGoneOn } from './backups-gone.ts';

function visitOf(env: Readonly<Record<string, string>>): Visit<WithConfig & WithRetention> {
  const core = { config: loadConfig(env), retention: RETENTION };
  return { core } as Visit<WithConfig & WithRetention>;
}

it('an erasure says from which day on no backup has it, where Préau makes some', () => {
  expect(backupsGoneOn(visitOf({}), '2027-02-03')).toBeNull();
  expect(backupsGoneOn(visitOf({ PREAU_BACKUP: '/mnt/backups' }), '2027-02-03')).toBe('2027-03-15');
});

it.each([
  ['fr', 'Plus aucune sauvegarde ne l’a à partir du 15 mars 2027.'],
  ['en', 'From 15 March 2027 on no backup has it any more.'],
] as const)('and so does the journal of the school (%s)', (language, words) => {
  const say = TEXTS[language].trail.acts['erase-leaver'];
  const erased = { role: 'pupil', left: '2026-11-03' };
  expect(say?.({ ...erased, backups: '2027-03-15' })).toContain(words);
  expect(say?.(erased)).not.toMatch(/sauvegarde|backup/);
});
