import { hurts, type DoubtPhrase } from './phrase.ts';

/** « je suis nul », « t'es pas nulle »: of oneself, or the contrary. */
const OF_ONESELF =
  / (?:(?:je|j|me) (?:suis|etais|ai ete|sens)|suis|etre|pas|jamais|moins|ete) (?:[a-z]+ ){0,2}$/;

/** « une espèce de requin » is one of nature. */
const A_KIND =
  / (?:une?|l|cette|cet|des|d|nouvelle|autre|la|chaque|toute|en|quelles?|deux|trois|mille|rare) $/;

/** Words that are never kind, and what hurts whom it is said to. */
export const INSULTS: readonly DoubtPhrase[] = [
  // words that are never kind
  hurts('{strong}', { unless: / pique $/ }),
  hurts('{rough}', { unless: OF_ONESELF }),
  hurts('(?:nique|niquer|niquez) (?:ta|sa|ton|tes|vos|votre|toi|la|te)'),
  hurts('(?:fils|fille) de (?:pute|chien|chienne|put|putain)'),
  hurts(
    `
    (?:trou|tete|face|tronche) (?:du|de|d) (?:cul|con|noeud|gland|rat|cochon|singe|chien|
    chienne|porc|nul|debile|merde|pet|bouc|thon|ane|crapaud|poisson|boudin|fesse|fesses)
  `,
  ),
  hurts(
    `
    (?:suce|suces|mange) (?:ma|moi|mes|ta) (?:bite|couilles|mort|morts|merde|crotte)
  `,
  ),
  hurts('(?:casse|casses|pete|petes) (?:les |moi les )?couilles'),
  hurts('(?:leche|leches|suce) (?:cul|culs|bottes|botte|moi|boule|boules)'),
  // said to somebody
  hurts(
    `
    {begin}sale (?!(?:temps|histoire|affaire|journee|main|mains|et|comme|ou|travail|coup|
    nuit) ){word}
  `,
  ),
  hurts(
    `
    {begin}(?:he |toi |hein )?(?:gros|grosse) (?!(?:bisou|bisous|calin|calins|bise|bises|
    poutou|merci|chat|chien|lot|mot|mots|travail|match|succes|smack|bizou|bizous|kiss|coeur|
    coup|plan|probleme|score|but|cadeau|gateau|fou) ){word}{end}
  `,
  ),
  hurts(
    `
    (?:quel|quelle|quels|quelles) {how}{mean}(?= (?:[.,?]|ce|cette|lui|toi|tu|celui|celle|
    elle) )
  `,
    { unless: / (?:a|de|dans|avec) $/ },
  ),
  hurts(
    `
    pauvre (?:type|fille|mec|con|conne|nul|nulle|naze|gars|cloche|tache|idiot|idiote|cretin|
    debile|abruti|vieux|folle|meuf)
  `,
  ),
  hurts('(?:gros|sale|petit|espece de|gros|vieux) bebe'),
  hurts(
    `
    tu (?:fais|fait|me fais|nous fais) (?:trop |vraiment |un peu |tellement )?(?:pitie|
    honte|vomir|gerber|chier)
  `,
  ),
  hurts(
    `
    (?:honte|marre|assez) (?:d etre (?:dans ton|avec toi|a cote de toi|ton)|de toi|
    de ta tete|de tes)
  `,
  ),
  hurts(
    `
    {you} {how}pas (?:une lumiere|une fleche|comme nous|des notres|a ta place|capable|
    normal|fini|finie)
  `,
  ),
  hurts(
    `
    (?:a cause de toi|c est ta faute|par ta faute|tu gaches tout|tu gache tout|
    tu nous fais perdre|tu fais tout rater|tu rates tout|bon a rien|bonne a rien|
    bons a rien|sous merde|tete a claques|tete d oeuf|pot de colle|planche a pain|
    quatre yeux|4 yeux|cul terreux|pisse au lit|rat d egout|sac a merde|sac a patates|
    poule mouillee|garcon manque)
  `,
    { unless: / (?:le|la|mon|avec (?:un|une)) $/ },
  ),
  hurts(
    `
    (?:te|tu te) (?:crois|croit|prends|prend) (?:pour qui|belle|beau|maligne|malin|la plus|
    le plus|trop|pour une star|forte?|intelligente?|superieure?)
  `,
  ),
  hurts('te la (?:petes|pete|joues|racontes|raconte|peter|peterai)'),
  hurts(
    `
    (?:tu|t) (?:n )?(?:as|a) rien a (?:faire|foutre|voir) (?:ici|la|avec nous|dans|
    chez nous)
  `,
  ),
  hurts('ta rien a (?:faire|foutre) (?:ici|la|avec nous|dans)'),
  hurts(
    `
    (?:on|je|nous|elles|ils) (?:ne )?te (?:veut|veux|veulent|voulons|voudra|prend|prends|
    prendra) (?:pas|plus|jamais)
  `,
  ),
  hurts(
    `
    (?:arrete|arretes|arreter) de (?:nous|me) (?:suivre|coller|parler|regarder)
  `,
  ),
  hurts(
    `
    (?:tu|t) (?:joues|cours|chantes|dessines|ecris|lis|parles|danses|tires|nages|
    travailles) (?:trop |vraiment |super |tres |tellement |hyper |meme )?(?:mal|faux|
    lentement|n importe comment|comme d hab)
  `,
  ),
  hurts('tu (?:sais|sait) meme pas'),
  hurts(
    `
    (?:t as|tu as|ta|tu a) (?:vraiment |trop )?(?:des|les|la|le|une|un) (?:poux|boutons|
    gale|dents pourries|dents jaunes|dents de|cheveux gras|cheveux sales|cheveux moches|
    accent pourri|accent de|cerveau de|voix de|tete de|tete d|gueule de|sale gueule|
    sale tete|face de|yeux qui|grosse tete|nez de|oreilles de|rage|qi de)
  `,
  ),
  hurts(
    `
    (?:t as|tu as|ta|tu a) (?:vu |pas vu )(?:ta|ton|tes|comment (?:tu|t)) (?:tete|gueule|
    face|es|nez|dessin|coupe|habits|chaussures|fesses|cul|dents|habille|habillee|cheveux|
    pull)
  `,
  ),
  hurts(
    `
    (?:tes|ton|ta) (?:cheveux|habits|dents|vetements|mains|pieds|haleine|peau|
    bouche) (?:est|sont|c est|ils sont|elles sont|elle est) {how}(?:sale|sales|gras|grasse|
    jaunes|jaune|troues|puent|pue|noires|degoutante|degueus|affreux)
  `,
  ),
  hurts(
    `
    (?:toi qui|ton {word}|ta {word}|tes {word}) (?:pue|pues|puent|schlingue)
  `,
  ),
  hurts(
    `
    (?:ca|sa) (?:pue|schlingue) (?:chez toi|a cote de toi|quand tu|quand t|ta)
  `,
  ),
  hurts('{you} {any}{0,3}comme (?:un|une|des|du|de la) {mean}'),
  hurts(
    `
    on dirait (?:du|de la|un|une|des) (?:vomi|caca|gribouillage|gribouillis|chiffon|
    poubelle|crotte|pipi|serpilliere|clochard|clocharde|bebe|mongol|singe)
  `,
  ),
  hurts(
    `
    (?:ton|ta|tes) (?:petit |petite |grand |grande |gros |grosse )?(?:parents|pere|mere|
    papa|maman|famille|frere|soeur) (?:est|sont|et|e|c est|ce sont|ils sont|elle est|il est|
    son) {how}(?:{mean}|pauvres?|{strong}|moches|debiles|voleurs|menteurs|gros|grosse|
    grosses)
  `,
  ),
  hurts('{you} {how}{mean}', { unless: /(?: je| il| elle| on| m| l| s| ne| pas) $/ }),
  hurts(
    `
    {you} {how}(?:gros|grosse|sale|grosses|sales)(?= [.,] | comme | et | toi )
  `,
  ),
  hurts('{you} {how}(?:gros|grosse|grosses) {big}'),
  hurts('{you} (?:un |une )(?:gros |grosse |vrai |vraie )?bebe'),
  hurts(
    `
    {you} {how}pas {how}(?:beau|belle|jolie|joli|intelligent|intelligente|gentil|gentille|
    malin|maligne|fort|forte|doue|douee|drole|interessant|interessante|normal|normale|cool|
    bon|bonne|sympa|invite|invitee)
  `,
  ),
  hurts(
    `
    {you} (?:pas|plus) (?:mon|ma|notre|mes) (?:meilleur |meilleure |vrai |vraie )?{friends}
  `,
  ),
  hurts(
    `
    (?:tu|t|te|vous) (?:pues|pue|puez|put|pu|schlingues|schlingue|chlingues|cocottes|
    fouettes)
  `,
  ),
  hurts(
    `
    (?:tu|t) sens (?:trop |vraiment |hyper )?(?:mauvais|le caca|la merde|le pipi|pas bon|
    le fromage|la crotte|les pieds|la poubelle|le chien)
  `,
  ),
  hurts(
    `
    (?:tu|t|tu ne|tu n|t es|tu es) (?:sers|sert|vaux|vaut|comprends|comprend|sais|
    es) (?:vraiment |strictement |jamais )?(?:a )?rien
  `,
  ),
  hurts(
    `
    tu (?:ne )?(?:sais|sait|c) (?:meme )?pas (?:jouer|lire|parler|courir|compter|ecrire|
    dessiner|reflechir)
  `,
  ),
  hurts(
    `
    (?:tu|t) (?:me )?(?:degoutes|degoute|saoules|soules|gonfles|gaves|fatigues|enerves|
    enerve|soule|saoule|gave|casses)
  `,
  ),
  hurts(
    `
    tu (?:joues|cours|chantes|dessines|ecris|danses|parles|lis|tires|pleures|nages|manges|
    marches|t habilles) (?:comme|com) (?:un|une) (?:pied|merde|patate|nul|nulle|bebe|fille|
    debile|tortue|limace|cochon|porc|clochard|clocharde|sac|casserole|manche|handicape|
    fillette|grosse|clown|crotte|truie|vache|dindon|singe)
  `,
  ),
  hurts(
    `
    (?:tu|t|tu n|t n) (?:as|a|aura|auras|auras|avais) (?:meme |vraiment )?(?:pas|aucun|
    aucune|zero|plus|0|jamais) (?:un seul |une seule |de |d |beaucoup d |
    beaucoup de )?{friends}
  `,
  ),
  hurts('ta (?:pas|aucun|aucune|plus) (?:un seul |une seule |de |d )?{friends}'),
  hurts(
    `
    (?:tu as|t as|ta|tu a) (?:vraiment )?(?:un|une|de|des) (?:vraiment |tres |
    trop )?(?:gros|grosse|grosses|enorme|enormes|sale|sales|grand|grandes) (?:nez|tete|
    ventre|fesses|cul|oreilles|dents|cuisses|bide|pieds|gueule|face|yeux de)
  `,
  ),
  hurts('(?:ton|ta|tes) {word} (?:est|sont|c est|e|et|es|etait) {how}{things}'),
  hurts('c est {how}{things} (?:ce que tu|ton|ta|tes|quand tu|comment tu)'),
  hurts(
    `
    (?:espece|especes) (?:de|d) (?!(?:petite? )?(?:chou|coquine?|canaille|fripouille|
    coeur) ){word}
  `,
    { unless: A_KIND },
  ),
  hurts(
    `
    bande (?:de|d) {how}(?:{mean}|{big}|bebes|singes|cochons|porcs|clochards)
  `,
  ),
  hurts(
    `
    (?:gros|grosse|grosses|sale|sales|petit|petite|pauvre|vieux|vieille) {mean}
  `,
    { unless: /(?: le| la| un| une| les| des| mon| ma| ce| cette| du| je suis| suis) $/ },
  ),
  hurts(
    `
    (?:gros|grosse) (?:lard|porc|truie|vache|baleine|boudin|con|conne|merde|nul|nulle|
    debile|naze|naz|bouffon|bidon|patapouf)
  `,
    { unless: / (?:le|la|un|une|des|les|du|mon|ma|cette|ce) $/ },
  ),
  hurts('sale {dirty}'),
  hurts(
    `
    {begin}(?:(?:he|ho|oh|hey|toi|va|hein|wesh|ouais|salut|coucou|bonjour|quel|quelle|
    espece|bande|d|de|mais|bien|gros|grosse|petit|petite|trop|ha|ah|mdr|lol|tiens|alors|et|
    avec) ){0,4}{mean}(?: (?:{mean}|va|hein|toi|lol|mdr|vas|ptdr|meme))*{end}
  `,
  ),
  hurts(
    `
    {begin}(?:he |mais |et )?(?:ta gueule|ta bouche|la ferme|ferme la|ta race|ta mere|
    tais toi|taisez vous|va t en|ta yeule)(?: toi| maintenant| hein| un peu| oh)*{end}
  `,
  ),
  hurts(
    `
    (?:ferme|fermes|fermez|tais) (?:ta|la|vos) (?:grande |sale |gueule |grosse )?(?:gueule|
    bouche|grande|bec)
  `,
  ),
  hurts('ta (?:sale |grosse )?gueule'),
  hurts(
    `
    (?:ferme|ferme moi|fermez) la(?: un peu| sale| connard| espece| gros| grosse|
     va){0,2}{end}
  `,
  ),
  hurts(
    `
    (?:la|ta|sur ta|tes) (?:putain de |grosse )?(?:race|grand mere la|mere la|morts)
  `,
  ),
  hurts(
    `
    (?:casse toi|cassez vous|barre toi|tire toi(?= (?:[.,]|de|d) )|foutez le camp)
  `,
  ),
  hurts(
    `
    {begin}(?:toi |mais |allez |he |vas y |alors )?(?:degage|degages|degagez)(?! (?:le|la|
    les|un|une|ton) )
  `,
  ),
  hurts('(?:degage|degages|degagez) (?:de la|d ici|de mon|de notre|toi|sale)'),
  hurts(
    `
    (?:fous|fou|fiche|fout|foutez|lache|fichez) (?:moi |nous )?(?:la paix|le camp|la grappe)
  `,
  ),
  hurts(
    `
    va (?:te |t )(?:faire (?:voir|foutre|encule|enculer|mettre|cuire un oeuf|niquer|f)|
    laver{end}|cacher ta|doucher{end})
  `,
  ),
  hurts(
    `
    va (?:chier|voir ailleurs|en enfer|au diable|jouer ailleurs|pleurer|te pleurer)
  `,
  ),
  hurts(
    `
    (?:retourne|retournes|rentre|rentres|repars) dans (?:ton|votre) (?:pays|trou|village|
    zoo|classe)
  `,
  ),
  hurts(
    `
    (?:retourne|rentre|repars) chez (?:toi|ta mere|tes parents)(?= (?:[.]|l|sale|espece|
    gros) )
  `,
    { unless: / (?:je|tu|il|elle|quand) $/ },
  ),
  hurts(
    `
    {begin}(?:he |toi |hein )?(?:menteur|menteuse|voleur|voleuse|tricheur|tricheuse|idiot|
    idiote|debile|imbecile|cretin|abruti|bouffon|bouffonne|stupide|moche|nul|nulle|minable|
    loser|intello|fayot)s? (?:de|du|tu|va|toi|que|sale|espece|menteuse|menteur|voleur|rends|
    arrete|laisse|viens|degage|menteurs)
  `,
  ),
  hurts(
    `
    {you} (?:trop|vraiment|tellement|super|hyper|bien|quand meme) (?:gros|grosse)
  `,
  ),
  hurts(
    `
    (?:he|eh|hey|toi|salut|alors|oh) (?:le|la|mon|ma) (?:gros|grosse|{mean})
  `,
  ),
  hurts('mon gros(?= [.,] | tu )'),
  hurts(
    `
    (?:tu|ca) sens? (?:encore |trop |vraiment )?(?:le|la|l) (?!(?:bon|froid|froide|chaud|
    soleil|rose|fleur|parfum|vent|chocolat|vanille|lavande|savon|propre|odeur|menthe|fraise|
    chaleur|difference|pluie|neige|bois|herbe|cannelle|noel) ){word}
  `,
    { unless: / (?:ca|que) $/ },
  ),
  hurts(
    `
    (?:aime|aimes|deteste|detestes|hais) (?:pas |plus |trop pas )?les (?:noirs|arabes|juifs|
    blancs|chinois|musulmans|gitans|roms|etrangers|pd|homos|gros|grosses|handicapes|rebeus|
    renois|intellos|roux)
  `,
  ),
  hurts(
    `
    (?:tu|vous|t) (?:(?!(?:mon|ma|mes|ce|cet|cette|ces|je|j|le|la|les|il|elle|des|pas|aimes|
    aime|un film|vu) )[a-z]+ ){1,5}{named}
  `,
  ),
  hurts('(?:tu|t|te) {any}{0,5}comme (?:un|une|des) (?:bebe|bebes|{named})'),
  hurts('(?:faut|faudrait) {any}{0,2}etre {how}{mean}'),
  hurts(
    `
    (?:rien|du vide|de l air|du vent|un petit pois) dans (?:la|ta) (?:tete|cervelle|cerveau)
  `,
    { unless: / (?:je|j ai|ai) $/ },
  ),
  hurts(
    `
    arrete (?:un peu )?de (?:chialer|chouiner|pleurnicher|faire (?:le|ton|ta) (?:bebe|malin|
    maligne|star|interessant|interessante)|mentir|te la peter|parler|nous saouler|
    te plaindre)
  `,
    { unlessAfter: /^ (?:pendant|quand|fort|si|s il|stp|on|la maitresse|en classe) / },
  ),
  hurts(
    `
    (?:tu|t|vous) (?:me|m|nous|n) (?:degoutes|degoute|degoutez|saoules|soules|gonfles|gaves|
    fatigues|enerves|enerve|soule|saoule|gave|saoulez|gonfle|donnes envie de (?:vomir|
    gerber))
  `,
  ),
  hurts(
    `
    (?:je|on|j) (?:ne )?(?:peux|peut|pe) (?:vraiment )?(?:pas|plus) te (?:sentir|blairer|
    voir|supporter|saquer|encadrer|voir en peinture)
  `,
  ),
  hurts(
    `
    (?:tu|t) (?:ne |n )?(?:comptes pour rien|existes pas|existe pas|interesses personne|
    manques a personne|manqueras a personne)
  `,
  ),
  hurts(
    `
    (?:les|tous les) {groups} (?:sont|c est|ce sont|puent|ont|c) {how}(?:voleurs|{mean}|
    mechants|sales|puent|nuls|{strong})
  `,
  ),
  hurts(
    `
    va (?:jouer )?(?:toute? seule?|ailleurs|avec les bebes|avec les autres|
    jouer avec les bebes|jouer avec les autres|jouer toute? seule?|jouer seule?)
  `,
  ),
  hurts(
    `
    (?:tu|t|te|ta) {any}{0,5}(?:pas|plus|jamais) {any}{0,4}(?:avec nous|dans notre {word}|
    dans l equipe|du groupe|de l equipe|a notre table){told}
  `,
    { unless: / (?:tristes?|que|si|quand|pourquoi) $/ },
  ),
  hurts('{you} (?:pas|plus) {how}(?:invite|invitee|bienvenue|accepte|acceptee)'),
  hurts(
    `
    (?:on est|on sera|on n est|je suis|je ne suis|je serai|tu seras|tu ne seras|vous etes|
    vous n etes|tu n es|je veux|je ne veux|on veut) (?:pas|plus|jamais|
    plus jamais) {any}{0,3}{friends}
  `,
  ),
  hurts(
    `
    (?:tu es|t es|vous etes|tu est|t est) (?:un |une |qu un |qu une |des |que des )?(?:vrai|
    vraie|gros|grosse|sale|sales|espece de|pauvre) (?!(?:ami|amie|amis|amies|champion|
    championne|as|star|genie|amour|ange|tresor|chef|pro|pote|copain|copine|bosseur|bosseuse|
    dormeur|dormeuse|gourmand|gourmande|malin|maligne|artiste|magicien|magicienne|fee|
    princesse|prince|joueur|joueuse|rigolo|rigolote|pirate|lion|tigre|heros|heroine|poete|
    cuisinier|petit|fan|modele|soeur|frere|et|comme|en) ){word}
  `,
  ),
  hurts(
    `
    (?:va|veux|veut|vais) (?:plus|pas) (?:jamais )?(?:te parler|jouer avec toi|t inviter|
    te voir|t ecouter|te preter)
  `,
  ),
  hurts(
    `
    (?:reste|restes|resteras|seras|finiras|va rester) (?:toujours )?(?:tout seul|
    toute seule|dans ton coin)(?! (?:sans|si))
  `,
    { unless: / (?:ne|pas) $/ },
  ),
  hurts(
    `
    (?:{begin}|sa |et |mais )ta mere (?:en (?:slip|string|maillot)|la|le|a poil|nue|suce)
  `,
  ),
  hurts(
    `
    (?:ferme|fermes|boucle|ferme moi|tais) (?:la|ton (?:bec|clapet|claque|gueule)|le bec|
    ta trappe){end}
  `,
  ),
  hurts(
    `
    (?:retourne|rentre|repars|va) (?:en|au) (?:afrique|algerie|maroc|zoo|chine|turquie|
    roumanie|bled|portugal|pays|senegal|mali|tunisie)
  `,
    { unless: / (?:il|elle|on|je|papa|maman) $/ },
  ),
];
