import { keep, meet, type DoubtPhrase } from './phrase.ts';

/** « j'ai oublié mon mot de passe ». */
const FORGOTTEN =
  / (?:oublie|perdu|changer?|retrouve|perds|taper?|refaire|redonner|donne moi|trouve|sais plus) $/;

/** « chut, c'est pour la fête des mères ». */
const A_SURPRISE = /^(?: [a-z0-9,]+){0,10} (?:surprises?|anniversaire|fete|cadeaux?|noel)(?= )/;

/** What one keeps for oneself, and whom one sees only with one's parents. */
export const SECRETS: readonly DoubtPhrase[] = [
  // where somebody lives
  keep(
    `
    (?:j|je|on|nous|jabite|mamie|papa|maman) (?:habite|habites|habitons|abite|abites|
    jabite) {any}{0,6}{street}
  `,
  ),
  keep(
    `
    (?:j|je|on|nous) (?:habite|abite|habitons) {any}{0,3}(?:[1-9][0-9]{0,3})(?! (?:ans|
    minutes|kilometres|km|metres|heures|mn|min|pas))
  `,
  ),
  keep(
    `
    (?:ma maison|mon immeuble|mon appartement|mon appart) (?:est|c est|se trouve|
    ces) {any}{0,4}(?:{street}|[1-9][0-9]{0,3})
  `,
  ),
  keep(
    `
    (?:mon|notre|ma) (?:adresse|adress|adrese) {any}{0,3}(?:c est|est|ces|c|
    [.](?= (?:[0-9]|{street}))|postale)(?! (?:oublie|trop|longue|difficile))
  `,
  ),
  keep('{give}{any}{0,2}(?:ton|ta|votre|t) (?:adresse|adress|adrese)'),
  keep(
    `
    (?:quelle est|c est quoi|c est ou|ces quoi) (?:ton|ta) (?:adresse|adress|maison)
  `,
  ),
  keep(
    `
    (?:ton|ta|votre) (?:numero|adresse|snap|insta|06|07|mail|{password}) {any}{0,2}(?:c est|
    ces|est) (?:quoi|le quel|lequel)
  `,
  ),
  keep(
    `
    (?:habite|habites) {any}{0,2}(?:quelle adresse|quel numero|quelle rue)
  `,
  ),
  keep('digicode {any}{0,3}(?:c est|est|ces|[.]) {word}'),
  keep(
    `
    (?:code|digicode) (?:de|du|pour) {any}{0,3}(?:porte|immeuble|portail|maison|entree|
    appart|appartement|garage|alarme) {any}{0,1}(?:est|c est|ces|[.])
  `,
  ),
  keep(
    `
    (?:cle|clef|cles|clefs) (?:est|sont|et) (?:caches? |cachee |cachees )?(?:sous|
    derriere) (?:le|la|les|un) (?:pot|paillasson|tapis|pierre|caillou)
  `,
  ),
  // telephone, networks
  keep(
    `
    (?:numero|06|07|telephone|portable) {any}{0,5}(?:zero|0) {number}(?: {number}){2,10}
  `,
  ),
  keep('zero (?:six|sept)(?: {number}){3,10}'),
  keep(
    `
    (?:mon|le) (?:numero|telephone|portable|phone|06|07) {any}{0,4}(?:c est|est|ces|
    [.]) (?:le |au )?(?:0|[0-9]{2}(?: [0-9]{2})+|[0-9]{6,10})
  `,
  ),
  keep(
    `
    {give}{any}{0,2}(?:ton|ta|votre|son) (?:numero|telephone|portable|06|07|snap|insta|
    phone)
  `,
  ),
  keep(
    `
    (?:quel est|c est quoi|ces quoi) (?:ton|ta) (?:numero|telephone|portable|06|07|snap|
    insta|mail)
  `,
  ),
  keep(
    `
    (?:appelle|appelles|apelle|telephone|ecris|texte|rappelle) (?:moi )?{any}{0,2}(?:au|sur|
    a) {any}{0,3}(?:0|06|07|[0-9]{6,10})
  `,
  ),
  keep('(?:mon|ma|ton|notre) {network} {any}{0,2}(?:c est|est|ces|[.])'),
  keep(
    `
    (?:ajoute|ajoutes|rajoute|suis|abonne|rejoins|parle|ecris|contacte|retrouve) (?:moi|toi|
    nous) {any}{0,3}(?:sur|a|dans|avec) (?:mon |ma )?{network}
  `,
  ),
  keep('{give}{any}{0,1}(?:mon|ton) {network}'),
  // passwords
  keep(
    `
    (?:mon|ma|notre|mes|le mien) {any}{0,1}{password} {any}{0,4}(?:c est|est|sont|ces|egale|
    c)(?! (?:oublie|perdu|trop|long|difficile|dur|facile|secret|complique|bloque|nouveau|
    pas|plus|marche|un secret|change|top secret|a moi|ne|simple|le meme|[.]))
  `,
    {
      unless: FORGOTTEN,
    },
  ),
  keep(
    `
    mon {any}{0,1}{password} [.] (?!(?:[.,]|le|la|les|il|on|je|j|c|tu|merci|maitresse|
    bisous|a|au) ){word}
  `,
    { unless: / (?:oublie|perdu|change|changer|retrouve|perds) $/ },
  ),
  keep(
    `
    {begin}(?:mot de passe|code secret|code) [.] (?!(?:[.,]|le|la|les|il|on) ){word}
  `,
  ),
  keep('{give}{any}{0,2}(?:ton|tes|ta|votre|son) {any}{0,1}{password}'),
  keep(
    `
    (?:c est quoi|ces quoi|quel est|quels sont|je veux|je connais|je sais|j ai|on a|
    dis) (?:ton|tes|son|ses|leur|vos) {any}{0,1}{password}
  `,
  ),
  keep(
    `
    (?:voici|voila|tiens|prends|je te donne|je t ai donne|je te dis|je te passe|essaye|
    utilise|tape|je te prete|te donne) (?:mon|mes|ma) {any}{0,1}{password}
  `,
  ),
  keep('quoi (?:comme|ton|votre|tes) {password}'),
  keep(
    `
    {password} (?:du|de la|de l|de|d) {any}{0,2}(?:wifi|tablette|telephone|ordi|ordinateur|
    session|compte|ent|maison|papa|maman|boite|ecole|messagerie|portable) (?:c est|est|ces|
    [.]) {word}
  `,
  ),
  keep('(?:mes|nos|les) (?:trois |3 )?images (?:secretes )?(?:c est|ces)'),
  keep(
    `
    (?:carte bleue|carte bancaire|carte de credit|carte de maman|
    carte de papa) {any}{0,4}(?:numero|code|c est|est)
  `,
  ),
  keep(
    `
    (?:mon|ma) (?:pseudo|compte|profil) {any}{0,4}(?:c est|est|ces|[.]) (?!(?:bloque|ferme|
    pas|plus|nul|trop) ){word}
  `,
  ),
  keep(
    `
    (?:ton|tes) {password} (?:c est|est|sont|ces|je le|et)(?! (?:oublie|perdu|trop|long|
    difficile))
  `,
  ),
  keep('(?:connecte|connectes) toi (?:avec|sur) (?:mon|ma)'),
  keep(
    `
    (?:mes|mon) (?:images?|dessins?|3 images?|trois images?) {any}{0,3}(?:secretes?|
    pour (?:entrer|me connecter|ouvrir)) {any}{0,2}(?:c est|sont|ces|[.])
  `,
  ),
  keep(
    `
    (?:je suis|on est) (?:tout|toute|tous|toutes) (?:seul|seule|seuls|
    seules) (?:a la maison|chez moi|chez nous|ce soir)
  `,
  ),
  // meeting
  meet(
    `
    (?:viens|venez|tu vient|vas y viens|viendras tu|viendrais tu) {any}{0,6}(?:chez|
    che) (?:moi|nous|mwa)
  `,
    { unless: / (?:je|j|il|elle) $/ },
  ),
  meet(
    `
    (?:tu|te|t|vous|toi) {any}{0,4}(?:venir|viens|viendras|viendrais|vient|passer|passes|
    dormir|vien) {any}{0,3}(?:chez|che) (?:moi|nous|mwa)
  `,
  ),
  meet(
    `
    (?:viens|venir|passe|passes) (?:jouer |dormir |gouter |manger )?a (?:ma|notre) maison
  `,
  ),
  meet(
    `
    (?:tu|t|toi) (?:peux|veux|viens|va|pourrais|vas|voudrais) (?:tu )?(?:venir )?(?:jouer |
    dormir |gouter |manger )?a (?:la|ma) maison
  `,
  ),
  meet('(?:viens|passe|passes|venez)(?! de) {any}{0,3}a (?:la|ma) maison', {
    unless: / (?:je|j|il|elle) $/,
  }),
  meet(
    `
    (?:passe|passes|dors|dormir) (?:un peu |jouer |me voir |dormir |ce soir |demain |
    samedi |mercredi |dimanche )?chez moi
  `,
    { unless: / (?:je|j|il|elle|a|de|est|suis|ai|l) $/ },
  ),
  meet('{begin}(?:alors |et |allez )?vient {any}{0,4}chez (?:moi|nous)'),
  meet(
    `
    je (?:viens|peux aller|veux aller|veux venir|vais aller|vien|vais venir|passe|
    peux venir|viendrai|peux passer|peux dormir|vais dormir|dors) {any}{0,3}chez toi
  `,
  ),
  meet(
    `
    (?:on|nous) {any}{0,4}chez moi {any}{0,4}(?:samedi|dimanche|mercredi|demain|soir|apres|
    seul|seuls|secret)
  `,
    { unless: / (?:hier) $/ },
  ),
  meet(
    `
    (?:t invite|te invite|vous invite|invites?) {any}{0,3}chez (?:moi|nous|toi)
  `,
    { unless: / (?:m|a|ai|l|il|elle) $/ },
  ),
  meet(
    `
    (?:on|nous) (?:peut |va |peux |pourrait |fait |fera |joue |jouera |dort |dormira |
    se voit |se retrouve |mange |organise ){any}{0,4}chez (?:moi|toi)(?! (?:hier|avant))
  `,
    { unless: / (?:quand|hier|que) $/ },
  ),
  meet(
    `
    (?:rejoins|retrouve|rejoint|rejoindre|attends|attend|viens) {any}{0,2}(?:moi |
    me )?{any}{0,5}(?:en secret|en cachette|tout seul|toute seule|sans tes parents|
    sans le dire|sans rien dire)
  `,
  ),
  meet(
    `
    (?:dis|dit|repete|raconte|parle|montre) (?:le |en |rien |ca |surtout )*(?:pas|rien|
    jamais) (?:le |ca |surtout |tout )*(?:a|au) (?:personne|tes parents|ta mere|ton pere|
    ta maman|ton papa|ta famille|la maitresse|maman|papa|la directrice|mes parents|
    ton maitre|maitresse|un adulte|des adultes)|(?:dis|dit|repete|raconte) (?:pas|rien|
    jamais) (?:ca )?aux (?:adultes|parents|maitresses|autres adultes)
  `,
    { unless: / (?:je|j|il|elle|l|ai|a|ont) $/, unlessAfter: A_SURPRISE },
  ),
  meet(
    `
    (?:faut|doit|dois|peux|peut) {any}{0,2}(?:dire|raconter|parler|repeter|montrer) (?:ca |
    en |surtout |rien )*(?:a personne|a tes parents|a ta mere|a la maitresse|aux adultes|
    aux parents)
  `,
    { unless: / (?:je) $/ },
  ),
  meet('(?:dis|dit|repete|raconte|parle) (?:le |en |ca )?a personne', {
    unless: / (?:je|j|il|elle|ai|a) $/,
  }),
  meet(
    `
    (?:envoie|envoies|envoyer|montre) (?:moi )?(?:une |des |tes |ta )?(?:photo|photos|
    video) (?:de toi|de ton corps|sans|en maillot|en culotte|toute nue|tout nu|nue|nu)
  `,
  ),
];
