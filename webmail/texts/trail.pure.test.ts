import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { JOURNAL_KINDS } from '../../core/town/journals/contract.ts';
import { listSources } from '../../tests/shared/sources.ts';
import { trailEn } from './trail-en.ts';
import { trailFr } from './trail-fr.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Where an act gets its name: the calls that write it down, and what they are handed. */
const WRITES =
  /write(?:Audit|OwnAct)\((?:await tx\.in\([^)]*\)|[^,]+), [^,]+, (?:[^,]*\? )?'([a-z-]+)'(?: : '([a-z-]+)')?|\bact: (?:[^,{}']*\? )?'([a-z-]+)'(?: : '([a-z-]+)')?, (?:subject|turn|more)|const (?:MOVE|UNDO) = '([a-z-]+)'/g;

/** A source as if nothing in it were laid out over several lines. */
function onOneLine(source: string): string {
  return source
    .replace(/\s+/g, ' ')
    .replace(/([({[]) /g, '$1')
    .replace(/,? ([)}\]])/g, '$1');
}

/** Every act that core writes to the audit. */
function actsWritten(): string[] {
  const files = listSources(ROOT).filter(
    (path) => path.startsWith(join(ROOT, 'core')) && !/\.test\.ts$|\/testing\//.test(path),
  );
  const found = files.flatMap((path) =>
    [...onOneLine(readFileSync(path, 'utf8')).matchAll(WRITES)].flatMap((match) =>
      match.slice(1).filter((name) => name !== undefined),
    ),
  );
  return [...new Set(found)].sort();
}

describe('the journal', () => {
  it('has a sentence in both languages for every act that core writes', () => {
    const acts = actsWritten();
    expect(acts).toEqual(
      expect.arrayContaining([
        'accept-link',
        'create-class',
        'date-adult',
        'end-class',
        'end-rest',
        'leaver-ended',
        'move-pupils',
        'print-codes',
        'rest',
        'class-switch',
        'roster-undo',
        'undo-move',
      ]),
    );
    expect(acts.filter((act) => !(act in trailFr.acts))).toEqual([]);
    expect(Object.keys(trailEn.acts).sort()).toEqual(Object.keys(trailFr.acts).sort());
  });

  it('has each of them, but for reports, among what agents look for by its kind', () => {
    const kinds: readonly string[] = Object.values(JOURNAL_KINDS).flat();
    const acts = [trailFr.acts, trailFr.agentActs, trailFr.townActs].flatMap(Object.keys);
    const looked = acts.filter((act) => !act.startsWith('report'));
    expect([...kinds].sort()).toEqual([...new Set(looked)].sort());
  });

  it.each([
    [
      'class-switch',
      { class: 'CE1 A', name: 'photosOpen', value: true },
      'a réglé «\u00a0Photos\u00a0» (CE1 A)\u00a0: «\u00a0Oui\u00a0: la classe peut envoyer des photos\u00a0».',
      'set “Photos” (CE1 A): “Yes: the class may send photos”.',
    ],
    [
      'change-settings',
      { hours: '', days: [], adultsReachOutside: false },
      'a changé les réglages de l’école\u00a0: les élèves envoient à toute heure\u00a0; non à «\u00a0Les adultes de l’école peuvent écrire hors de la messagerie des écoles\u00a0».',
      'changed the school’s settings: pupils send at any hour; no to “Adults of the school may write outside the schools’ mail”.',
    ],
    [
      'change-settings',
      {},
      'a enregistré les réglages de l’école sans rien y changer.',
      'saved the school’s settings and changed nothing.',
    ],
    [
      'move-pupils',
      { way: 'move', people: ['Lina', 'Noé'], from: ['CE1 A'], to: 'CP' },
      'a mis Lina et Noé en CP (avant\u00a0: CE1 A).',
      'put Lina and Noé into CP (before: CE1 A).',
    ],
    [
      'move-pupils',
      { way: 'move', people: ['Ada', 'Bo', 'Cléo', 'Dan', 'Eva'], from: [], to: 'CP' },
      'a mis Ada, Bo, Cléo et 2 autres en CP.',
      'put Ada, Bo, Cléo and 2 others into CP.',
    ],
    [
      'move-pupils',
      { way: 'add', people: [''], from: ['CP'], to: 'GS' },
      'a ajouté quelqu’un qui n’est plus là à GS, en plus de CP.',
      'added somebody who is gone to GS, besides CP.',
    ],
    [
      'move-pupils',
      { way: 'take-out', people: ['Lina'], from: ['CP'], to: '' },
      'a retiré Lina de CP.',
      'took Lina out of CP.',
    ],
    [
      'place-adult',
      {
        people: ['Julie'],
        class: 'CP',
        role: 'teacher',
        fromDay: '2026-12-01',
        untilDay: '2026-12-04',
      },
      'a confié la classe CP à Julie, à partir du 1er décembre 2026, jusqu’au 4 décembre 2026.',
      'gave the class CP to Julie, from 1 December 2026, until 4 December 2026.',
    ],
    [
      'change-class',
      { class: 'CE2', oldName: 'CE1', newName: 'CE2', moderation: 'all' },
      'a changé la classe CE2\u00a0: CE1 s’appelle CE2\u00a0: tous les messages attendent.',
      'changed the class CE2: CE1 is called CE2: all messages wait.',
    ],
    [
      'release',
      { message: 'Lina', recipients: 3 },
      'a laissé partir un message retenu de Lina vers 3 personnes.',
      'let a held message of Lina go to 3 people.',
    ],
    [
      'release',
      { message: 'Claire', recipients: 1, reason: 'La fiche du musée' },
      'a laissé partir un message retenu de Claire vers 1 personne. Raison\u00a0: «\u00a0La fiche du musée\u00a0»',
      'let a held message of Claire go to 1 person. Reason: “La fiche du musée”',
    ],
    [
      'release',
      { message: 'Adèle', recipients: 0 },
      'a accordé un message retenu d’Adèle, qui attend encore.',
      'approved a held message of Adèle, which waits on.',
    ],
    [
      'give-back',
      { message: 'Lina', withWord: true },
      'a rendu un message retenu de Lina, avec un mot.',
      'gave a held message of Lina back, with a word.',
    ],
    [
      'give-back',
      { message: '', withWord: false },
      'n’a pas remis un message retenu venu de l’extérieur.',
      'kept out a held message from outside.',
    ],
  ])('%s %j', (act, words, french, english) => {
    expect(trailFr.acts[act]?.(words)).toBe(french);
    expect(trailEn.acts[act]?.(words)).toBe(english);
  });
});
