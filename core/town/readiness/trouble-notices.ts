import { TOWN, type Language } from '../../ground/ids.ts';
import { keysOf } from '../../ground/keys.ts';
import type { Notices, ServiceWords } from '../../mail/delivery/telling/notice.ts';
import { noteTold, toldOfTrouble, type TroubleSubject } from '../../store/town/trouble-notices.ts';
import { askAll, linesOf } from './ask-all.ts';
import type { ReadinessLine } from './contract.ts';
import type { LetterParts } from './surroundings.ts';
import { tellDataOfficer } from './tell-data-officer.ts';

/** The lines of the report that are about it. */
const LINES: Readonly<Record<TroubleSubject, (id: string) => boolean>> = {
  backups: (id) => id.startsWith('backup.'),
  isolation: (id) => id === 'database.isolation',
};

/**
 * Looks at each subject as `preau doctor` does, and tells each agent who doesn't know: once when a
 * line is red, with each that is and what to do, and once when none is any more. To be called now
 * and then by any number of processes.
 */
export async function tellAgentsOfTrouble(
  parts: LetterParts & { readonly notices: Notices },
): Promise<void> {
  for (const about of keysOf(LINES)) await tellAgentsOf(parts, about);
}

async function tellAgentsOf(
  parts: LetterParts & { readonly notices: Notices },
  about: TroubleSubject,
): Promise<void> {
  const { store, directory, notices } = parts;
  const report = await askAll(parts, LINES[about]);
  const red = linesOf(report).filter(({ state }) => state === 'red');
  const isRed = red.length > 0;
  const told = await store.read(TOWN, (tx) => toldOfTrouble(tx, about));
  const people =
    (await directory.rosters([TOWN], { maxAgeMs: 0 })).get(TOWN)?.people.values() ?? [];
  const agents = [...people].filter(({ role, state }) => role === 'agent' && state === 'active');
  if (about === 'isolation' && agents[0] !== undefined)
    await tellDataOfficer(parts, {
      lines: red.map(({ found }) => found.fr),
      account: agents[0].account,
    });
  for (const agent of agents) {
    const { account, language } = agent;
    if (told.has(account) === isRed) continue;
    const words = isRed ? inTrouble(red, about, language) : WELL[about][language];
    await notices.tell({ ...agent, school: TOWN }, words, (tx) =>
      noteTold(tx, account, { about, isRed }),
    );
  }
}

function inTrouble(
  red: readonly ReadinessLine[],
  about: TroubleSubject,
  language: Language,
): ServiceWords {
  const { subject, before, after } = TROUBLE[about][language];
  const lines = red.map(({ found, todo }) =>
    [`- ${found[language]}`, ...(todo === null ? [] : [`  ${todo[language]}`])].join('\n'),
  );
  return { subject, text: [before, lines.join('\n\n'), after].join('\n\n') };
}

interface TroubleWords {
  readonly subject: string;
  readonly before: string;
  readonly after: string;
}

const TROUBLE: Readonly<Record<TroubleSubject, Readonly<Record<Language, TroubleWords>>>> = {
  backups: {
    fr: {
      subject: 'Les sauvegardes demandent quelqu’un',
      before:
        'Le courrier marche, mais s’il était perdu aujourd’hui, tout n’en reviendrait pas\u00a0:',
      after:
        'Où cela en est\u00a0: preau doctor. Un autre avis viendra quand tout sera rentré dans l’ordre.',
    },
    en: {
      subject: 'The backups need somebody',
      before: 'The mail works, but if it were lost today not all of it would come back:',
      after: 'How it stands: preau doctor. Another notice comes when all is well again.',
    },
  },
  isolation: {
    fr: {
      subject: 'Quelqu’un peut joindre un enfant sans en avoir le droit',
      before: 'La preuve de cette nuit a trouvé ce qui ne doit jamais être\u00a0:',
      after:
        'Ce chemin est fermé\u00a0: les messages qui le prendraient attendent. La page « Isolement des enfants » dit lequel, et comment le rouvrir. La personne chargée de la protection des données est prévenue, si la ville a donné son adresse. Un autre avis viendra quand une preuve n’aura plus rien trouvé.',
    },
    en: {
      subject: 'Somebody can reach a child who may not',
      before: 'Last night’s proof has found what must never be:',
      after:
        'That way is closed: messages that would take it wait. The page “Isolation of children” says which, and how it is opened again. Whoever is in charge of data protection is told, where the town has given their address. Another notice comes once a proof finds nothing any more.',
    },
  },
};

const WELL: Readonly<Record<TroubleSubject, Readonly<Record<Language, ServiceWords>>>> = {
  backups: {
    fr: {
      subject: 'Les sauvegardes sont de nouveau en ordre',
      text: 'Il n’y a plus rien à faire\u00a0: les sauvegardes se font, se relisent, et le courrier en revient.',
    },
    en: {
      subject: 'The backups are in order again',
      text: 'Nothing is left to do: backups are made and read, and the mail comes back from them.',
    },
  },
  isolation: {
    fr: {
      subject: 'Plus personne ne joint un enfant sans en avoir le droit',
      text: 'La dernière preuve n’a rien trouvé.',
    },
    en: {
      subject: 'Nobody reaches a child any more who may not',
      text: 'The last proof has found nothing.',
    },
  },
};
