import type { Attachment, Held, HoldId, SchoolId } from '../../core/core.ts';
import { FACES } from './people.ts';
import type { Town } from './world.ts';

const at = (text: string): Date => new Date(`${text}+01:00`);
const file = (path: string, name: string, mediaType: string, sizeBytes: number): Attachment => ({
  path,
  name,
  mediaType,
  sizeBytes,
  danger: 'everyday',
  contentId: null,
});

/**
 * The letters of the prototype's pages, so that page and drawing can be looked at side by side.
 * Newest last, as they came.
 */
export function fillTown(town: Town): void {
  const lina = 'lina@ecoles.preau.test';
  const claire = 'claire.lefevre@ecoles.preau.test';
  const school = { kind: 'school', name: 'École des Tilleuls' } as const;
  town.deliver(lina, {
    from: FACES.head,
    subject: 'La fête des Tilleuls',
    text: 'Elle aura lieu le 18 décembre sous le préau.',
    at: at('2026-11-19T14:00:00'),
    seen: true,
    because: school,
  });
  town.deliver(lina, {
    from: FACES.child('Yanis'),
    subject: 'La devinette',
    text: 'C’est une éponge ! J’ai trouvé.',
    at: at('2026-11-20T16:00:00'),
    seen: true,
    flagged: true,
  });
  town.deliver(lina, {
    from: {
      kind: 'child',
      name: 'Rosa',
      address: 'rosa@ecoles.preau.test',
      face: 'hibou',
      cover: 5,
    },
    subject: 'Notre cabane',
    text: 'On se voit quand tu veux !',
    at: at('2026-11-20T17:00:00'),
    seen: true,
  });
  town.deliver(lina, {
    from: FACES.mother,
    subject: 'Bonne journée ma puce',
    text: 'Papi vient te chercher ce soir.',
    at: at('2026-11-23T08:00:00'),
    seen: true,
    because: { kind: 'family', name: '' },
  });
  town.deliver(lina, {
    from: FACES.child('Sofia'),
    to: [FACES.classList],
    subject: 'Mon exposé sur les escargots',
    text: 'Bonjour tout le monde,\n\nVoici mon dessin pour l’exposé. L’escargot a une coquille qui tourne. Il mange de la salade et il sort quand il pleut.\n\nEst-ce que vous avez des questions ?\n\nSofia',
    at: at('2026-11-23T10:20:00'),
    seen: true,
    attachments: [file('2', 'escargot.png', 'image/png', 48_000)],
  });
  town.deliver(lina, {
    from: FACES.child('Noé'),
    subject: 'Tu viens jouer aux billes ?',
    text: 'J’ai une nouvelle agate bleue !',
    at: at('2026-11-24T09:00:00'),
  });
  town.deliver(lina, {
    from: FACES.teacher,
    subject: 'La sortie au musée, c’est jeudi',
    text: 'N’oublie pas ton goûter et ton manteau.',
    at: at('2026-11-24T10:00:00'),
    attachments: [file('2', 'feuille-musee.pdf', 'application/pdf', 92_000)],
  });
  town.deliver(claire, {
    from: FACES.inspection,
    subject: 'Animations pédagogiques',
    text: 'Le calendrier du deuxième trimestre est en ligne sur https://exemple.fr/calendrier.',
    at: at('2026-11-20T10:00:00'),
    seen: true,
    because: { kind: 'outside', name: '' },
  });
  town.deliver(claire, {
    from: FACES.child('Sofia'),
    to: [FACES.classList],
    subject: 'Mon exposé sur les escargots',
    text: 'Voici mon dessin pour l’exposé.',
    at: at('2026-11-23T10:20:00'),
    seen: true,
    attachments: [file('2', 'escargot.png', 'image/png', 48_000)],
  });
  town.deliver(claire, {
    from: FACES.colleague,
    subject: 'Correspondance CE1 A – CE1 Pasteur',
    text: 'Mes élèves ont choisi leurs questions. On commence quand ?',
    html: '<p>Mes élèves ont choisi leurs <b>questions</b>.</p><p>On commence quand ?</p>',
    at: at('2026-11-23T17:00:00'),
    flagged: true,
    because: { kind: 'school', name: '' },
  });
  town.deliver(claire, {
    from: FACES.head,
    subject: 'Conseil des maîtres du 1er décembre',
    text: 'L’ordre du jour est joint. Merci d’ajouter vos points.',
    at: at('2026-11-24T09:50:00'),
    attachments: [
      file('2', 'ordre-du-jour.odt', 'application/vnd.oasis.opendocument.text', 31_000),
    ],
    because: school,
  });
  town.deliver(claire, {
    from: FACES.child('Noé'),
    subject: 'Mon exposé',
    text: 'J’ai fini la page sur les dauphins, est-ce que je peux commencer la suite ?',
    at: at('2026-11-24T10:15:00'),
  });
  town.deliver(claire, {
    from: FACES.mother,
    subject: 'Sortie au musée : autorisation',
    text: 'Bonjour Madame,\n\nVoici l’autorisation signée pour la sortie de jeudi. Amine aura son pique-nique et une gourde. Il est un peu inquiet dans le car : peut-il s’asseoir à l’avant, près de vous ?\n\nJe peux aussi accompagner si vous manquez d’adultes.\n\nBien cordialement,\nSamira Benali',
    at: at('2026-11-24T10:42:00'),
    attachments: [file('2', 'autorisation-amine.pdf', 'application/pdf', 184_000)],
    because: { kind: 'family', name: 'Amine' },
  });
  town.held = [
    heldOne(1, {
      from: FACES.child('Noé'),
      to: [FACES.child('Inès')],
      subject: 'Coucou',
      text: 'Salut Inès, est-ce que tu veux être dans mon groupe pour le volcan ? J’ai déjà la bouteille et le vinaigre.',
      rule: 'first-contact',
      until: null,
      stranger: null,
    }),
    heldOne(3, {
      from: FACES.inspection,
      to: [FACES.classList],
      subject: 'Avant votre visite',
      text: 'Préparez vos questions.',
      rule: 'approved-correspondent',
      until: null,
      stranger: { provedBy: 'dmarc', namesake: null },
    }),
    heldOne(2, {
      from: FACES.child('Yanis'),
      to: [FACES.classList],
      subject: 'Regardez',
      text: 'C’est un chat qui fait du skate.',
      rule: 'school-closed',
      until: at('2026-11-25T08:00:00'),
      stranger: null,
    }),
  ];
}

function heldOne(
  id: number,
  rest: Pick<Held, 'from' | 'to' | 'subject' | 'text' | 'rule' | 'until' | 'stranger'>,
): Held {
  return {
    id: id as HoldId,
    school: 1 as SchoolId,
    otherSchool: null,
    className: 'CE1 A',
    cover: 2,
    site: null,
    doubtfulWords: [],
    attachments: [],
    at: at('2026-11-24T10:30:00'),
    askAt: rest.until === null ? at('2026-11-26T10:30:00') : null,
    isPutBefore: true,
    ...rest,
  };
}
