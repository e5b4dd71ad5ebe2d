import { agentsReadiness } from '../../../store/schools/readiness.ts';
import type { SchoolReadiness } from '../../../store/town/contract.ts';
import { contactStands } from '../../../store/town/report-marks.ts';
import type { Finding, BilingualSentence } from '../contract.ts';
import { hasDemo } from '../demo.ts';
import { amber, counted, green, grey, red, said } from '../finding.ts';
import type { Look } from '../surroundings.ts';
import { needStore } from './database.ts';

/** So many schools are named. */
const NAMED = 5;

/** Schools that nobody of has come in for: no pupil is in them. */
export async function rostersIn({ schools }: Look): Promise<Finding> {
  const all = await schools();
  if (all.length === 0)
    return amber(
      said('La ville n’a pas encore d’école.', 'The town has no school yet.'),
      said('Ajoutez les écoles, puis leurs listes.', 'Add the schools, then their rosters.'),
    );
  const empty = all.filter(({ pupils }) => pupils === 0);
  if (empty.length === 0)
    return green(
      ofAll(
        all,
        said('a ses élèves.', 'has its pupils.'),
        said('ont leurs élèves.', 'have their pupils.'),
      ),
    );
  const count = schoolCount(empty);
  return amber(
    said(
      `${count.fr} sur ${all.length} sans élève : ${named(empty)}.`,
      `${count.en} of ${all.length} without a pupil: ${named(empty)}.`,
    ),
    said(
      'Importez leurs listes (« Importer les élèves », ou preau roster import).',
      'Import their rosters (“Import pupils”, or preau roster import).',
    ),
  );
}

/** People of a school who have no way in: their code was never printed, or has run out. */
export async function codesPrinted({ schools }: Look): Promise<Finding> {
  const lacking = (await schools()).filter(({ withoutCode }) => withoutCode > 0);
  const people = lacking.reduce((sum, { withoutCode }) => sum + withoutCode, 0);
  if (people === 0)
    return green(
      said('Chacun a un code ou un mot de passe.', 'Everybody has a code or a password.'),
    );
  const count = counted(people, said('personne', 'person'), said('personnes', 'people'));
  return amber(
    said(
      `${count.fr} sans code ni mot de passe : ${named(lacking, ({ withoutCode }) => withoutCode)}.`,
      `${count.en} with neither a code nor a password: ${named(lacking, ({ withoutCode }) => withoutCode)}.`,
    ),
    said(
      'Imprimez les feuilles de codes (« Codes » de chaque classe, ou preau roster import --sheets).',
      'Print the sheets of codes (“Codes” of each class, or preau roster import --sheets).',
    ),
  );
}

/** Heads who have never chosen a password: without them a school doesn't begin. */
export async function headsCame({ schools }: Look): Promise<Finding> {
  const all = await schools();
  const headless = all.filter(({ heads, pupils }) => heads === 0 && pupils > 0);
  const away = all.filter(({ headsNeverIn }) => headsNeverIn > 0);
  const [first] = [...away, ...headless];
  if (first === undefined)
    return green(said('Chaque direction est déjà venue.', 'Every head has come in.'));
  const missing = [
    ...(away.length === 0
      ? []
      : [said(`jamais venues : ${named(away)}`, `never came: ${named(away)}`)]),
    ...(headless.length === 0
      ? []
      : [said(`sans direction : ${named(headless)}`, `without a head: ${named(headless)}`)]),
  ];
  return amber(
    said(
      `Directions ${missing.map(({ fr }) => fr).join(' ; ')}.`,
      `Heads ${missing.map(({ en }) => en).join('; ')}.`,
    ),
    said(
      'Donnez-leur leur code, ou nommez une direction dans la liste de l’école.',
      'Give them their code, or name a head in the school’s roster.',
    ),
  );
}

/** Agents reach every school: a password alone isn't enough. */
export async function agentsProtected(look: Look): Promise<Finding> {
  const { agents, withoutSecondFactor } = await needStore(look).readTown(agentsReadiness);
  if (agents === 0)
    return red(
      said('La ville n’a aucun agent.', 'The town has no agent.'),
      said(
        'Faites le premier par le lien de mise en service (preau setup link).',
        'Make the first one by the link of putting into service (preau setup link).',
      ),
    );
  const count = counted(withoutSecondFactor, said('agent', 'agent'), said('agents', 'agents'));
  if (withoutSecondFactor > 0)
    return red(
      said(
        `${count.fr} sur ${agents} sans second facteur : un mot de passe volé ouvrirait toute la ville.`,
        `${count.en} of ${agents} without a second factor: a stolen password would open the whole town.`,
      ),
      said(
        'Qu’ils ouvrent « Protéger mon compte » et y ajoutent leur téléphone.',
        'Let them open “Protect my account” and add their telephone.',
      ),
    );
  if (agents === 1)
    return amber(
      said(
        'Un seul agent : malade, il laisse la ville sans personne.',
        'A single agent: if ill, the town has nobody.',
      ),
      said('Ajoutez-en un second.', 'Add a second one.'),
    );
  return green(
    said(
      `${agents} agents, chacun avec un second facteur.`,
      `${agents} agents, each with a second factor.`,
    ),
  );
}

/** Letters of teachers and heads that a child reports: one person reads them, or every agent. */
export async function contactNamed(look: Look): Promise<Finding> {
  const contact = await needStore(look).readTown(contactStands);
  if (contact === 'named')
    return green(
      said(
        'Une personne lit les signalements qui concernent un adulte.',
        'One person reads the reports about an adult.',
      ),
    );
  return amber(
    contact === 'gone'
      ? said(
          'La personne nommée pour les signalements qui concernent un adulte n’a plus de compte : tous les agents les lisent.',
          'Whoever was named for reports about an adult has no account any more: all agents read them.',
        )
      : said(
          'Personne n’est nommé pour les signalements qui concernent un adulte : tous les agents les lisent.',
          'Nobody is named for reports about an adult: all agents read them.',
        ),
    said(
      'Nommez quelqu’un dans « Signalements », en bas de la page.',
      'Name somebody in “Reports”, at the foot of the page.',
    ),
  );
}

/** The made-up town's passwords are public: it must not be where others can come. */
export function demoAway({ config, isDemo }: Look): Finding {
  if (isDemo) return grey(said('C’est la ville de démonstration.', 'This is the demo town.'));
  if (!hasDemo(config))
    return green(said('Aucun compte de démonstration.', 'No account of the demo.'));
  return red(
    said(
      'La ville de démonstration, aux mots de passe publics, a été faite ici.',
      'The demo town, whose passwords are public, was made here.',
    ),
    said(
      'Recommencez dans un autre dossier (PREAU_DATA) et une base vide, avec preau start --no-demo.',
      'Begin anew in another folder (PREAU_DATA) and an empty database, with preau start --no-demo.',
    ),
  );
}

const schoolCount = (schools: readonly SchoolReadiness[]): BilingualSentence =>
  counted(schools.length, said('école', 'school'), said('écoles', 'schools'));

function ofAll(
  schools: readonly SchoolReadiness[],
  one: BilingualSentence,
  many: BilingualSentence,
): BilingualSentence {
  const count = schoolCount(schools);
  const verb = schools.length === 1 ? one : many;
  return said(`${count.fr} ${verb.fr}`, `${count.en} ${verb.en}`);
}

/** Their names, each with a number where one is asked for; the rest counted. */
function named(
  schools: readonly SchoolReadiness[],
  numberOf: ((one: SchoolReadiness) => number) | null = null,
): string {
  const names = schools
    .slice(0, NAMED)
    .map((one) => (numberOf === null ? one.shownName : `${one.shownName} (${numberOf(one)})`));
  return schools.length > NAMED
    ? `${names.join(', ')} +${schools.length - NAMED}`
    : names.join(', ');
}
