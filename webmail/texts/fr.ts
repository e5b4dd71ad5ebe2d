import { actsFr } from './acts-fr.ts';
import { agentsFr } from './agents-fr.ts';
import { boardsFr } from './boards-fr.ts';
import { boxesFr } from './boxes-fr.ts';
import { brokenFr } from './broken-fr.ts';
import { charterFr } from './charter-fr.ts';
import { codesFr } from './codes-fr.ts';
import { comfortFr } from './comfort-fr.ts';
import { copiesFr } from './copies-fr.ts';
import { cupboardsFr } from './cupboards-fr.ts';
import { devicesFr } from './devices-fr.ts';
import { everythingFr } from './everything-fr.ts';
import { foldersFr } from './folders-fr.ts';
import { groupsFr } from './groups-fr.ts';
import { guideFr } from './guide-fr.ts';
import { heldFr } from './held-fr.ts';
import { holidaysFr } from './holidays-fr.ts';
import { homeFr } from './home-fr.ts';
import { isolationFr } from './isolation-fr.ts';
import { journalsFr } from './journals-fr.ts';
import { keysFr } from './keys-fr.ts';
import { legalFr } from './legal-fr.ts';
import { littleFr } from './little-fr.ts';
import { littleWriteFr } from './little-write-fr.ts';
import { lostFr } from './lost-fr.ts';
import { messageFr } from './message-fr.ts';
import { namesFr } from './names-fr.ts';
import { nightsFr } from './nights-fr.ts';
import { ownDayFr } from './own-day-fr.ts';
import { papersFr } from './papers-fr.ts';
import { passwordFr } from './password-fr.ts';
import { peopleFr } from './people-fr.ts';
import { phrasesFr } from './phrases-fr.ts';
import { noun, plural } from './plural-fr.ts';
import { preferencesFr } from './preferences-fr.ts';
import { presenceFr } from './presence-fr.ts';
import { protectFr } from './protect-fr.ts';
import { laterFr, putOffFr } from './put-off-fr.ts';
import { questionsFr } from './questions-fr.ts';
import { quotasFr } from './quotas-fr.ts';
import { reportsFr } from './reports-fr.ts';
import { restoredFr } from './restored-fr.ts';
import { rosterFr } from './roster-fr.ts';
import { schoolFr } from './school-fr.ts';
import { searchFr } from './search-fr.ts';
import { secondLookFr } from './second-look-fr.ts';
import { sendersFr } from './senders-fr.ts';
import { sentFr } from './sent-fr.ts';
import { settingsFr } from './settings-fr.ts';
import { setupFr } from './setup-fr.ts';
import { sitesFr } from './sites-fr.ts';
import { teachingFr } from './teaching-fr.ts';
import { templatesFr } from './templates-fr.ts';
import { townSchoolsFr } from './town-schools-fr.ts';
import { trailFr } from './trail-fr.ts';
import { wallsFr } from './walls-fr.ts';
import { weeksFr } from './weeks-fr.ts';
import { writeFr } from './write-fr.ts';

/**
 * Every word of the pages, French first. English has the same keys or doesn't compile. Children are
 * told « tu » in short sentences, adults « vous »; where one key serves both it is a bare noun.
 * No-break spaces stand before ? ! : ; and inside « ».
 */

/** « Noé, Zoé et Sofia ». */
function list(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} et ${names[names.length - 1]}`;
}

/** How full a mailbox is, in the reader's units. */
interface RoomWords {
  readonly percent: number;
  readonly used: string;
  readonly quota: string;
}

export const fr = {
  list,
  brand: 'Préau',
  skip: 'Aller au contenu',
  colon: '\u00a0: ',
  /** On top of a long form, of what is wrong with its fields. */
  mendBelow: {
    child: 'Il y a quelque chose à changer plus bas.',
    adult: 'Quelque chose est à corriger plus bas.',
  },
  titled: (title: string) => `${title} – Préau`,
  otherLanguage: 'English',
  chooseFile: 'Choisir un fichier',
  chooseFiles: 'Choisir des fichiers',
  app: {
    description: 'La messagerie de nos écoles',
    offline: {
      title: 'Pas de réseau',
      text: {
        child:
          'Rien ne part pour le moment. Ce qui était enregistré t’attend dans tes brouillons. Reviens en arrière pour retrouver ce que tu écrivais.',
        adult:
          'Rien ne part sans réseau. Ce qui était enregistré vous attend dans vos brouillons\u00a0; revenez en arrière pour retrouver ce que vous écriviez juste avant.',
      },
      kept: 'Ce que vous avez écrit depuis est enregistré sur cet appareil, et ira dans vos brouillons au retour du réseau.',
      again: { child: 'Essayer encore', adult: 'Réessayer' },
    },
  },
  guide: guideFr,
  showPassword: 'Voir le mot de passe',
  signIn: {
    title: 'Se connecter',
    hello: 'Bonjour',
    motto: 'La messagerie de nos écoles',
    promise: 'Chacun écrit à sa classe, et à personne d’inconnu.',
    address: 'Adresse',
    addressHint: (domain: string) => `Par exemple claire.lefevre@${domain}`,
    password: 'Mot de passe',
    open: 'Ouvrir ma messagerie',
    shared: 'Sur un ordinateur partagé, n’oubliez pas de quitter la messagerie.',
    noMatch: 'L’adresse ou le mot de passe ne correspond pas. Vérifiez la touche Majuscule.',
    wait: (seconds: number) =>
      `Trop d’essais de suite. Réessayez dans ${seconds < 90 ? plural(seconds, 'seconde', 'secondes') : plural(Math.ceil(seconds / 60), 'minute', 'minutes')}\u00a0: votre compte n’est pas bloqué.`,
    own: 'Cet ordinateur est à moi',
    ownHint:
      'Pour un adulte, jamais sur un ordinateur partagé. Les erreurs des autres ne vous y feront pas attendre, et un texte que le réseau a coupé vous y attend.',
    empty: 'Écrivez votre adresse et votre mot de passe.',
    tooOld: 'Cette page était ouverte depuis trop longtemps. Essayez encore une fois.',
    lost: lostFr,
  },
  frame: {
    quit: 'Quitter',
    signOut: 'Se déconnecter',
    sections: 'Rubriques',
    messages: 'Messages',
    myFamily: 'Ma famille',
    myClasses: 'Mes classes',
    classes: 'Classes',
    held: 'En attente',
    heldCount: (count: number) => noun(count, 'message à décider', 'messages à décider'),
    myMessages: 'Mes messages',
    folders: 'Dossiers',
    write: 'Écrire',
    trouble: 'Un souci\u00a0?',
    askHelp: 'Demander de l’aide',
    help: 'Aide',
    plus: 'Plus',
    ownMenu: '\u00a0: appareils, langue, se déconnecter',
    more: 'Autres pages',
    toDecide: 'À décider',
    language: 'Langue',
    role: {
      pupil: 'Élève',
      teacher: 'Enseignement',
      head: 'Direction',
      staff: 'Équipe de l’école',
      guardian: 'Famille',
      agent: 'Ville',
    },
  },
  shelf: {
    child: {
      inbox: 'Reçus',
      sent: 'Envoyés',
      drafts: 'À finir',
      starred: 'Gardés',
      trash: 'Corbeille',
      archive: 'Archives',
      junk: 'Indésirables',
      later: 'Plus tard',
    },
    adult: {
      inbox: 'Reçus',
      sent: 'Envoyés',
      drafts: 'Brouillons',
      starred: 'Gardés',
      trash: 'Corbeille',
      archive: 'Archives',
      junk: 'Indésirables',
      later: 'Plus tard',
    },
    fresh: (count: number): string => (count < 2 ? ' nouveau' : ' nouveaux'),
    unread: ' non lus',
  },
  box: {
    pupilHello: (name: string, fresh: number) =>
      fresh === 0
        ? `Bonjour ${name}.`
        : `Bonjour ${name}, tu as ${plural(fresh, 'nouveau message', 'nouveaux messages')}.`,
    adultTitle: (title: string, unread: number) =>
      unread === 0 ? title : `${title}, ${plural(unread, 'message non lu', 'messages non lus')}`,
    filter: {
      label: 'Montrer seulement',
      unread: 'Non lus',
      families: 'Familles',
      pupils: 'Élèves',
      team: 'Équipe',
      outside: 'Extérieur',
      nothing: 'Aucun message de ce genre ici.',
      showAll: 'Tout montrer',
    },
    newMark: { child: 'Nouveau message. ', adult: 'Non lu. ' },
    listen: 'Écouter',
    older: 'Plus anciens',
    newer: 'Plus récents',
    newest: 'Revenir aux plus récents',
    count: (count: number) => plural(count, 'message', 'messages'),
    files: (count: number) => plural(count, 'fichier', 'fichiers'),
    attachment: 'Pièce jointe',
    starred: 'Gardé',
    kept: 'Gardé',
    answered: 'Vous avez répondu',
    toWhom: (names: string) => `À ${names}`,
    nobody: 'Sans destinataire',
    noSubject: 'Sans titre',
    arrived: 'Un nouveau message est arrivé.',
    choose: 'Choisissez un message pour le lire ici.',
    chooseDraft: 'Choisissez un brouillon pour le continuer.',
    withYou: 'et vous',
    edge: 'Largeur de la liste',
    messages: ' messages',
    refresh: 'Actualiser',
    empty: {
      firstDay: 'Pas encore de message. Le premier arrivera ici.',
      child: {
        inbox: 'Tu as tout lu.',
        sent: 'Tu n’as encore rien envoyé.',
        drafts: 'Tout est fini.',
        starred: 'Pour garder un message, ouvre-le et appuie sur l’étoile.',
        trash: 'La corbeille est vide.',
        archive: 'Il n’y a rien ici.',
        junk: 'Il n’y a rien ici.',
        later: 'Il n’y a rien ici.',
      },
      adult: {
        inbox: 'Vous n’avez aucun message. Les nouveaux arriveront ici d’eux-mêmes.',
        sent: 'Vous n’avez encore rien envoyé.',
        drafts: 'Aucun brouillon.',
        starred: 'Rien n’est gardé. Ouvrez un message, puis appuyez sur l’étoile.',
        trash: 'La corbeille est vide.',
        archive: 'Aucun message archivé.',
        junk: 'Aucun message indésirable.',
        later: 'Rien n’attend son heure. Ce que vous remettez à plus tard attend ici.',
      },
    },
    seeTrash: 'Voir la corbeille',
    emptyTrash: 'Vider la corbeille',
    emptyNow: 'Tout effacer pour toujours',
    room: {
      child: {
        near: 'Ta boîte est presque pleine. Jette les messages qui ne servent plus, puis vide la corbeille.',
        full: 'Ta boîte est pleine. Les nouveaux messages n’arrivent plus. Jette des messages, puis vide la corbeille. Un adulte peut t’aider.',
      },
      adult: {
        near: ({ percent, used, quota }: RoomWords) =>
          `Votre boîte est pleine à ${percent}\u00a0% (${used} sur ${quota}). Mettez à la corbeille ce qui ne sert plus, surtout les pièces jointes, puis videz-la.`,
        full: ({ used, quota }: RoomWords) =>
          `Votre boîte est pleine (${used} sur ${quota})\u00a0: les messages qui vous sont adressés n’arrivent plus, et leurs expéditeurs en sont prévenus. Mettez à la corbeille ce qui ne sert plus, puis videz-la\u00a0: tout reprend aussitôt.`,
      },
    },
    state: {
      child: {
        waiting: 'Pas encore parti',
        travelling: 'En route',
        withdrawn: 'Repris',
        recalled: 'Rappelé',
        'given-back': 'Revenu vers toi',
        'waiting-for-scanner': 'Part bientôt',
        leaving: 'Part bientôt',
        added: 'Ajouté par toi',
        brought: 'Ancien courrier',
        unanswered: 'Pas de réponse',
      },
      adult: {
        waiting: 'En attente',
        travelling: 'En route',
        withdrawn: 'Repris',
        recalled: 'Rappelé',
        'given-back': 'Rendu',
        'waiting-for-scanner': 'Attend l’antivirus',
        leaving: 'Programmé',
        added: 'Ajouté par vous',
        brought: 'Ancien courrier',
        unanswered: 'Pas de réponse',
      },
    },
  },
  help: {
    title: 'Demander de l’aide',
    lead: 'Tu ne peux pas écrire en ce moment. Mais tu peux appeler.',
    what: 'Appuie ici. Ta maîtresse ou ton maître saura que tu as besoin d’aide.',
    call: 'Appeler',
    told: 'C’est fait. Ta maîtresse ou ton maître le sait et va venir te parler.',
    nobody: 'Il n’y a personne à appeler ici. Va voir un adulte de ton école.',
  },
  acts: actsFr,
  holidays: holidaysFr,
  home: homeFr,
  little: littleFr,
  reports: reportsFr,
  keys: keysFr,
  message: messageFr,
  sent: sentFr,
  secondLook: secondLookFr,
  charter: charterFr,
  write: writeFr,
  toast: {
    soon: {
      child: (_subject: string, names: string, seconds: number) =>
        `Ton message part à ${names} dans ${plural(seconds, 'seconde', 'secondes')}.`,
      adult: (subject: string, names: string, seconds: number) =>
        `«\u00a0${subject}\u00a0» part à ${names} dans ${plural(seconds, 'seconde', 'secondes')}.`,
    },
    later: (subject: string, when: string) => `«\u00a0${subject}\u00a0» partira ${when}.`,
    left: {
      child: (names: string) => `Ton message est parti à ${names}.`,
      adult: (names: string) => `Votre message est parti à ${names}.`,
    },
    undo: { child: 'Attends\u00a0!', adult: 'Annuler l’envoi' },
  },
  later: laterFr,
  done: {
    back: { child: 'Retour à mes messages', adult: 'Retour aux messages' },
  },
  refused: {
    title: {
      child: (names: string) => `Ton message pour ${names} n’est pas parti.`,
      adult: 'Votre message n’est pas parti.',
    },
    someone: { child: 'cette personne', adult: 'cette personne' },
    nobodyNow: 'Tu ne peux pas écrire en ce moment.',
    noAnswer: {
      child: (names: string) => `Tu ne peux plus répondre à ${names}.`,
      adult: 'Vous ne pouvez plus répondre.',
    },
    kept: {
      child: 'Ton texte est enregistré. Rien n’est perdu.',
      adult: 'Votre brouillon est enregistré, rien n’est perdu.',
    },
    keptShort: { child: 'Ton texte est enregistré.', adult: 'Votre brouillon est enregistré.' },
    yourClass: (name: string) => `Ta classe, ${name}`,
    otherClass: (name: string) => `Une autre classe, ${name}`,
    you: 'Toi',
    what: 'Que veux-tu faire\u00a0?',
    choose: { child: 'Choisir quelqu’un de ma classe', adult: 'Reprendre le brouillon' },
    ask: (name: string) => `Demander à ${name}`,
    later: { child: 'Plus tard', adult: 'Retour aux messages' },
    guess: 'Tu ne pouvais pas le deviner, ce n’est pas grave.',
    why: 'Pourquoi cette règle\u00a0?',
    because:
      'Pour que personne ne reçoive de message d’un inconnu. Deux classes peuvent s’écrire si leurs deux maîtresses sont d’accord. Cela s’appelle une correspondance.',
    people: 'Qui n’a pas pu recevoir le message',
  },
  trouble: {
    notSent: { child: 'Ton message n’est pas parti.', adult: 'Votre message n’est pas parti.' },
    later: { child: 'Ton message partira bientôt.', adult: 'Votre message partira plus tard.' },
  },
  held: heldFr,
  search: searchFr,
  codes: codesFr,
  comfort: comfortFr,
  copies: copiesFr,
  devices: devicesFr,
  everything: everythingFr,
  settings: settingsFr,
  sites: sitesFr,
  folders: foldersFr,
  groups: groupsFr,
  phrases: phrasesFr,
  putOff: putOffFr,
  ownDay: ownDayFr,
  littleWrite: littleWriteFr,
  album: {
    title: 'Mon album de timbres',
    lead: 'Un timbre pour chaque personne à qui tu as écrit. Personne d’autre que toi ne le voit.',
    none: 'Il n’y a pas encore de timbre. Le premier vient avec ta première lettre.',
    back: 'Envoyés',
  },
  templates: templatesFr,
  names: namesFr,
  papers: papersFr,
  boards: boardsFr,
  walls: wallsFr,
  cupboards: cupboardsFr,
  weeks: weeksFr,
  boxes: boxesFr,
  setup: setupFr,
  agents: agentsFr,
  isolation: isolationFr,
  nights: nightsFr,
  journals: journalsFr,
  quotas: quotasFr,
  senders: sendersFr,
  legal: legalFr,
  preferences: preferencesFr,
  presence: presenceFr,
  password: passwordFr,
  protect: protectFr,
  people: peopleFr,
  restored: restoredFr,
  roster: rosterFr,
  questions: questionsFr,
  teaching: teachingFr,
  school: schoolFr,
  townSchools: townSchoolsFr,
  trail: trailFr,
  classes: {
    title: 'Mes classes',
    write: 'Écrire à la classe',
    families: 'Écrire aux familles',
    empty: 'Aucune classe ne vous est confiée pour le moment.',
  },
  outside: {
    title: 'Parti vers l’extérieur',
    hint: 'Dans la démonstration, rien ne quitte cette machine\u00a0: les messages pour l’extérieur s’arrêtent ici.',
    empty: 'Rien n’est parti vers l’extérieur.',
    to: 'Pour',
  },
  leave: {
    title: { child: 'Tu quittes Préau\u00a0?', adult: 'Vous quittez Préau\u00a0?' },
    stay: 'Rester ici',
    go: (host: string) => `Aller sur ${host}`,
    text: {
      child: (host: string) =>
        `Ce lien mène à un autre site\u00a0: ${host}. Demande à un adulte avant d’y aller.`,
      adult: (host: string) => `Ce lien mène à ${host}, hors de la messagerie.`,
    },
  },
  broken: brokenFr,
};

/** The keys that every language has. */
export type Texts = typeof fr;
