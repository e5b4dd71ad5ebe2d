/** The models for the town's register and impact analysis say what the code does, and all of it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LEDGER_DAYS } from '../../core/ground/ledger.ts';
import { RETENTION } from '../../core/town/retention.ts';

const ROOT = join(import.meta.dirname, '../..');
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const REGISTER = text('docker/legal/registre.md');
const ANALYSIS = text('docker/legal/aipd.md');
const SCHEMA = text('migrations/schema.sql');

const tables = [...SCHEMA.matchAll(/^create table (\w+)/gm)].map(([, name]) => name ?? '');

/** Tables of the register, a line each. */
function named(): readonly string[] {
  const place = REGISTER.slice(REGISTER.indexOf('table par table'));
  return [...place.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name ?? '');
}

describe('the register', () => {
  it('names each table of the database once: a new one gets its line there', () => {
    expect(tables.length).toBeGreaterThan(40);
    expect([...named()].sort()).toEqual([...tables].sort());
  });

  it.each([
    `le temps à l’école, puis ${RETENTION.leaverMonths} mois`,
    `| session des pages | ${RETENTION.sessionHours} heures au plus, ${RETENTION.idleMinutes} minutes sans rien faire |`,
    `ou son auteur parti ; puis ${RETENTION.reportMonths} mois |`,
    `| code imprimé d’un adulte | ${RETENTION.activationDays} jours |`,
    `| lien du premier agent | ${RETENTION.setupLinkHours} heures |`,
    `| fichier d’école déposé et pas appliqué | ${RETENTION.rosterDraftDays} jours |`,
    `| dépôt de toute la ville | ${RETENTION.rosterBatchDays} jours |`,
    `| ligne en doute d’une liste, sans réponse | ${RETENTION.rosterQuestionDays} jours |`,
    `| de quoi annuler un import | ${RETENTION.undoDays} jours |`,
    `| lieu connu d’une connexion (empreinte) | ${RETENTION.knownPlaceDays} jours |`,
    `| journaux des écoles et des agents | ${RETENTION.journalYears} ans ;`,
    `| on revient à ${RETENTION.backupDays} jours en arrière au moins ; ${RETENTION.backupGoneDays} jours après un effacement, plus aucune ne l’a |`,
    `| note d’un effacement et d’un envoi (des numéros, sans nom ni contenu) | ${LEDGER_DAYS} jours,`,
  ])('says as the code does: « %s »', (words) => expect(REGISTER).toContain(words));
});

describe('the impact analysis', () => {
  it.each([
    `effacement ${RETENTION.leaverMonths} mois après`,
    `compte et messages effacés ${RETENTION.leaverMonths} mois après le départ ; lettre signalée gardée tant que c’est ouvert, puis ${RETENTION.reportMonths} mois ; session de ${RETENTION.sessionHours} heures ; code d’adulte de ${RETENTION.activationDays} jours`,
    `annulables ${RETENTION.undoDays} jours`,
    `dans les sauvegardes, ${RETENTION.backupGoneDays} jours de plus`,
    `on revient à ${RETENTION.backupDays} jours en arrière au moins`,
    `sessions de ${RETENTION.idleMinutes} minutes sans rien faire`,
  ])('says as the code does: « %s »', (words) => expect(ANALYSIS).toContain(words));
});

it('the register counts the tables that the database itself keeps apart, the analysis leaves it to that', () => {
  const forced = SCHEMA.match(/force row level security/g)?.length;
  expect(REGISTER).toContain(`${forced} tables d’école`);
  expect(ANALYSIS).toContain('toutes les tables d’école, que le registre compte');
});

describe.each([
  ['registre.md', REGISTER],
  ['aipd.md', ANALYSIS],
])('%s', (_name, page) => {
  it('names files that are there', () => {
    const paths = [...page.matchAll(/`((?:core|webmail|docker)\/[\w./-]+)`/g)].map(
      ([, path]) => path ?? '',
    );
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('leaves to the town what it alone knows', () => expect(page).toContain('**[à compléter]**'));
});
