import { threatens, type Phrase } from './phrase.ts';

/** What is wished on somebody, and warnings that are threats. */
export const WARNINGS: readonly Phrase[] = [
  // wishes and warnings
  threatens(
    `
    (?:j espere|je veux|je voudrais|j aimerais|vivement) que (?:tu|ton|ta|
    tes) {any}{0,4}(?:mourir|va mourir|meurt|meure|creve|rates|rate|perdes|tombe|tombes|
    malade|punie?|disparaisse)
  `,
  ),
  threatens(
    `
    (?:fais|faire|ferai|fait) (?:bouffer|manger|avaler|lecher|regretter|payer) (?:la|le|les|
    ta|ton|du|de la|ca)
  `,
    {
      unless: / (?:me|m|se|il|elle|on lui|nous) $/,
    },
  ),
  threatens(
    `
    (?:tu|t) (?:vas|va) (?:aller )?(?:pleurer|chialer|appeler) (?:ta|chez ta|
    dans les jupes)? ?(?:mere|maman|mami|papa|pere)
  `,
  ),
  threatens(
    `
    (?:tu vas|va) (?:pleurer|pleure|pleurez|chialer)(?: ta mere| ta maman){0,1}{end}
  `,
  ),
  threatens(
    `
    (?:attends?|attend) (?:un peu |voir |seulement )?(?:que|qu|k) (?:je|on|j) (?:t|
    te) (?:attrape|chope|trouve|coince|voie)
  `,
  ),
  threatens(
    `
    (?:il|elle|ils|elles|on|je) (?:va|vont|vais) (?:s occuper de|s ocuper de|m occuper de|
    regler) (?:toi|ton compte|ton cas)
  `,
  ),
  threatens(
    `
    (?:va|vas) (?:mal|tres mal) (?:aller|finir|se passer|se finir) {any}{0,2}(?:toi|entre)
  `,
  ),
  threatens(
    `
    (?:sinon|si tu|si t) {any}{0,8}(?:je|on) (?:le |la |l )?(?:raconte|dis|dirai|raconterai|
    montre|balance) {any}{0,2}(?:a tous|a tout|aux autres|a toute|que tu|que t)
  `,
  ),
  threatens(
    `
    (?:j espere|j espaire|vivement|si seulement) {any}{0,1}(?:que )?(?:tu|t|ton|
    ta) {any}{0,3}(?:redoubler|zero|ecraser|rater|perdre|tomber|malade|puni|punie|mourir|
    renvoye|renvoyee|vire|viree|renverser)
  `,
  ),
  threatens(
    `
    (?:on est|on sera|nous sommes) (?:deux|trois|quatre|cinq|six|dix|[0-9]+) contre (?:toi|
    un)
  `,
  ),
  threatens(
    `
    (?:te|t) (?:mets|mettre|met|plonge|plonger|enfonce|fous) (?:la tete|ta tete|
    dans) {any}{0,2}(?:toilettes|wc|chiottes|poubelle|boue|eau)
  `,
  ),
  threatens(
    `
    (?:je|on) (?:vais|va) dire (?:que c est (?:toi|ta)|a {any}{1,3}que (?:tu|t|c est toi))
  `,
  ),
  threatens(
    `
    (?:pas|plus) interet a (?:le |en |me |nous |la )?(?:dire|parler|repeter|raconter|cafter|
    venir|toucher|revenir)
  `,
  ),
  threatens(
    `
    (?:paie|paye|payes|donne|ramene|apporte|file|
    passe) (?:moi )?{any}{1,4}(?:et je te (?:laisse|fous)|ou (?:t|tu) (?:es|est) (?:plus|
    mort|vire|exclu)|sinon)
  `,
  ),
  threatens(
    `
    (?:je connais|je sais) (?:ton adresse|ou (?:tu|t) (?:habites?|dors)|ta maison|
    ou est ta maison)
  `,
  ),
  threatens(
    `
    (?:ramener|ramene|apporter|apporte|prendre) (?:un|le|mon|des) (?:couteaux?|flingue|
    pistolet|cutter|fusil|marteau|briquet)
  `,
    {
      unless: / (?:boucher|papa|papi|chef|cuisinier|chasseur) (?:[a-z]+ ){0,2}$/,
    },
  ),
  threatens(
    `
    (?:mon|ma|mes) {any}{1,2}(?:il|elle) (?:a|ont) un (?:vrai )?(?:pistolet|flingue|fusil|
    couteau|gun)
  `,
  ),
  threatens(
    `
    (?:foutre|mettre|fous|mets) (?:le )?feu(?! (?:d artifice|vert|rouge|de|aux? (?:bougies|
    sapin|poele)) )
  `,
  ),
  threatens(
    `
    {begin}(?:vas y |allez |va )?(?:saute|jette toi|sautes) (?:par la fenetre|du toit|
    du pont|dans le vide|sous un|sous le)
  `,
  ),
  threatens('(?:si|que) (?:tu|t) (?:n )?existai[st] pas'),
  threatens(
    `
    (?:te|t|vous) (?:lancer|lance|balancer|balance|jeter|jette) (?:une?|des) (?:pierres?|
    cailloux?|chaises?|ciseaux|compas)
  `,
  ),
  threatens('(?:montrer|montre|envoyer|publier) (?:la|ta|une) (?:photo|video) de toi'),
];
