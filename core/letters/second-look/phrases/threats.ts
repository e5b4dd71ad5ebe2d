import { threatens, type DoubtPhrase } from './phrase.ts';

/** « tu vas te casser la jambe »: what befalls somebody by themselves. */
const BY_THEMSELVES =
  / (?:tu|tu vas|tu as|tu peux|tu dois|tu risques de|tu veux|tu es|de|pas|sans) $/;

/** Death, blows, and what frightens. */
export const THREATS: readonly DoubtPhrase[] = [
  threatens('(?:va|vas) te (?:pendre|tuer|suicider|noyer|jeter|faire ecraser)', {
    unless: BY_THEMSELVES,
  }),
  threatens('{begin}(?:mais |et |toi |allez )?(?:va |vas )(?:mourir|crever|creve)'),
  threatens(
    `
    {begin}(?:tu vas |bientot tu vas |toi tu vas |tu va )(?:mourir|crever|saigner|morfler|
    le regretter|le payer|souffrir|pleurer|prendre cher|en prendre une|deguster|
    manger)(?= [.,] | ta | un | une | par | si | demain | a la | toi )
  `,
  ),
  threatens(
    `
    (?:tu|vous) (?:vas|va|allez) (?:le |me le |bien le |tres )?(?:regretter|payer|souffrir|
    prendre cher|morfler|mourir|crever|saigner)
  `,
    { unlessAfter: /^ (?:d avoir|de ne|de pas|de rire) / },
  ),
  threatens(
    `
    (?:tu es|t es|t|te|tu est|t est|tes|tu) (?:un homme |une femme |deja )?(?:mort|
    morte)(?! (?:de (?:rire|faim|fatigue|peur|soif|trouille)))
  `,
    { unless: / (?:je|il|elle|si|pan) $/ },
  ),
  threatens(
    `
    {begin}(?:mais |alors |toi )?(?:creve|crevez|meurt)(?: toi| sale {any}?{word}|
     donc)?{end}
  `,
  ),
  threatens('(?:meurs|suicide toi|tue toi|pends toi|pend toi|noie toi|jette toi)'),
  threatens(
    `
    (?:veux|veut|voudrais|aimerais|espere|souhaite|prefererais) (?:trop )?que tu (?:meurs|
    meures|creves|creve|disparaisses|partes|sois mort|sois morte|ailles en enfer|te casses)
  `,
  ),
  threatens(
    `
    tu (?:devrais|merites de|dois|ferais mieux de) (?:te |t )?(?:mourir|crever|disparaitre|
    suicider|pendre|tuer|mourrir)
  `,
  ),
  threatens(
    `
    (?:te|t|toi) (?:re)?{violent}(?! (?:de rire|dans la main|dans les mains|a l oreille|
    une place|un message|la main|le dossier|des reponses))
  `,
    { unless: BY_THEMSELVES },
  ),
  threatens(
    `
    (?:vais|va|vont|allons|veux|peux|veut) (?:vous|tous vous|le|la|les|lui|leur) (?:tuer|
    tue|frapper|frappe|taper|tape|defoncer|tabasser|massacrer|buter|cogner|gifler|etrangler|
    egorger|niquer|fracasser|planter|poignarder|demolir|casser la|peter la|exploser la)
  `,
    {
      unless: / (?:loup|chevalier|dragon|chasseur|prince|ogre|roi|sorciere|monstre|chat|il|elle) $/,
    },
  ),
  threatens(
    `
    (?:te|t|lui|leur|vous|leurs) (?:casse|casser|cassera|casserai|casses|pete|peter|peterai|
    petera|eclate|eclater|explose|exploser|refaire|refais|mettre|briser|arracher|arrache|
    couper|coupe|tordre|tords|ecraser|ecrase|defoncer|demonter|tirer|tire|griffer) (?:la|
    les|le|l|ta|tes|ton|un|une) (?:deux |2 |sale |grosse |petite )?{body}
  `,
    { unless: BY_THEMSELVES },
  ),
  threatens(
    `
    (?:te|t|lui|vous|t en|leur|t) (?:mettre|mets|met|mettrai|donner|donne|donnerai|coller|
    colle|collerai|foutre|fous|fout|envoyer|envoie|balancer|flanquer|flanque|planter|
    filer) {any}{0,3}{blow}
  `,
    { unless: BY_THEMSELVES },
  ),
  threatens(
    `
    (?:tu|t) (?:veux|cherches|veut|vas prendre|vas avoir|vas te prendre|vas manger|
    va prendre|merites) (?:une|des|ma|mon|un) {any}{0,2}{blow}
  `,
  ),
  threatens('t en (?:mettre|mets|coller|colle|foutre|fous|donner) (?:une|deux)'),
  threatens(
    `
    (?:te|t|lui|vous) (?:faire|fais|ferai|fera|font|feront|refaire) (?:tres |vraiment |
    bien |tellement )?(?:mal|tomber|pleurer|souffrir|la peau|saigner|la gueule|du mal|
    des croche|un croche|la misere|regretter)
  `,
    { unless: BY_THEMSELVES },
  ),
  threatens(
    `
    (?:te|t|lui) (?:pousse|pousser|pousserai|jette|jeter|jetterai|crache|cracher|cracherai|
    balance|balancer|enferme|enfermer) (?:dans l|dans les|dans la|par la|par terre|contre|
    du haut|sous|dessus|a la figure|sur toi)
  `,
    { unless: BY_THEMSELVES },
  ),
  threatens(
    `
    (?:vais|va|vont|veux) te (?:battre|bat)(?! (?:au|aux|a|en|sur|pour de faux|dans|encore|
    cette fois))
  `,
  ),
  threatens(
    `
    (?:te bat|te bats|te battrai|te battre|se bat|se battre|on se tape|
    baston)(?= (?:a la recre|a la sortie|dehors|apres l ecole|derriere))
  `,
  ),
  threatens(
    `
    tu vas voir(?= [.] | toi | a la recre | a la sortie | demain | ta | ce que tu vas |
     tout a l heure | si )
  `,
    { unless: / (?:et|quand) $/ },
  ),
  threatens(
    `
    (?:sinon|ou) (?:je|on|j|moi je) (?:te|t|vais te|vais t|va te|va t|vous|le dis|dis|casse|
    raconte|dirai)
  `,
  ),
  threatens(
    `
    (?:t attends|t attend|t attendra|t attendrai|t attendent|t attendons) (?:a la sortie|
    dehors|a la recre|au portail|apres l ecole|derriere|ce soir|devant)(?! (?:de la |
    de l )?{any}?pour)(?! (?:la (?:porte de la )?classe|le preau|la cantine|la bibliotheque))
  `,
  ),
  threatens(
    `
    (?:veux|viens|envie de|va|allez) (?:te |on )?(?:battre|bagarrer|te battre|te bagarrer|
    se battre|se taper)(?= (?:avec moi|[.,]|a la|contre moi|dehors|ou quoi|derriere) )
  `,
    { unless: / (?:pas|plus) $/ },
  ),
  threatens(
    `
    (?:tu perds rien pour attendre|tu ne perds rien pour attendre|attends que je t attrape|
    attend que je t attrape|si je t attrape|si je te croise|si je te chope|
    je vais te choper|je vais t attraper apres|ca va (?:mal )?(?:finir|aller|chauffer|
    barder|saigner) (?:mal )?pour toi|ca va saigner|ca va barder|pourrir la vie|
    rendre la vie|te faire la misere|t as interet a|ta interet a|tu as interet a|
    compte tes abattis|je vais me venger|je vais te faire payer|je te ferai payer|
    on va te faire payer|on va regler ca|viens te battre|un contre un|1 contre 1|t es foutu|
    tu es foutu|tu es foutue|t es foutue|je vais venir chez toi et|tu es cuit|t es cuit)
  `,
  ),
  threatens(
    `
    si tu (?:le |la |me |en )?(?:dis|parles|racontes|repetes|balances|denonces|rapportes|
    cafte|caftes|touches|viens|reviens|regardes|recommences|continues) {any}{0,6}(?:je te|
    je t|je vais te|je vais t|on te|on va te|tu vas|t es mort|tu es mort|
    je le dis)(?! (?:donne|prete|aime|invite|montre|apprends|attends|gagner|voir|adorer|
    dis merci))
  `,
  ),
  threatens(
    `
    (?:donne|file|donnes|prete|ramene) (?:moi )?{any}{1,5}(?:sinon|ou je|ou on|
    ou tu)(?! (?:choisis|peux|veux|prends))
  `,
  ),
  threatens(
    `
    (?:te|t|vous) (?:casser|couper|plier|decouper|hacher|casse|coupe) en (?:deux|mille|
    morceaux|rondelles|petits|2)
  `,
    { unless: BY_THEMSELVES },
  ),
  threatens('te (?:piquer|pique|planter|plante|couper|coupe|griffer|griffe) avec'),
  threatens(
    `
    (?:vas|va|vas bien|allez|te) (?:te |vous )?faire (?:taper|frapper|defoncer|tabasser|
    tuer|massacrer|demonter|gifler|buter|eclater|casser|frappe|tape|defonce|niquer|exploser)
  `,
  ),
  threatens(
    `
    (?:vais|va|vont) (?:casser|dechirer|bruler|detruire|abimer|voler|exploser|pisser sur|
    cracher sur|cracher dans|jeter) (?:tes|ton|ta) (?!(?:record|papier|papiers|ballon|
    dechets) ){word}
  `,
    { unless: / (?:tu|qui) $/ },
  ),
  threatens(
    `
    (?:file|donne|passe|ramene|apporte) (?:moi )?{any}{0,2}(?:ton|tes) (?:argent|sous|
    thunes|thune|fric|pieces)
  `,
  ),
  threatens('(?:creve|crevez) (?:en enfer|sale|donc|dans|connard|toi)'),
  threatens(
    `
    (?:que|si) tu (?:meurs|meures|mourais|creves|crevais|disparaissais|n existais pas|
    etais mort|etais morte|sois mort|sois morte)(?! (?:je serai|je serais triste))
  `,
  ),
  threatens('gare a (?:toi|tes|ta|ton)'),
  threatens('(?:mettre|mets|foutre) le feu a (?:ta|ton|tes|l ecole)'),
  threatens('{begin}attention a (?:toi|ta gueule|tes fesses)'),
  threatens(
    `
    (?:gare a toi|fais gaffe a toi|fais gaffe a ta|mefie toi|je te previens|t es prevenu|
    tu es prevenu|prepare toi a|on va te retrouver|je sais ou (?:tu|t) habites?|
    je te retrouverai|je te trouverai|on te retrouvera|tu m echapperas pas|
    je vais te retrouver(?! (?:a la|en classe|au coin|a l ecole))|va te retrouver|on va t avoir|
    je vais t avoir|
    je vais te faire la peau|va t avoir|vais t attraper et)
  `,
  ),
  threatens(
    `
    (?:ramene|ramener|rameneras|apporte|apporter|prendre|prends|ai) (?:un|mon|
    le) (?:couteau|flingue|pistolet|fusil|cutter|gun|baton) (?:et|pour toi|demain|dans|
    a l ecole|pour te|pour l)
  `,
  ),
  threatens(
    `
    (?:mon|mes|ma) (?:grand |grande |grands )?(?:frere|freres|cousin|cousins|pere|papa|
    soeur) (?:va|vont|viendra|viendront|va venir) (?:te|t|venir te)
  `,
  ),
  threatens(
    `
    (?:je|on) (?:vais|va) (?:tous |le )?(?:dire|raconter|montrer|
    repeter) (?:a tout le monde|ton secret|a toute la classe|tes secrets|
    ta photo)(?! (?:que tu as gagne|que c est))
  `,
  ),
];
