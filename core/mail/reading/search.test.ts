import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestTown } from '../../../tests/shared/town.ts';
import { completionsOf } from '../../store/mail/text-query.ts';
import type { SearchTerm } from './contract.ts';
import { newestOf } from './testing/newest.ts';
import { wordsQuery } from './testing/words-query.ts';

const town = await openTestTown();
beforeEach(() => town.admin.query('delete from sending'));
afterAll(() => town.close());

const newest = (local: string, subject: string) => newestOf(town, local, subject);

describe('a search in one’s own mail', () => {
  const found = async (local: string, words: string) =>
    (await town.core.mail.search(await town.viewer(local), wordsQuery(words))).rows.map(
      ({ subject }) => subject,
    );

  it('finds words without regard to case, accents and endings, the beginning of the last one, names, addresses and files', async () => {
    const file = { name: 'plan du musée.txt', bytes: Buffer.from('Le plan.\n') };
    await town.send('helene.bertin', ['sylvie.caradec'], {
      subject: 'La kermesse',
      text: 'Les élèves chanteront après le goûter.',
      file,
    });
    await town.send('marc.olivier', ['sylvie.caradec'], {
      subject: 'Autre chose',
      text: 'Rien de particulier.',
    });
    for (const words of [
      'kermesse',
      'KERMESSES',
      'eleve',
      'élève goûter',
      'gouter eleves',
      'kerm',
      'chanter',
      'musée',
      'Hélène',
      'helene bertin',
      'helene.bertin@ecoles.preau.test',
    ])
      expect(await found('sylvie.caradec', words), words).toEqual(['La kermesse']);
    for (const words of [
      '',
      '   ',
      'le',
      'kermesse particulier',
      'girafe',
      "'",
      '& | ! :* ( )',
      'é'.repeat(5_000),
      '\\',
      "kermesse' or 'x",
      '\0',
    ])
      expect(await found('sylvie.caradec', words), words).toEqual([]);
  });
  it('finds nothing of anybody else’s, nor what is thrown away or not sent', async () => {
    await town.send('helene.bertin', ['anne.kermadec'], { subject: 'La fanfare' });
    expect(await found('nora.belkacem', 'fanfare')).toEqual([]);
    expect(await found('helene.bertin', 'fanfare')).toEqual([]);
    const anne = await town.viewer('anne.kermadec');
    await town.core.writings.save(
      anne,
      { to: [], cc: [], subject: 'Ma fanfare', text: '', answers: 'sender', answerTo: null },
      { previous: null, add: [], drop: [] },
    );
    expect(await found('anne.kermadec', 'fanfare')).toEqual(['La fanfare']);
    const row = await newest('anne.kermadec', 'La fanfare');
    await town.core.mail.move(anne, row.mailbox, { uids: [row.uid], to: 'archive' });
    expect(await found('anne.kermadec', 'fanfare')).toEqual(['La fanfare']);
    const archived = (await town.rows('anne.kermadec', 'archive'))[0];
    if (archived)
      await town.core.mail.move(anne, archived.mailbox, { uids: [archived.uid], to: 'trash' });
    expect(await found('anne.kermadec', 'fanfare')).toEqual([]);
  });
});

describe('a search by more than words', () => {
  type Loose<T = SearchTerm> = T extends SearchTerm
    ? Omit<T, 'not'> & { readonly not?: boolean }
    : never;
  const subjects = async (local: string, ...terms: readonly Loose[]): Promise<string[]> => {
    const all = terms.map((term) => ({ not: false, ...term }));
    const found = await town.core.mail.search(await town.viewer(local), {
      terms: all,
      within: null,
      by: 'message',
    });
    return found.rows.map(({ subject }) => subject);
  };

  it('goes by who wrote and to whom, by the title, files, days and what must not be there', async () => {
    const local = 'karim.haddad';
    const file = { name: 'Autorisation été.pdf', bytes: Buffer.from('%PDF-1.4\n') };
    await town.send('claire.lefevre', [local], { subject: 'Musée', text: 'Jeudi.', file });
    await town.send('marc.olivier', [local, 'julie.robin'], { subject: 'Piscine', text: 'Lundi.' });
    const expected: readonly (readonly [readonly Loose[], readonly string[]])[] = [
      [[{ kind: 'from', text: 'lefevre' }], ['Musée']],
      [[{ kind: 'from', text: 'Lefèvre Claire' }], ['Musée']],
      [[{ kind: 'from', text: 'claire.lefevre@' }], ['Musée']],
      [[{ kind: 'from', text: 'lefevre', not: true }], ['Piscine']],
      [[{ kind: 'to', text: 'robin' }], ['Piscine']],
      [[{ kind: 'subject', text: 'musee' }], ['Musée']],
      [[{ kind: 'subject', text: 'jeudi' }], []],
      [[{ kind: 'file', text: '' }], ['Musée']],
      [[{ kind: 'file', text: 'ete' }], ['Musée']],
      [[{ kind: 'file', text: 'pdf' }], ['Musée']],
      [[{ kind: 'file', text: 'image' }], []],
      [[{ kind: 'since', day: '2026-11-24' }], ['Piscine', 'Musée']],
      [[{ kind: 'since', day: '2099-01-01' }], []],
      [[{ kind: 'since', day: '2099-01-01', not: true }], ['Piscine', 'Musée']],
      [[{ kind: 'word', text: 'lundi', isBeginning: false, not: true }], ['Musée']],
      [[{ kind: 'starred' }], []],
    ];
    for (const [terms, then] of expected)
      expect(await subjects(local, ...terms), JSON.stringify(terms)).toEqual(then);
  });

  it('finds words one after the other, and not the same words apart; an excerpt shows them marked', async () => {
    const rest = 'Bonjour à toutes et à tous. '.repeat(20);
    for (const { subject, text } of [
      { subject: 'Ensemble', text: `${rest}Voici l’autorisation de sortie.` },
      { subject: 'Apart', text: `${rest}La sortie est de plein air, sans autorisation.` },
    ])
      await town.send('claire.lefevre', ['julie.robin'], { subject, text });
    const viewer = await town.viewer('julie.robin');
    const phrase = { kind: 'phrase', text: "L'autorisation de sortie" } as const;
    expect(await subjects('julie.robin', phrase)).toEqual(['Ensemble']);
    expect(await subjects('julie.robin', { ...phrase, not: true })).toContain('Apart');
    const { rows, sought } = await town.core.mail.search(viewer, wordsQuery('autorisations'));
    expect(rows.map(({ preview }) => preview)).toEqual([
      '… air, sans autorisation.',
      '… Voici l’autorisation de sortie.',
    ]);
    expect(sought.words).toEqual([{ typed: 'autorisations', root: 'autoris', isBeginning: true }]);
  });

  it('finds a word from its third letter on, at every letter until its end', async () => {
    await town.send('claire.lefevre', ['marc.olivier'], {
      subject: 'Quatre mots',
      text: 'L’autorisation, heureusement, de la bibliothécaire et sa générosité.',
    });
    const viewer = await town.viewer('marc.olivier');
    for (const word of ['autorisation', 'heureusement', 'bibliothécaire', 'générosité'])
      for (let length = 3; length <= word.length; length += 1) {
        const typed = word.slice(0, length);
        const { rows } = await town.core.mail.search(viewer, wordsQuery(`l'${typed}`));
        expect(
          rows.map(({ subject }) => subject),
          typed,
        ).toContain('Quatre mots');
      }
    expect(completionsOf('autorisat')).toContain('autorisation');
    expect(completionsOf('kermess')).not.toContain('kermesse');
  });

  it('says how many lie in the trash, and looks there where it is told to', async () => {
    await town.send('claire.lefevre', ['anne.kermadec'], { subject: 'Trampoline' });
    const viewer = await town.viewer('anne.kermadec');
    const { mailbox, uid } = await newest('anne.kermadec', 'Trampoline');
    await town.core.mail.move(viewer, mailbox, { uids: [uid], to: 'trash' });
    const query = wordsQuery('trampoline');
    expect(await town.core.mail.search(viewer, query)).toMatchObject({ rows: [], thrown: 1 });
    const within = [await town.mailbox(viewer, 'trash')];
    expect((await town.core.mail.search(viewer, { ...query, within })).rows).toHaveLength(1);
    const stranger = await town.viewer('sylvie.caradec');
    expect((await town.core.mail.search(stranger, { ...query, within })).rows).toEqual([]);
  });

  it('knows who wrote, by their name as the reader knows it', async () => {
    await town.send('claire.lefevre', ['lina.moreau']);
    await town.send('noe.garnier', ['lina.moreau']);
    const names = async (local: string, words: string): Promise<string[]> =>
      (await town.core.mail.writers(await town.viewer(local), words)).map(({ name }) => name);
    expect(await names('lina.moreau', 'no')).toEqual(['Noé']);
    expect(await names('lina.moreau', 'LEFEVRE')).toHaveLength(1);
    expect(await names('lina.moreau', 'moreau')).toEqual([]);
    expect(await names('lina.moreau', ' ')).toHaveLength(2);
  });
});
