import { hurts, type Phrase } from './phrase.ts';

/** « mon petit frère »: of one's own, or of a thing. */
const OF_ONES_OWN = / (?:mon|ma|mes|le|la|l|les|un|une|ce|cet|cette|du|des) (?:[a-z]+ )?$/;
/** « je suis habillé n'importe comment »: of oneself. */
const MYSELF = / (?:je|j|moi|me|m|suis|ai) (?:[a-z]+ ){0,2}$/;

/** What is said of somebody else, and what leaves somebody out. */
export const LEFT_OUT: readonly Phrase[] = [
  // of somebody else, said twice: « la directrice elle est … »
  hurts(
    `
    (?:la|le|l|cette|ce|cet|notre|votre|les) (?:dame|monsieur|fille|garcon|maitresse|maitre|
    directrice|directeur|prof|atsem|aesh|remplacante?|voisine?|gars|mec|meuf|petite?|
    grande?|nouvelle|nouveau|rouquine?|blonde?|eleves?|gens|cm1|cm2|ce1|ce2|
    cp) {any}{0,4}(?:(?:il|elle|ils|elles|c|ces) (?:est |sont |c est |et |e )?|(?:est|
    sont) ){how}(?:{named}|folle|fou|grosse vache|gros porc|grosse|mechante?)
  `,
  ),
  hurts(
    `
    c est une? (?:gros|grosse|sale|vieille|vrai|vraie) (?:vache|porc|truie|peste|boulet|
    {mean})
  `,
  ),
  hurts(
    `
    {word} (?:il |elle )?(?:fait|a fait|faisait) (?:encore |toujours )?(?:pipi|
    caca) {any}{0,2}(?:dans|au lit|sur)
  `,
    { named: true, unless: OF_ONES_OWN },
  ),
  hurts('regardez? {word} (?:il|elle) {any}{1,6}(?:clown|clocharde?|{named})', {}),
  hurts(
    `
    (?:les|des) (?:filles|garcons|petits|cp|ce1) (?:ca|sa|c|ils|elles)? ?(?:sait|savent|
    sais|peut|peuvent|sert|servent) (?:pas|rien|a rien)
  `,
  ),
  hurts('{you} {how}(?:pas |meme pas |pas meme )(?:un |une )?(?:vrai|vraie) {word}'),
  hurts('{you} {how}(?:garcon|fille) (?:manquee?|rate|ratee|ou une? (?:fille|garcon))'),
  // where somebody comes from
  hurts(
    `
    (?:trouve|trouves|trouvee|ne|nee|achete|achetee|ramasse) {any}{0,2}(?:dans (?:une|
    la) poubelle|a la poubelle)
  `,
  ),
  hurts(
    `
    (?:ton pere|ta mere|ton papa|ta maman|tes parents) {any}{0,2}(?:est|sont|et|a|
    ont) (?:au chomage|en prison|pauvres?|pas de travail|pas d argent|divorces?)
  `,
  ),
  hurts(
    `
    (?:habille|habillee|habilles) (?:au secours|a la poubelle|n importe|comme une? (?:clown|
    sac|clocharde?|mamie|vieille|vieux|{named}))
  `,
    {
      unless: MYSELF,
    },
  ),
  // leaving out
  hurts(
    `
    (?:faut|il faut|on doit|vous devez|on va) (?:plus|pas|jamais) (?:(?:lui|leur) (?:parler|
    repondre|preter|ecrire)|(?:jouer|parler) avec (?:lui|elle|eux))
  `,
  ),
  hurts(
    `
    (?:touche|touchez|parle|parlez|joue|jouez) (?:pas|plus|jamais) (?:a |avec )?(?:lui|elle|
    {word}) (?:il|elle) (?:a|est|pue|sent)
  `,
  ),
  hurts(
    `
    (?:il|elle|toi|tu|t) (?:as|a) (?:la|des|les|encore des) (?:peste|poux|gale|lepre)
  `,
    {
      unless: MYSELF,
    },
  ),
  hurts(
    `
    (?:celui|celle|ceux|le premier) qui (?:lui )?(?:parle|joue|ecrit|repond|
    touche) {any}{0,3}(?:c est |ces |est )?(?:plus|un|une|pas)
  `,
  ),
  hurts('(?:tu m as|ta|tu nous as|tu ma|tu nous a) (?:trahie?s?|menti|vole|abandonne)', {}),
  hurts('(?:te|t) (?:pardonnerai|pardonne|pardonnerais|pardonnerons) (?:jamais|pas|plus)'),
  hurts('(?:mieux|tranquilles?|content|contents|bien) sans toi', {}),
  hurts(
    `
    tu (?:devrais|ferais mieux de|dois|peux) (?:changer (?:d ecole|de classe)|partir|
    rester chez toi|te cacher)
  `,
  ),
  hurts('(?:pourquoi|a quoi) (?:tu|t) (?:existes?|es ne|es nee|sers|viens a l ecole)'),
];
