import type { FileChange, FileTrouble } from '../../core/town/town/contract.ts';

/** What `preau setup` and `preau agent` say, in French and English. */
export const WRONG = {
  fileMissing:
    'Il faut --file ; docker/town.example.json en est un exemple. / --file is needed; docker/town.example.json is an example.',
  noSuchFile: (path: string): string =>
    `--file : « ${path} » ne se lit pas : le chemin est-il juste ? / can’t be read: is the path right?`,
  tooLong: (path: string): string =>
    `--file : « ${path} » est trop long pour une ville. / is too long for a town.`,
  noJson: (path: string, why: string): string =>
    `--file : « ${path} » n’est pas du JSON : / is no JSON: ${why}`,
  noLink:
    'Un agent peut déjà se connecter, ou a un code encore bon : le lien du premier agent n’est plus fait. Pour qui a perdu son code : preau agent reset ADRESSE. / An agent can sign in, or has a code that is good still: there is no more link of the first agent. For who has lost their code: preau agent reset ADDRESS.',
  noSuchAgent: (address: string): string =>
    `« ${address} » n’est l’adresse d’aucun agent ; voyez preau agent list. / is no agent’s address; see preau agent list.`,
  notOurs: (address: string, domain: string): string =>
    `« ${address} » : l’adresse d’un agent finit par @${domain}. / an agent’s address ends with @${domain}.`,
  nameMissing: 'Il faut --given et --family. / --given and --family are needed.',
  agent: (troubles: readonly FileTrouble[]): string =>
    troubles.map((one) => TROUBLES[one]).join(' '),
} as const;

/** What is wrong with a field, and what would be right. */
const TROUBLES: Readonly<Record<FileTrouble, string>> = {
  absent: 'il manque. / it is missing.',
  type: 'ce n’est pas ce qui est attendu là : un texte entre guillemets, un objet ou une liste. / that isn’t what belongs there: a quoted text, an object or a list.',
  unknown:
    'ce nom n’est pas connu ici : est-il bien écrit ? / this name isn’t known here: is it spelt right?',
  'too-many': 'il y en a trop pour une ville. / too many for a town.',
  'other-domain':
    'ce n’est pas le domaine de cette installation (PREAU_DOMAIN). / not the domain of this installation (PREAU_DOMAIN).',
  twice: 'il est déjà plus haut dans le fichier. / it stands further up in the file already.',
  'name-of-several':
    'plusieurs écoles portent ce nom : dites la commune, l’UAI ou le nom court. / several schools have this name: say the commune, the UAI or the short name.',
  name: 'un nom est attendu, de 100 signes au plus. / a name is expected, of 100 signs at most.',
  'name-taken':
    'une commune, ou une école de cette commune, porte déjà ce nom. / a commune, or a school of this commune, has this name already.',
  'time-zone':
    'un fuseau comme Europe/Paris est attendu. / a time zone such as Europe/Paris is expected.',
  'holiday-zone':
    'une zone est attendue : A, B, C, corse, guadeloupe, martinique, guyane, reunion, mayotte, nouvelle-caledonie, polynesie, saint-pierre-et-miquelon, wallis-et-futuna. / one of these zones is expected.',
  postmaster:
    'une adresse hors du domaine est attendue, qui marche encore quand le courrier est en panne. / an address outside the domain is expected, that works when the mail is broken.',
  contacts: 'un texte y est trop long (1000 signes). / a text is too long (1000 signs).',
  code: 'le code INSEE de la commune a cinq signes, comme 69123 ou 2A004. / INSEE’s code of the commune has five signs, such as 69123 or 2A004.',
  'code-taken': 'une autre commune a ce code. / another commune has this code.',
  slug: 'un nom court est attendu : minuscules, chiffres et traits d’union, comme jean-jaures. / a short name is expected: small letters, digits and hyphens.',
  'slug-taken': 'une autre école a ce nom court. / another school has this short name.',
  'slug-kept':
    'cette école a déjà un autre nom court, que ses adresses gardent. / this school has another short name, which its addresses keep.',
  uai: 'un UAI a sept chiffres et la lettre qui les vérifie : recopiez-le. / a UAI has seven digits and the letter that checks them: copy it again.',
  'uai-taken': 'une autre école a cet UAI. / another school has this UAI.',
  commune:
    'cette commune n’est ni dans le fichier ni dans la ville. / this commune is neither in the file nor in the town.',
  'commune-name':
    'un nom de commune est attendu, de 100 signes au plus. / a name of a commune is expected, of 100 signs at most.',
  'commune-name-taken': 'une commune porte déjà ce nom. / a commune has this name already.',
  domain:
    'un nom de domaine est attendu, autre que celui de la ville. / a domain name is expected, other than the town’s.',
  'domain-taken': 'une autre école a ce domaine. / another school has this domain.',
  address:
    'une adresse du domaine est attendue : minuscules, chiffres, points et traits d’union, et pas celle d’une fonction. / an address of the domain is expected: small letters, digits, dots and hyphens, and no post’s.',
  'address-taken':
    'cette adresse est, ou a été, celle de quelqu’un. / this address is, or once was, somebody’s.',
};

const CHANGES: Readonly<Record<FileChange['kind'], string>> = {
  town: 'les réglages de la ville / the town’s settings',
  'second-factor':
    'les agents devront se protéger par leur téléphone / agents will have to protect their account by their phone',
  'add-commune': 'une commune de plus / a new commune',
  'change-commune': 'une commune changée / a commune changed',
  'add-school': 'une école de plus / a new school',
  'change-school': 'une école changée / a school changed',
  'add-agent': 'un agent de plus / a new agent',
};

interface CodeCard {
  readonly name: string;
  readonly address: string;
  readonly code: string;
  readonly page: string;
  readonly until: string;
}

export const SAYS = {
  fault: (path: string, why: FileTrouble): string =>
    `  ${path === '' ? '.' : path} : ${TROUBLES[why]}`,
  faults: (path: string, count: number): string =>
    `« ${path} » : rien n’est écrit, ${count === 1 ? 'une chose est à revoir' : `${count} choses sont à revoir`}. / nothing is written, ${count === 1 ? 'one thing to mend' : `${count} things to mend`}.`,
  change: ({ kind, what }: FileChange): string =>
    `  ${CHANGES[kind]}${what === '' ? '' : ` : ${what}`}`,
  nothing: 'La ville est déjà ainsi : rien à changer. / The town is so already: nothing to change.',
  would: 'Ce qui se ferait, rien n’est écrit : / What would be done, nothing is written:',
  done: 'Fait : / Done:',
  code: (card: CodeCard): string =>
    `\n${card.name}, ${card.address}\n  Code : ${card.code}, à saisir sur ${card.page}, bon jusqu’au ${card.until}. Il n’est montré qu’ici. / to be typed at that page; it is shown here alone.`,
  sheets: (folder: string): string =>
    `Les feuilles des codes sont dans ${folder}. / The sheets of the codes are in ${folder}.`,
  link: (address: string, until: string): string =>
    `Pour mettre la ville en service, ouvrez ce lien. Il est bon une fois, jusqu’au ${until}. / To put the town into service open this link, good once, for a day:\n\n  ${address}\n`,
  way: {
    password: 'se connecte / signs in',
    code: 'a un code / has a code',
    none: 'n’a ni code ni mot de passe / has neither code nor password',
  },
  noAgent:
    'La ville n’a pas encore d’agent : preau setup link. / The town has no agent yet: preau setup link.',
  unprotected: 'pas encore de téléphone / no phone yet',
} as const;
