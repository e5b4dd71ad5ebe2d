import type { QuotaRole } from '../../core/roster/quotas.ts';
import { plural } from './plural-fr.ts';

const roles: Readonly<Record<QuotaRole, string>> = {
  pupil: 'Élèves',
  guardian: 'Familles',
  teacher: 'Équipes enseignantes',
  head: 'Directions',
  staff: 'Autres adultes',
  agent: 'Agents',
};

/** Words of the page of how much room there is in mailboxes. Part of `fr.ts`. */
export const quotasFr = {
  title: 'Place des boîtes',
  lead: 'Combien de messages chacun peut garder dans sa boîte. À 80\u00a0%, la personne est prévenue une fois\u00a0; pleine, la boîte ne prend plus rien\u00a0: qui écrit est prié de revenir pendant trois jours, puis le message lui revient.',
  done: 'C’est changé, tout de suite.',
  near: (people: number) =>
    people === 0
      ? 'Aucune boîte n’est pleine à 80\u00a0%'
      : plural(people, 'boîte presque pleine', 'boîtes presque pleines'),
  percent: (percent: number) => `${percent}\u00a0%`,
  full: (day: string) => `pleine, depuis le ${day}`,
  used: (used: string, quota: string) => `${used} sur ${quota}`,
  change: 'Changer',
  ofRoles: 'Par rôle',
  roles,
  inTown: (role: string, size: string) => `${role}\u00a0: ${size}`,
  inSchool: (role: string, school: string, size: string) => `${role}, ${school}\u00a0: ${size}`,
  role: 'Pour',
  where: 'Où',
  size: 'Place en mégaoctets',
  sizeHint: 'Vide\u00a0: comme ailleurs. 1\u00a0000 mégaoctets font un gigaoctet.',
  reason: 'Raison',
  reasonHint: 'Elle est écrite au journal.',
  save: 'Changer la place',
  ofPerson: 'Pour une personne',
  address: 'Son adresse',
  addressHint: 'Entière, ou seulement ce qui vient avant le @.',
  films: {
    title: 'Films et sons des casiers',
    lead: 'Un fichier du casier fait 25\u00a0Mo au plus. Les films et les sons des adultes peuvent aller jusqu’à 200\u00a0Mo, dix minutes de film environ\u00a0: c’est de la place sur le disque et dans chaque sauvegarde.',
    takes: 'Les adultes déposent des films et des sons jusqu’à 200\u00a0Mo',
    save: 'Enregistrer',
  },
  trouble: {
    size: 'Écrivez un nombre entier de mégaoctets, de 10 à 50\u00a0000, ou rien.',
    reason: 'Écrivez pourquoi, en quelques mots.',
    role: 'Choisissez pour qui.',
    school: 'Choisissez une école de la liste.',
    address: 'Personne de la ville n’a cette adresse.',
  },
};
