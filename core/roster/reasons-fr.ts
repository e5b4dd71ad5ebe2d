import type { FileReasons } from './reason-names.ts';

/** Espaces insécables devant ? ! : ; et à l’intérieur des guillemets. */
export const FRENCH: FileReasons = {
  'file-empty': 'Le fichier {file} est vide. Exportez-le à nouveau.',
  'file-too-big':
    'Le fichier {file} dépasse 20 Mo. Une liste d’école en pèse rarement plus d’un : vérifiez que c’est le bon fichier.',
  'encoding-broken':
    'Le fichier {file} se dit en UTF-16 mais ne l’est pas. Exportez-le à nouveau sans l’ouvrir dans un tableur.',
  'not-a-text-file':
    'Le fichier {file} n’est pas un fichier CSV. Choisissez le fichier exporté, par exemple CSVExtraction.csv.',
  'aaf-file':
    'Le fichier {file} est un export de l’annuaire fédérateur (AAF), qui n’est pas lu ici. Choisissez un export CSV d’ONDE ou de OneRoster.',
  'quote-open':
    'Fichier {file}, ligne {line} : un guillemet s’ouvre et ne se ferme pas. Rien n’a été lu. Corrigez cette ligne ou exportez à nouveau.',
  'quote-misplaced':
    'Fichier {file}, ligne {line} : un guillemet est mal placé. Rien n’a été lu. Corrigez cette ligne ou exportez à nouveau.',
  'csv-broken':
    'Fichier {file}, ligne {line} : le fichier n’est pas un CSV que nous savons lire. Rien n’a été lu. Exportez-le à nouveau.',
  'too-many-lines':
    'Le fichier {file} a plus de 40 000 lignes. Importez une école ou une ville à la fois.',
  'too-many-columns':
    'Le fichier {file} a plus de 200 colonnes. Ce n’est sans doute pas une liste d’école.',
  'line-too-long':
    'Fichier {file}, ligne {line} : la ligne est trop longue. Rien n’a été lu. Un guillemet ouvert plus haut peut en être la cause.',
  'header-unknown':
    'Les titres des colonnes de {file} ne sont pas ceux d’un format connu. Dites quelle colonne porte le nom, le prénom, la classe ; ce choix sera enregistré.',
  'column-missing':
    'La colonne « {column} » manque dans {file}. Exportez à nouveau avec toutes les colonnes.',
  'column-twice': 'La colonne « {column} » est deux fois dans {file}. Gardez-en une.',
  'no-lines':
    'Le fichier {file} a des titres de colonnes mais aucune ligne. Exportez-le à nouveau.',
  'archive-broken':
    'L’archive {file} est abîmée. Rien n’a été lu. Envoyez-la à nouveau, ou les fichiers sans archive.',
  'archive-too-big':
    'L’archive {file} dépasse 60 Mo une fois ouverte. Importez une partie à la fois.',
  'archive-locked':
    'L’archive {file} est protégée par un mot de passe. Envoyez-la sans mot de passe.',
  'too-many-files': 'Il y a plus de 300 fichiers. Importez une partie à la fois.',
  'no-file': 'Il n’y a aucun fichier CSV ou Excel à lire.',
  'several-files':
    'Il y a plusieurs fichiers et ce ne sont pas ceux d’un export OneRoster. Importez-les un par un, ou donnez le dossier à la commande.',
  'workbook-broken':
    'Le classeur {file} ne s’ouvre pas. Enregistrez-le à nouveau au format .xlsx ou .csv.',
  'workbook-too-big':
    'Le classeur {file} dépasse 25 Mo une fois ouvert. Gardez la seule feuille de la liste, puis enregistrez-le à nouveau.',
  'cell-far':
    'Le classeur {file} contient quelque chose dans la case {column}, au-delà de 40 000 lignes ou de 200 colonnes. Si c’est une erreur, effacez cette case et enregistrez ; sinon, importez une école ou une ville à la fois.',
  'header-too-long':
    'Fichier {file}, ligne {line} : un titre de colonne dépasse 1 000 caractères (« {column} »). Raccourcissez-le, ou vérifiez que c’est le bon fichier.',
  'too-many-schools':
    'L’export {file} nomme plus de 2 000 écoles. Demandez l’export de votre seule ville.',
  'too-many-people':
    'Il y a plus de 6 000 personnes pour une seule école. Rien n’a été lu. Donnez le fichier de cette école, ou, pour toute la ville, demandez à la mairie.',
  'reading-ended':
    'Le fichier {file} demande trop de temps ou de mémoire. Rien n’a été lu. Exportez-le à nouveau, ou enregistrez la seule liste au format .csv.',
  'reading-busy':
    'D’autres fichiers sont lus en ce moment. Rien n’a été lu. Donnez le fichier {file} à nouveau dans une minute.',
  'file-missing':
    'Le fichier {column} manque dans l’export OneRoster. Rien n’a été lu. Exportez à nouveau.',
  'version-unknown': 'Cet export n’est ni OneRoster 1.1 ni OneRoster 1.2. Rien n’a été lu.',
  'delta-file':
    'Cet export OneRoster ne contient que les changements. Demandez l’export complet (« bulk »).',
  'several-schools': 'Cet export contient plusieurs écoles. Dites laquelle importer.',
  'school-unknown': 'Cet export ne contient pas l’école demandée. Rien n’a été lu.',
  'calendar-workbook':
    'Le classeur {file} ne dit pas l’heure de ses dates, qui peuvent être décalées d’un jour. Téléchargez le calendrier en CSV sur data.education.gouv.fr.',
  'calendar-unknown':
    'Le fichier {file} n’est pas le calendrier scolaire : il y faut les colonnes Description, Population, Date de début, Date de fin et Zones. Téléchargez-le à nouveau, en CSV, sur data.education.gouv.fr.',
  'calendar-cell':
    'Fichier {file}, ligne {line} : la case « {column} » est vide, abîmée ou trop longue. Rien n’a été lu. Téléchargez à nouveau le fichier, sans l’ouvrir dans un tableur.',
  'calendar-date':
    'Fichier {file}, ligne {line} : la case « {column} » n’est pas une date. Rien n’a été lu. Téléchargez à nouveau le fichier, sans l’ouvrir dans un tableur.',
  'calendar-period':
    'Fichier {file}, ligne {line} : la date de « {column} » vient avant le début, ou plus de cent jours après. Rien n’a été lu. Corrigez cette ligne ou téléchargez à nouveau le fichier.',
  'calendar-long':
    'Le fichier {file} a plus de 2 000 périodes de vacances. Ce n’est sans doute pas le calendrier scolaire : téléchargez-le à nouveau sur data.education.gouv.fr.',
  'calendar-empty':
    'Le fichier {file} n’a pas de vacances de votre zone pour cette année scolaire ou les suivantes. Téléchargez le calendrier le plus récent, ou changez la zone de la ville.',

  'too-few-cells':
    'Ligne {line} : il manque des cases. Le fichier a peut-être été coupé ; exportez-le à nouveau.',
  'too-many-cells':
    'Ligne {line} : il y a plus de cases que de colonnes (« {cell} »). Un séparateur est sans doute entré dans un nom.',
  'family-name-missing':
    'Ligne {line} : le nom de famille manque. Corrigez là d’où vient le fichier (ONDE ou un autre), puis donnez-le à nouveau.',
  'given-name-missing':
    'Ligne {line} : le prénom manque. Corrigez là d’où vient le fichier (ONDE ou un autre), puis donnez-le à nouveau.',
  'birth-date-impossible':
    'Ligne {line} : la date de naissance {cell} n’existe pas. Corrigez là d’où vient le fichier (ONDE ou un autre), puis donnez-le à nouveau.',
  'birth-date-unreadable':
    'Ligne {line} : « {cell} » n’est pas une date de naissance. Écrivez-la 31/12/2019 ou 2019-12-31.',
  'birth-date-of-no-pupil':
    'Ligne {line} : née ou né le {cell}, cette personne n’a pas l’âge d’une école primaire. Corrigez la date là d’où vient le fichier (ONDE ou un autre), puis donnez-le à nouveau.',
  'identity-missing':
    'Ligne {line} : ni date de naissance ni INE. Sans l’un des deux, deux enfants du même nom seraient confondus. Complétez là d’où vient le fichier (ONDE ou un autre), puis donnez-le à nouveau.',
  'ine-malformed':
    'Ligne {line} : « {cell} » n’est pas un INE. Un tableur l’a peut-être changé ; exportez à nouveau sans l’ouvrir.',
  'ine-of-two-pupils':
    'Ligne {line} : deux enfants différents ont le même INE. Corrigez là d’où vient le fichier (ONDE ou un autre), puis donnez-le à nouveau.',
  'line-twice':
    'Ligne {line} : cette personne est déjà plus haut, dans la même classe. La ligne ne compte pas deux fois.',
  'cell-too-long':
    'Ligne {line}, colonne « {column} » : le texte est trop long (« {cell} »). 200 caractères suffisent.',
  'character-hidden':
    'Ligne {line}, colonne « {column} » : il y a un caractère invisible dans « {cell} ». Retapez cette case.',
  'letters-lost':
    'Ligne {line}, colonne « {column} » : des lettres ont été perdues (« {cell} »). Exportez à nouveau sans passer par un tableur.',
  'email-malformed':
    'Ligne {line} : « {cell} » n’est pas une adresse de courriel. Corrigez-la, ou videz la case.',
  'head-unclear': 'Ligne {line}, colonne « {column} » : « {cell} » n’est ni oui ni non.',
  'guardian-without-child':
    'Ligne {line} : aucun enfant n’est nommé pour ce responsable. Corrigez là d’où vient le fichier (ONDE ou un autre), puis donnez-le à nouveau.',
  'child-incomplete':
    'Ligne {line}, colonne « {column} » : il manque le nom ou le prénom d’un enfant.',
  'too-many-children': 'Ligne {line} : plus de 20 enfants pour un responsable. Vérifiez la ligne.',
  footer: 'Ligne {line} : « {cell} » est un pied de page, pas une personne. Rien à faire.',
  'host-organisation':
    'Ligne {line} : « {cell} » est un organisme d’accueil, pas une personne. Il ne reçoit pas de boîte. Rien à faire.',
  'pupil-struck-off': 'Ligne {line} : cet enfant est radié de l’école. Rien à faire.',
  'role-unknown': 'Ligne {line} : le rôle « {cell} » n’a pas de boîte ici.',
  'role-missing': 'Ligne {line} : cette personne n’a de rôle dans aucune école de l’export.',
  'reference-unknown':
    'Fichier {file}, ligne {line}, colonne « {column} » : « {cell} » ne se trouve pas dans l’export.',
  'identifier-twice':
    'Fichier {file}, ligne {line} : l’identifiant « {cell} » est déjà pris plus haut.',
  'identifier-missing': 'Fichier {file}, ligne {line} : l’identifiant manque.',

  twice: 'Ligne {line} : cette personne est déjà sur une autre ligne. Gardez l’une des deux.',
  'ine-twice':
    'Ligne {line} : cet INE est déjà celui d’un autre enfant. Corrigez là d’où vient le fichier (ONDE ou un autre), puis donnez-le à nouveau.',
  'role-raise':
    'Ligne {line} : « {cell} » a déjà une boîte d’un autre rôle. Un import ne change pas un rôle ; faites-le dans l’école.',
  'name-without-letters':
    'Ligne {line} : « {cell} » ne donne pas d’adresse. Dites comment ce nom s’écrit en lettres latines.',
  'child-unknown':
    'Ligne {line} : aucun enfant de l’école ne porte ce nom. Importez d’abord les élèves, ou corrigez là d’où vient le fichier.',
  'child-ambiguous': 'Ligne {line} : plusieurs enfants de l’école portent ce nom. Dites lequel.',
  namesakes:
    'Ligne {line} : plus de 50 personnes portent ce nom, et rien ne dit laquelle. Vérifiez que c’est le bon fichier ; sinon, ajoutez la date de naissance ou l’adresse de messagerie.',
};
