import { sql, type Kysely } from 'kysely';

/**
 * Each table says of itself what kind of thing it holds (`READERS` knows who comes to it), what it
 * keeps and of whom: the town's register and the proof of the night read it from here. Nothing
 * that runs knows of it: old code goes on.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await COMMENTS.execute(db);
}

const COMMENTS = sql`
  comment on table absence is 'Somebody is away, and these words answer for them.
roster | jours d’absence d’un adulte et les mots qui répondent pour lui | adultes';
  comment on table absence_reply is 'Whom somebody''s absence was told, and at which message.
letters | à qui l’absence a été dite, pour ne pas la redire avant 7 jours | toutes, extérieurs';
  comment on table accompaniment is 'roster | quel élève est accompagné par quelle aide | élèves, aides';
  comment on table account is 'roster | nom, prénom, civilité d’un adulte, niveau d’un élève, rôle, communes d’un agent, place de la boîte, langue, si un élève lit des images ou des mots, quel jour il a accepté la charte et quel jour un enseignant a noté l’accord de sa famille rendu sur papier, ce que la liste de l’école dit de son autorisation photo, comment les pages se montrent à cette personne (taille, lettres, papier, avis à l’arrivée d’un message et de qui, si ses messages du soir attendent le matin, si un responsable veut un mot par jour de ce qui attend et quand il a eu le dernier ; personne d’autre ne le voit), portrait dessiné, signature et heures de réponse d’un adulte (les familles et les élèves voient ses heures), si ses collègues reçoivent une copie, empreinte du mot de passe | toutes';
  comment on table acknowledgement is '« Bien lu », as its reader tapped it.
letters | lettres qu’une personne a marquées « Bien lu » elle-même | tous';
  comment on table activation_code is 'own | codes imprimés (empreinte) | adultes';
  comment on table address is 'roster | adresses de courrier de la ville et à qui elles mènent | toutes';
  comment on table agent_act is 'adults | journal des agents : quoi, dans quelle école, pourquoi | agents';
  comment on table annotation is 'letters | notes qu’un programme met sur un dossier | adultes';
  comment on table app_password is 'own | mots de passe d’appareils (empreinte), leur nom, leur dernier usage | adultes, élèves selon l’école';
  comment on table audit is 'adults | journal de l’école : qui a fait quoi, à qui | toutes';
  comment on table awaited_answer is 'By when somebody wants an answer to a letter of theirs.
letters | lettres auxquelles un adulte attend une réponse, et jusqu’à quand | adultes';
  comment on table away_body is 'letters | où est rangé un grand message ou fichier ancien hors de la base, scellé, et la clé scellée qui l’ouvre ; l’en-tête du message | toutes, extérieurs';
  comment on table board is 'Whose mailbox it is: of a class or, where that is null, of the school; and who reads it.
boards | panneaux d’une classe ou d’une école, et pour qui | aucune';
  comment on table brought_message is 'letters | empreintes des messages apportés d’un ancien serveur | toutes';
  comment on table chain_link is 'Row n of a school''s chain: which row of which journal, and what it is held to.
adults | empreinte salée de chaque ligne des journaux, qui montre ce qui serait changé à la main | toutes, sans les nommer';
  comment on table class is 'roster | les classes d’une école : nom, niveaux, carnet, et ce que leurs enseignants y ont réglé | aucune';
  comment on table class_browser is 'adults | ordinateurs ouverts à une classe (empreinte) | aucune seule';
  comment on table class_browser_class is 'adults | pour quelle classe, ouvert par qui | enseignants';
  comment on table class_link is 'roster | classes qui correspondent, et qui l’a voulu | enseignants';
  comment on table class_phrase is 'adults | phrases en images qu’un enseignant fait pour les élèves de sa classe | aucune';
  comment on table class_week is 'weeks | les heures de la semaine d’une classe, dans une année scolaire (effacées avec l’année d’après) | aucune';
  comment on table code_sheet is 'adults | quelle feuille de codes a été imprimée, par qui | adultes';
  comment on table coming_piece is 'own | fichiers en route vers un casier, par morceaux, un jour au plus | celles dont ils parlent';
  comment on table commune is 'town | les communes de la ville, et si le courrier de leurs élèves est arrêté | aucune';
  comment on table contact is 'roster | qui a déjà écrit à qui (premier contact ; l’album de timbres d’un élève, montré à lui seul) | toutes';
  comment on table copy_address is 'Where somebody wants copies of class mail.
own | adresse extérieure où quelqu’un reçoit une copie des messages de classe, à sa demande, confirmée par un code (empreinte) | adultes, familles';
  comment on table correspondent is 'roster | adresses extérieures qu’un enseignant accepte pour sa classe | extérieurs';
  comment on table cupboard is 'cupboards | casiers : de quelle classe, de qui, de l’équipe ou de l’école | toutes';
  comment on table cupboard_item is 'cupboards | fichiers et dossiers d’un casier : leur nom, qui les a mis, qui les voit, la corbeille de 30 jours | élèves, enseignants, personnels, familles';
  comment on table cupboard_version is 'cupboards | ce qu’un fichier d’un casier était avant, 30 jours | élèves, enseignants, personnels, familles';
  comment on table due is 'town | ce qui est à faire à une heure donnée, par numéros | aucune';
  comment on table entry is 'letters | quel message est dans quel dossier, lu, suivi, écrit par quelqu’un de quel rôle | toutes';
  comment on table expunged is 'mailboxes | numéros de ce qui a été effacé d’un dossier | toutes';
  comment on table gone_body is 'Objects that may have no use: deleted after 45 days, where no school has them.
town | objets scellés qui ne servent plus, jusqu’à leur effacement après 45 jours | aucune';
  comment on table gone_subscription is 'mailboxes | dossiers effacés auxquels un programme était abonné | toutes';
  comment on table guardianship is 'roster | qui est responsable de quel enfant, s’il est bloqué, si rien n’est dit de lui à l’autre, comment l’enfant l’appelle, et son oui ou son non au courrier de l’enfant, avec le jour | élèves, familles';
  comment on table hand_in is 'cupboards | ce qu’un élève a rendu, quand, le tampon et le mot de l’enseignant | élèves, enseignants';
  comment on table hand_in_box is 'cupboards | boîtes à rendre d’une classe : ce qui est demandé, jusqu’à quand | enseignants';
  comment on table hand_in_file is 'cupboards | les fichiers rendus | élèves';
  comment on table heartbeat is 'town | si chaque programme du service tourne, et sa version | aucune';
  comment on table held_elsewhere is 'The sender''s side of what another school holds.
letters | le même message retenu dans une autre école | toutes';
  comment on table hold is 'letters | messages retenus, pour qui, par quelle règle et pour quel site interdit, à qui la décision revient, qui a décidé quoi et ce qui en est venu | toutes, extérieurs';
  comment on table identity is 'roster | empreintes à clé par lesquelles une liste reconnaît quelqu’un | toutes';
  comment on table isolation_proof is 'How each night''s proof ended that nobody reaches a child who may not.
town | comment la preuve de chaque nuit a fini : des nombres, et les numéros d’adresses qui diffèrent, gardés treize mois | aucune';
  comment on table kept_apart is 'roster | deux élèves qui ne s’écrivent pas, par décision d’un adulte, jusqu’à ce qu’il la lève | élèves';
  comment on table known_place is 'own | empreinte à clé d’un compte et d’un lieu de connexion | toutes, sans les nommer';
  comment on table known_writer is 'roster | empreintes des correspondants qu’un adulte connaît hors de son école, s’il veut les images de leurs lettres, et à qui il a écrit ou dont il a dit que ce n’est pas un indésirable | adultes, extérieurs (sans les nommer)';
  comment on table last_act is 'mailboxes | ce que quelqu’un vient de faire de ses messages, pour l’annuler (le dernier geste) | toutes';
  comment on table leaver is 'roster | qui part, quel jour | toutes';
  comment on table letter_copy is 'What is to leave for a copy address, or has.
letters | copie qui va partir ou qui est partie, et si elle est revenue (30 jours) | adultes, familles';
  comment on table letter_template is 'own | modèles de lettres d’une personne, ou de l’école pour ses adultes | adultes';
  comment on table mailbox is 'mailboxes | les dossiers de chacun et leurs comptes | toutes';
  comment on table mailbox_right is 'mailboxes | qui partage un dossier avec qui | adultes';
  comment on table membership is 'roster | qui est dans quelle classe, de quand à quand | élèves, enseignants, aides';
  comment on table message is 'letters | les messages entiers, leur objet, leurs premiers mots, de quoi les chercher, ce qui parle contre ceux de l’extérieur | toutes, extérieurs';
  comment on table move_wish is 'roster | enfants qu’une école attend d’une autre | élèves';
  comment on table night_job is 'When each piece of heavy work was last begun and ended, how, and when it comes next.
town | quand chaque travail de la nuit a été fait, et combien | aucune';
  comment on table notebook_page is 'own | le cahier d’un élève : ce qui lui a été redonné, qui le suit d’une école à l’autre | élèves';
  comment on table notice is 'boards | annonces d’un panneau : qui les a punaisées ou proposées, jusqu’à quand, et le mot d’une réponse | enseignants, élèves';
  comment on table notice_place is 'boards | où une annonce est punaisée | aucune';
  comment on table notice_reminder is 'Who has asked to be told of a notice once more, and when.
boards | qui veut qu’on lui rappelle une annonce, et quand | élèves, familles, enseignants';
  comment on table notice_seen is 'boards | qui a vu une annonce, et quand | élèves, familles, enseignants';
  comment on table notice_words is 'boards | les mots d’une annonce, pour qui ils sont, et la lettre qu’ils sont | celles dont ils parlent';
  comment on table outbox is 'letters | lettres vers l’extérieur, leur destinataire, la réponse reçue | adultes, extérieurs';
  comment on table own_group is 'own | groupes d’élèves qu’un enseignant se fait dans ses classes, sous un nom que lui seul voit | enseignants, élèves';
  comment on table paper is 'papers | papiers que les familles signent : qui demande, à quelle classe ou quel groupe, jusqu’à quand | enseignants';
  comment on table paper_answer is 'papers | ce qui a été signé : par qui, pour quel enfant, quoi, quand, par quel moyen, et l’empreinte du tout | familles, élèves, enseignants';
  comment on table paper_child is 'papers | pour quel enfant un papier est demandé, et le nom qui est signé | élèves';
  comment on table paper_file is 'papers | fichiers joints à ce qui est signé, entiers | celles dont ils parlent';
  comment on table paper_number is 'papers | numéros de téléphone donnés pour le jour même, effacés le lendemain | familles';
  comment on table paper_photo is 'papers | photo ou copie d’une feuille signée rendue sur papier, gardée avec sa réponse et effacée avec elle | familles, élèves';
  comment on table paper_reminder is 'papers | quel responsable a reçu un rappel, et quand | familles';
  comment on table paper_version is 'papers | les mots d’un papier, chaque fois qu’ils ont changé, et la lettre qui les a portés | enseignants';
  comment on table picture_code is 'own | codes d’images (empreinte) | élèves';
  comment on table post is 'roster | qui a quelle fonction dans quelle école | adultes';
  comment on table put_off_letter is 'When a letter of the folder for later comes back.
letters | lettres qu’un adulte veut revoir plus tard, et quand | adultes';
  comment on table recovery_code is 'own | codes de secours (empreinte) | adultes';
  comment on table refused_letter is 'Letters from outside that were refused for what is in them; never the letters.
letters | messages de l’extérieur refusés pour ce qu’ils contenaient : de qui, l’objet, pour qui, pourquoi ; jamais le message (30 jours) | adultes, extérieurs';
  comment on table report is 'evidence | lettres qu’un élève a signalées, gardées entières : qui, de qui, qui s’en occupe, le mot de la fin | élèves, adultes des écoles, familles, extérieurs';
  comment on table report_mark is 'Of each report that there is one, when, and whether it is over; for numbers, of nobody.
evidence | qu’il y eut un signalement, et s’il est clos | aucune';
  comment on table report_step is 'evidence | ce que les adultes ont fait d’un signalement : quoi, quand, par qui | élèves, adultes des écoles';
  comment on table reported_source is 'town | les machines qui ont écrit au nom du domaine, d’après ceux qui reçoivent | aucune';
  comment on table reported_tls is 'town | combien de connexions vers nous étaient chiffrées, d’après ceux qui envoient | aucune';
  comment on table restoration is 'Each time that the database was restored from a backup.
town | chaque fois que la base a été remise d’une sauvegarde, et jusqu’à quand vont ses données | aucune';
  comment on table roster_batch is 'adults | un dépôt de toute la ville : par qui, quand, son nom de fichier | agents';
  comment on table roster_batch_school is 'adults | ce que ce dépôt a donné pour chaque école | aucune seule';
  comment on table roster_change is 'adults | ce qu’un import a changé, pour l’annuler | toutes';
  comment on table roster_draft is 'adults | un fichier déposé, scellé, avant d’être appliqué | toutes';
  comment on table roster_import is 'adults | imports faits : quand, par qui, leurs nombres, leur compte rendu | agents, direction, élèves';
  comment on table roster_mapping is 'adults | quelle colonne d’une liste veut dire quoi, par l’empreinte de ses titres | aucune';
  comment on table roster_question is 'adults | lignes en doute d’une liste : posée quand, répondue par qui, sans ce qui est demandé | élèves, responsables, adultes des écoles';
  comment on table roster_remainder is 'adults | ce que ces lignes disent (noms, enfants, courriel, téléphone, adresse postale, naissance), scellé jusqu’à la réponse | élèves, responsables, adultes des écoles';
  comment on table roster_source is 'adults | comment une liste de la ville nomme une école | aucune';
  comment on table school is 'town | les écoles : nom, adresse, commune, et ce que leur direction y a réglé | aucune';
  comment on table school_holiday is 'town | les vacances scolaires de chaque zone | aucune';
  comment on table school_import is 'adults | listes d’écoles déposées : le fichier, par qui, ce qui en a été fait | agents';
  comment on table second_factor is 'own | clé scellée du second facteur | adultes';
  comment on table secret_mark is 'town | à quoi se reconnaît la clé du service, sans la clé | aucune';
  comment on table sending is 'letters | combien quelqu’un a envoyé, et quand (limites d’envoi) | toutes';
  comment on table session is 'own | sessions ouvertes (empreinte du jeton), quand le mot de passe y a été donné, nom du navigateur et du système | toutes';
  comment on table setup_link is 'adults | le lien par lequel le premier agent entre (empreinte), 24 heures | aucune';
  comment on table signing_key is 'town | les clés qui signent le courrier du domaine | aucune';
  comment on table site_block is 'town | les sites de la liste des sites interdits, que personne d’ici n’a écrite | aucune';
  comment on table site_list is 'town | de quand est la liste des sites interdits, et ses catégories | aucune';
  comment on table site_update is 'town | quand cette liste a été lue, et ce qui l’a empêché | aucune';
  comment on table stored_body is 'cupboards | fichiers des casiers, chacun une fois par école, par leur empreinte | aucune';
  comment on table stored_body_piece is 'cupboards | leur contenu, par morceaux, effacé quand plus rien ne s’en sert | élèves, enseignants, celles dont ils parlent';
  comment on table throttle is 'town | compteurs d’essais manqués, sous empreinte à clé | toutes, sans les nommer';
  comment on table town is 'town | nom de la ville, qui la représente, délégué, adresse de secours | représentants';
  comment on table town_hour is 'town | des nombres par heure, pour toute la ville | aucune';
  comment on table trouble_notice is 'Of which trouble an agent was last told, and whether it is over.
own | quel agent a été averti que les sauvegardes vont mal, ou qu’un enfant peut être joint sans droit | agents';
  comment on table unreadable_letter is 'town | l’empreinte de lettres que personne n’a pu lire, gardée sept jours | aucune';
  comment on table waiting_draft is 'letters | brouillons qui attendent l’antivirus, ou leur heure de départ | toutes';
  comment on table wall_book is 'walls | le cahier de l’année d’un mur : demandé, imprimé, pour qui | aucune';
  comment on table wall_book_piece is 'walls | le même, tel qu’il est imprimé | élèves';
  comment on table wall_item is 'walls | dessins et voix donnés au mur de la classe, le oui de l’enfant, le geste de l’enseignant | élèves';
  comment on table wall_wish is 'walls | ce qu’un enseignant demande à un enfant d’accrocher, et le non de l’enfant | élèves';
  comment on table week_feed is 'own | le lien privé d’un adulte vers la semaine, par son empreinte : ce qu’il contient, quand il a été lu | familles, enseignants';
  comment on table week_lesson is 'weeks | les cours de cette semaine : quand, quoi, avec qui, où, quoi apporter | enseignants';
  comment on table week_need is 'weeks | ce qu’il faut apporter, faire ou rendre pour un jour | aucune';
  comment on table week_special is 'weeks | ce qui est spécial à une date : sortie, photo, jour sans école | aucune';
  comment on table week_tick is 'weeks | ce qu’un élève a coché pour lui-même dans son sac (30 jours) | élèves';
`;
