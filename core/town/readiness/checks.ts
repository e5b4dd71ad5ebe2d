import {
  lastBackup,
  repositoryRoom,
  repositoryThere,
  repositoryVerified,
  restoreTried,
} from './checks/backup.ts';
import { bodiesThere } from './checks/bodies.ts';
import { copiesFollow, machinesServe } from './checks/cell.ts';
import { certificateEnd, certificateNames, certificateTrust } from './checks/certificate.ts';
import { databaseClock, worldClock } from './checks/clock.ts';
import {
  databaseAnswers,
  databasePolicies,
  databaseRoles,
  migrationsDone,
} from './checks/database.ts';
import { holidaysKnown } from './checks/holidays.ts';
import { isolationProved } from './checks/isolation.ts';
import { journalsWhole } from './checks/journals.ts';
import { contactsTold, postmasterTold } from './checks/legal.ts';
import { diskRoom, memoryRoom } from './checks/machine.ts';
import { newsArrives } from './checks/mail-events.ts';
import { nightsWork } from './checks/nights.ts';
import { pagesCertificate } from './checks/pages-certificate.ts';
import {
  agentsProtected,
  codesPrinted,
  contactNamed,
  demoAway,
  headsCame,
  rostersIn,
} from './checks/people.ts';
import { fromOutside, toOutside } from './checks/port-25.ts';
import { portsAnswer } from './checks/ports.ts';
import {
  autoconfig,
  forgeryPolicy,
  hostAddress,
  mailExchanger,
  publicName,
  schoolDomains,
  senderPolicy,
  serviceRecords,
  transport,
  withPublicName,
} from './checks/published-names.ts';
import { nothingLate, queueTakes, workerLives } from './checks/queue.ts';
import { scannerAnswers, signatureAge } from './checks/scanner.ts';
import { secretFits } from './checks/secret.ts';
import { signatures } from './checks/signatures.ts';
import { siteListFresh } from './checks/sites.ts';
import { testLetterArrived } from './checks/test-letter.ts';
import { lettersReadable } from './checks/unread-letters.ts';
import { versionRuns } from './checks/version.ts';
import { voiceSpeaks } from './checks/voice.ts';
import type { BilingualSentence } from './contract.ts';
import { notInDemo } from './demo.ts';
import { said } from './finding.ts';
import type { Ask } from './surroundings.ts';

/** One thing that is looked at. */
export interface Check {
  readonly id: string;
  readonly asked: BilingualSentence;
  readonly ask: Ask;
  /** Asked of a town of several machines alone. */
  readonly ofCell?: true;
}

const check = (id: string, asked: BilingualSentence, ask: Ask): Check => ({ id, asked, ask });

/** What makes sense once the town has a name that others can ask for. */
const named = (ask: Ask): Ask => notInDemo(withPublicName(ask));

/** Everything that is asked, by subject, in the order in which a town is put into service. */
export const CHECKS: readonly {
  readonly id: string;
  readonly title: BilingualSentence;
  readonly checks: readonly Check[];
}[] = [
  {
    id: 'names',
    title: said('Le nom et le domaine', 'Name and domain'),
    checks: [
      check('names.public', said('Nom public', 'Public name'), notInDemo(publicName)),
      check('names.host', said('Adresse du serveur', 'Address of the server'), named(hostAddress)),
      check(
        'names.mx',
        said('MX, l’arrivée du courrier', 'MX, where mail arrives'),
        named(mailExchanger),
      ),
      check('names.spf', said('SPF, qui envoie', 'SPF, who sends'), notInDemo(senderPolicy)),
      check('names.dkim', said('DKIM, la signature', 'DKIM, the signature'), named(signatures)),
      check('names.dmarc', said('DMARC, les faux', 'DMARC, forgeries'), notInDemo(forgeryPolicy)),
      check(
        'names.transport',
        said('MTA-STS, l’arrivée chiffrée', 'MTA-STS, encrypted on the way in'),
        named(transport),
      ),
      check(
        'names.autoconfig',
        said('Réglages automatiques', 'Automatic settings'),
        named(autoconfig),
      ),
      check('names.srv', said('SRV, les programmes', 'SRV, mail programs'), named(serviceRecords)),
      check('names.schools', said('Domaines des écoles', 'Schools’ domains'), named(schoolDomains)),
    ],
  },
  {
    id: 'network',
    title: said('Le réseau', 'Network'),
    checks: [
      check('network.ports', said('Ports', 'Ports'), portsAnswer),
      check(
        'network.from-outside',
        said('Port 25 depuis l’extérieur', 'Port 25 from outside'),
        named(fromOutside),
      ),
      check('network.to-outside', said('Vers l’extérieur', 'To outside'), notInDemo(toOutside)),
    ],
  },
  {
    id: 'certificate',
    title: said('Les certificats', 'Certificates'),
    checks: [
      check('certificate.pages', said('Pages', 'Pages'), named(pagesCertificate)),
      check(
        'certificate.trust',
        said('Courrier : signature', 'Mail: signature'),
        notInDemo(certificateTrust),
      ),
      check('certificate.names', said('Courrier : nom', 'Mail: name'), named(certificateNames)),
      check('certificate.end', said('Courrier : fin', 'Mail: end'), notInDemo(certificateEnd)),
    ],
  },
  {
    id: 'mail',
    title: said('Le courrier', 'Mail'),
    checks: [
      check('mail.scanner', said('Antivirus', 'Virus scanner'), scannerAnswers),
      check(
        'mail.signatures',
        said('Signatures de virus', 'Virus signatures'),
        notInDemo(signatureAge),
      ),
      check('mail.queue', said('File d’attente', 'Queue'), queueTakes),
      check('mail.worker', said('Tâches de fond', 'Worker'), workerLives),
      check('mail.nights', said('Travaux de la nuit', 'Work of the night'), nightsWork),
      check('mail.events', said('Annonce du courrier', 'News of mail'), newsArrives),
      check('mail.late', said('Retards', 'What is late'), nothingLate),
      check('mail.readable', said('Lettres illisibles', 'Unreadable letters'), lettersReadable),
      check('mail.bodies', said('Grands messages anciens', 'Old large messages'), bodiesThere),
      check('mail.sites', said('Sites interdits', 'Forbidden sites'), notInDemo(siteListFresh)),
      check('mail.test-letter', said('Lettre d’essai', 'Test letter'), testLetterArrived),
    ],
  },
  {
    id: 'town',
    title: said('La ville', 'Town'),
    checks: [
      check('town.contacts', said('Pages légales', 'Legal pages'), notInDemo(contactsTold)),
      check(
        'town.postmaster',
        said('Adresse de secours', 'Address for emergencies'),
        notInDemo(postmasterTold),
      ),
      check(
        'town.report-contact',
        said('Signalements d’adultes', 'Reports about adults'),
        notInDemo(contactNamed),
      ),
      check(
        'town.holidays',
        said('Vacances scolaires', 'School holidays'),
        notInDemo(holidaysKnown),
      ),
    ],
  },
  {
    id: 'people',
    title: said('Les écoles et les personnes', 'Schools and people'),
    checks: [
      check('people.rosters', said('Listes des écoles', 'Schools’ rosters'), rostersIn),
      check('people.codes', said('Codes imprimés', 'Printed codes'), codesPrinted),
      check('people.heads', said('Directions', 'Heads'), headsCame),
      check('people.demo', said('Démonstration', 'Demo'), demoAway),
      check(
        'people.agents',
        said('Agents de la ville', 'Agents of the town'),
        notInDemo(agentsProtected),
      ),
    ],
  },
  {
    id: 'database',
    title: said('La base de données', 'Database'),
    checks: [
      check('database.answers', said('Réponse', 'Answer'), databaseAnswers),
      check('database.migrations', said('Schéma', 'Schema'), migrationsDone),
      check('database.roles', said('Rôles', 'Roles'), databaseRoles),
      check('database.policies', said('Écoles séparées', 'Schools kept apart'), databasePolicies),
      check('database.isolation', said('Preuve de la nuit', 'Proof of the night'), isolationProved),
      check('database.journals', said('Journaux', 'Journals'), journalsWhole),
    ],
  },
  {
    id: 'backup',
    title: said('Les sauvegardes', 'Backups'),
    checks: [
      check('backup.repository', said('Dossier', 'Folder'), repositoryThere),
      check('backup.made', said('Dernière', 'Last one'), lastBackup),
      check('backup.verified', said('Relecture', 'Read again'), repositoryVerified),
      check('backup.restored', said('Remise d’essai', 'Trial restore'), restoreTried),
      check('backup.room', said('Place', 'Room'), repositoryRoom),
    ],
  },
  {
    id: 'machine',
    title: said('La machine', 'Machine'),
    checks: [
      {
        ...check('machine.others', said('Machines ensemble', 'Machines together'), machinesServe),
        ofCell: true,
      },
      {
        ...check(
          'machine.copies',
          said('Copies de la base', 'Copies of the database'),
          copiesFollow,
        ),
        ofCell: true,
      },
      check('machine.version', said('Version', 'Version'), versionRuns),
      check('machine.clock', said('Horloge et base', 'Clock and database'), databaseClock),
      check(
        'machine.world-clock',
        said('Horloge et monde', 'Clock and world'),
        notInDemo(worldClock),
      ),
      check('machine.disk', said('Disque', 'Disk'), diskRoom),
      check('machine.key', said('Clé du service', 'Key of the service'), secretFits),
      check('machine.memory', said('Mémoire', 'Memory'), memoryRoom),
      check('machine.voice', said('Voix des petits', 'Voice for the little ones'), voiceSpeaks),
    ],
  },
];
