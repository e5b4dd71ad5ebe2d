import { hurts, type Phrase } from './phrase.ts';

/** « mon petit frère »: of one's own, or of a thing. */
const OF_ONES_OWN = / (?:mon|ma|mes|le|la|l|les|un|une|ce|cet|cette|du|des) (?:[a-z]+ )?$/;
/** « je suis habillé n'importe comment »: of oneself. */
const MYSELF = / (?:je|j|moi|me|m|suis|ai) (?:[a-z]+ ){0,2}$/;

/** Turns that mock whom they are said to. */
export const MOCKERY: readonly Phrase[] = [
  // mockery
  hurts(
    `
    (?:tu|t) (?:me |nous )?(?:ressembles?|fais penser) a {any}{0,2}(?:grand mere|grand pere|
    mamie|papi|vieux|vieille|poubelle|patate|epouvantail|clown|rien|zombie|serpilliere|
    balai|{named})
  `,
  ),
  hurts(
    `
    (?:on|ils|elles) {any}{0,2}(?:moque|moquer|moques|rigole|rigoler) de (?:toi|ta|ton|tes)
  `,
  ),
  hurts(
    `
    tu (?:lis|ecris|parles|dessines|joues|comptes|cours|travailles|manges|
    pleures) (?:encore )?(?:comme|com) (?:un|une|les|des|en) (?:cp|ps|ms|gs|petite section|
    maternelles?|bebes?|petits?)
  `,
  ),
  hurts('meme (?:un|une|ma|mon|des|les) {any}{1,4}(?:mieux|plus {word}) que toi'),
  hurts('(?:tu|t) (?:n )?(?:oses?|es|est) (?:meme )?pas (?:cap|capable)?{end}', {
    unless: / (?:si|pourquoi) $/,
  }),
  hurts('mauviettes?'),
  hurts('(?:bon|bonne|bons|bonnes) qu a {word}'),
  hurts('(?:on|je|personne) (?:ne )?t a(?:i)? (?:pas |rien )?(?:sonne|demande)(?! si )', {
    unless: / (?:si|que|quand) $/,
  }),
  hurts('qui (?:t a|ta|te) (?:demande|sonne|parle)(?! (?:de|pour) )'),
  hurts(
    `
    {begin}(?:(?:p|petite?|grosse?|sale|ptite?|tite|espece) ){0,2}(?:tete|face|tronche|
    gueule|cervelle|cerveau|ventre|fesses?) (?:(?:d|de|du|a|en) {word}|va){end}
  `,
  ),
  hurts(
    `
    {begin}(?:petite?|grosse?|sale) (?:tete|face|ventre|fesses?|cervelle|cerveau){end}
  `,
  ),
  hurts('(?:pois chiche|petit pois|du vent|de l eau|une noix) (?:dans|a la place)'),
  hurts(
    `
    (?:tu|t|ta) (?:n )?(?:as|a)? ?(?:pas|aucun|zero) (?:de |un )?(?:cerveau|cervelle)
  `,
  ),
  hurts(
    `
    {you} {how}(?:a la ramasse|a cote de la plaque|zero|nada|un cas|a la masse|largue|
    larguee)
  `,
    {
      unless: / (?:en|a) $/,
    },
  ),
  hurts(
    `
    {you} (?:vraiment |meme )?pas {how}(?:finaude?|futee?|malin|maligne|douee?|
    intelligente?|belle|beau|drole|interessante?|jolie?|net|nette)
  `,
  ),
  hurts(
    `
    tu (?:vas |va )?(?:finir|finiras|seras|termineras) (?:comme |un |une )?(?:eboueur|
    eboueuse|clochard|clocharde|sdf|en prison|caissiere|chomeur|femme de menage|tout seul|
    toute seule)
  `,
  ),
  hurts(
    `
    (?:au coin|ouin ouin|oh|ouh|bouh) (?:le|la) (?:bebe|gros bebe)(?= (?:[.]|il pleure|
    qui pleure|a sa|va) )
  `,
  ),
  hurts(
    `
    {begin}(?:bouh|ouh|hou|beurk|haha|hihi|mdr|lol|ptdr|oh) (?:le|la|les) (?:gros |grosse |
    petit |petite |sale )?(?:{mean}|bebe|fille){end}
  `,
  ),
  hurts(
    `
    (?:la honte|trop la honte|quelle honte) (?:pour (?:toi|lui|elle|ta|ton)|(?:trop |
    vraiment )?{named})
  `,
  ),
  hurts('(?:casses|casse|brises|brise) les (?:pieds|oreilles|bonbons|noix)', {
    unless: / (?:se|je) $/,
  }),
  hurts('(?:lache|lachez|laches) (?:moi|nous)(?: les baskets)?{end}'),
  hurts(
    `
    (?:rien|tape|moque|fiche|fous|fou|fout) (?:a (?:foutre|faire|cirer|battre) )?de (?:toi|
    ta (?:vie|life|gueule))
  `,
  ),
  hurts('(?:bordel|sa race|ta race|vos races|zut a toi)'),
  hurts('{begin}(?:suce|suces)(?: moi)?{end}'),
  hurts('sale (?:mioche|gosse|gamine?|morveuse?|mome|bestiole|mec|meuf|race|con|mouche)', {
    unless: / (?:le|la|un|une|ce|cette|les|des) $/,
  }),
  hurts('(?:noiraude?|chintok|bamboula|bridee?|bounty|negrillon)'),
  // by whole turns that mean nothing else
  hurts('(?:marre|ras le bol) (?:de|d) (?:ta|ton|tes) {word}'),
  hurts(
    `
    (?:ta|ton|tes) {any}{1,3}on dirait (?!(?:une? )?(?:vraie?s?|ma|mon|fee|princesse|reine|
    roi|soleil|ange) ){word}
  `,
  ),
  hurts('pour les (?:bebes|petits bebes|nuls|nazes)'),
  hurts('(?:meme )?pas (?:capable|cap|foutue?|fichue?) de {word}', { unless: MYSELF }),
  hurts(
    `
    (?:bouge|pousse|degage) (?:ton|tes) (?:gros|grosse|grosses|sale|sales|vieux|
    vieilles) {word}
  `,
  ),
  hurts('(?:gros|grosse) (?:tas|derriere|cul|bide|lard|bebe|jambon)(?! (?:de|d) )', {
    unless: / (?:le|la|un|une|mon|ma|notre|joli) $/,
  }),
  hurts(
    `
    (?:jambes|bras|tete|yeux|nez|oreilles|dents|pieds|cheveux|voix) (?:de|d|en|a) (?:poulet|
    singe|rat|poisson|lapin|elephant|girafe|allumettes?|canard|cochon|cheval|clown|sorciere|
    grenouille|poubelle)
  `,
    {
      unless: / (?:une?|des|les|le|la|avec|l) $/,
    },
  ),
  hurts('tout le monde (?:te |l |la |le )?(?:deteste|hait|evite|ignore) {word}'),
  hurts(
    `
    (?:les|tous les|toutes les) (?:cp|ce1|ce2|cm1|cm2|{groups}) (?:c est|sont|ils sont|
    elles sont|ca) (?:tous |toutes )?(?:des |que des )?(?:{mean}|bebes|nuls|debiles|radins|
    voleurs|sales)
  `,
  ),
  hurts('{named} ?(?:il|elle) (?:a une tete|sent|pue|sentait|a une odeur)'),
  hurts(
    `
    (?:il|elle|tu|t|ca|sa|lui|toi) sens?t? (?:le|la|l) (?:poisson|pipi|caca|transpiration|
    vomi|chien|poubelle|chaussettes?|pieds|mort|oeuf|moisi|ail|oignon|pet)
  `,
  ),
  hurts('{you} {how}(?:noire?|marron|blanche?|jaune|bronzee?) comme'),
  hurts(
    `
    (?:t|tu) (?:n )?(?:as|a) (?:aucun|zero|pas de|pas un) (?:talent|cerveau|coeur|style|
    humour|avenir)
  `,
  ),
  hurts(
    `
    {you} {how}(?:le diable|un demon|une erreur|un dechet|un probleme|un poids|de trop|
    adopte|adoptee|une cause perdue|le chouchou|la chouchoute|le fayot)
  `,
  ),
  hurts('(?:t|tu) (?:as|a) ete adoptee?'),
  hurts('(?:cheh|bien fait)(?: pour (?:toi|ta|lui|elle|ton|vous)| {end}| tu| t)'),
  hurts(
    `
    tant mieux (?:si tu|si t|pour toi si|que tu|que t)(?! (?:vas|viens|guer|gagn|es la|
    es mieux|as gagne|as reussi))
  `,
  ),
  hurts(
    `
    tu (?:ferais|ferai|feras) mieux de (?:te taire|la fermer|partir|disparaitre|dormir|
    retourner|pas|te cacher)
  `,
  ),
  hurts('(?:osef|balek|balec|blk)'),
  hurts(
    `
    (?:je|on) te souhaite (?:le malheur|du mal|de |d etre|que du)(?! (?:belles|bonnes|
    joyeux|gueri))
  `,
  ),
  hurts('(?:t as|tu as|ta) deux (?:mamans|papas) (?:c est|et c|beurk|{mean})'),
  hurts(
    `
    (?:pourquoi|c est quoi) {any}{0,3}(?:torchon|chiffon|serviette|rideau) (?:sur|qu elle)
  `,
  ),
  hurts('remplacante? a vie'),
  hurts(
    `
    (?:{somebody}|la maitresse|le maitre|la dame|le monsieur) (?:il |elle )?(?:pue|
    schlingue|sent mauvais)
  `,
  ),
  hurts(
    `
    (?:on|je|nous|elles|ils) (?:ne )?(?:joue|joues|jouent|parle|parles|mange|viens) (?:plus|
    pas) (?:jamais )?avec (?:toi|lui|elle){told}
  `,
  ),
  hurts(
    `
    (?:tu as|t as|ta|tu a) (?:toujours |vraiment )?(?:des|les|une|un|de) (?:petits? |
    petite |gros |grosses? )?(?:habits|vetements|cheveux|oreilles|dents|jambes|bras|yeux|
    pieds|cerveau|tete|nez|voix|coupe)(?: (?:de|d|en|a|comme) (?!(?:princesse|fee|champion|
    bebe|lait|lion|ange) ){word}|{end})
  `,
    {
      unless: / (?:que|si|quand) $/,
    },
  ),
  hurts(
    `
    (?:tu as|t as|ta|tu a) (?:un |une |qu un )?(?:petite? |mini |tout petit )(?:cerveau|
    cervelle|tete)
  `,
  ),
  hurts('(?:rien|du vide|de la paille) dans le (?:crane|ciboulot|cerveau|cigare)'),
  hurts('{you} {how}(?:maigre|laide?|sale|noire?|petite?|gros|grosse|con|conne) comme'),
  hurts('{you} (?:trop |vraiment |tout le temps |super )sales?(?= (?:[.,]|tu|va|et) )'),
  hurts(
    `
    {begin}(?:oh |ouh |bouh )?(?:(?:la|le) )?(?:pleureuse|pleureur|chouchoute?|
    leche bottes?|leche cul)(?: (?:de|du) (?:la |le )?{word}|{end})
  `,
  ),
  hurts('bebe cadum'),
  hurts('ta (?:grand mere|soeur|tante|maman) en (?:slip|string|maillot|culotte)'),
  hurts('(?:t as|tu as|ta) (?:encore |vraiment )?tout (?:gache|rate|casse|foire)'),
  hurts(
    `
    (?:contents?|contentes?|heureux|soulages?|mieux) si (?:tu|t) (?:partais|pars|disparais|
    disparaissais|viens pas|venais pas|etais pas)
  `,
  ),
  hurts(
    `
    {word} (?:c est|est|ces) (?:une?|qu une?|juste une?) (?:gros|grosse|bebe|nul|nulle|
    moche|pleurnicheuse)(?= (?:[.,]|il|elle|qui) )
  `,
    {
      named: true,
      unless: OF_ONES_OWN,
    },
  ),
  hurts(
    `
    (?:je|on) (?:deteste|deteste trop|hais|aime pas) (?:la maitresse|le maitre|
    la directrice|le directeur|la remplacante|le remplacant)
  `,
  ),
];
