import { hurts, type Phrase } from './phrase.ts';

/** « elle est nulle, cette blague ». */
const A_THING_AFTER =
  /^ (?:, )?(?:cette|ce|cet|ces) (?!(?:fille|garcon|mec|meuf|gars|dame|eleve|prof|type|gosse) )/;
/** « le film est nul »: what has such a word before it is no name. */
const A_THING = / (?:le|la|l|les|un|une|ce|cet|cette|mon|ma|mes|du|des) $/;

/** What is said of somebody else, by name or not, and what leaves one child alone. */
export const BEHIND_BACKS: readonly Phrase[] = [
  // of somebody
  hurts(
    `
    {word} (?:il|elle|lui il|elle elle) (?:est|et|e|c est|ces) {how}{named}
  `,
    { named: true, unless: A_THING },
  ),
  hurts('{word} (?:elle |il )?(?:pue|schlingue|pues)', { named: true }),
  hurts(
    `
    {word} (?:elle |il )?(?:est|c est|ces|e) (?:trop |vraiment |juste )?(?:un|une|qu un|
    qu une) {how}{mean}
  `,
    { named: true, unless: / (?:le|la|l|les|ce|cet|cette|mon|ma|mes|du|des) $/ },
  ),
  hurts('{word} (?:le|la) (?:gros|grosse|{named})', { named: true, unless: A_THING }),
  hurts('c est {word} (?:le|la) (?:plus|pire) {how}(?:{mean}|gros|grosse)'),
  hurts(
    `
    {somebody} (?:il |elle )?(?:est|et|e|c est|ces) {how}(?:{named}|grosse|bizarre|gros|
    mechante?)
  `,
    { unlessAfter: A_THING_AFTER },
  ),
  hurts(
    `
    (?:ton|ta|tes) {any}{1,2}(?:il|elle|ils|elles|c) (?:est|sont|e|et) {how}{things}
  `,
  ),
  hurts(
    `
    {begin}{how}(?:nul|nulle|bete|moche|debile|con|conne|bouffon|stupide|mechant|
    mechante) (?:le gars|le mec|la fille|lui|elle|toi|la meuf|celui la|celle la)
  `,
  ),
  hurts(
    `
    {word} (?:est|et|e|c est|ces|es) {how}(?:gros|grosse|sale|vieille|petite?) {big}
  `,
    { named: true },
  ),
  hurts('[a-z]+ (?:est|et|e|c est|ces|es|c|sont) {how}{named}', { named: true, unless: A_THING }),
  hurts(
    `
    {begin}(?:il|elle|ils|elles|lui|eux) (?:est|sont|e|et|es|c est) {how}(?:idiot|idiote|
    debile|debiles|stupide|stupides|bouffon|bouffonne|menteur|menteuse|voleur|voleuse|
    intello|tricheur|tricheuse|relou|moche|moches)
  `,
  ),
  hurts(
    `
    (?:la|le|notre|ton|votre) (?:maitresse|maitre|directrice|directeur|prof|pere|mere|frere|
    soeur|copain|copine|famille|maman|papa) (?:est|et|e|es|c est) {how}{mean}
  `,
  ),
  hurts('(?:traite|traiter|traites) (?:de|d) {how}{mean}'),
  // alone against one
  hurts(
    `
    (?:je|on|tout le monde|toute la classe|elles|ils|elle|il|nous|personne|les autres|
    la classe) (?:ne )?(?:te|t|vous) (?:deteste|detestes|detestent|detestons|hais|hait|haie|
    haissent|meprise)
  `,
  ),
  hurts('te (?:deteste|hais|detestes|detestent|hait|haie)'),
  hurts(
    `
    (?:ne |n )?(?:t aime|t aiment|t aimes|te aime|t aimera|te supporte|te supportes|
    te supportent|te blaire|te parle|te parles|te calcule|te kiffe|t invite) (?:vraiment |
    meme |trop )?(?:pas|plus|jamais)
  `,
  ),
  hurts('(?:je|j|on) (?:ne |n )?(?:aime|m|em|eme) pas toi'),
  hurts(
    `
    personne (?:ne |n )?(?:te|t|l|la|le) (?:aime|aimera|veut|supporte|parle|invite|croit|
    apprecie|peut|blaire|adresse|regrettera|voudra|trouve)
  `,
  ),
  hurts(
    `
    personne (?:ne |n )?(?:veut|voudra|veux|a envie|joue|jouera|peut|va|
    supporte) {any}{0,6}(?:toi|te {word}|t {word}|ton|ta|tes)
  `,
  ),
  hurts(
    `
    (?:veut|veux|voulons|veulent) (?:pas|plus|surtout pas|jamais) {any}{0,2}(?:de toi|
    avec toi|a cote de toi|te voir|te parler|t inviter|te revoir|te connaitre|etre ton|
    etre ta)
  `,
  ),
  hurts('(?:jouera|jouerai|joue|jouent) (?:plus jamais|jamais) avec toi'),
  hurts(
    `
    (?:tu|t) (?:n )?(?:joues|joue|jouera|joueras|viens|vient|es|peux) (?:pas|
    plus) (?:jouer )?avec nous{told}
  `,
  ),
  hurts(
    `
    tu (?:peux|peut) pas (?:jouer|venir|rester|t asseoir) (?:avec nous|ici|la|a cote)
  `,
  ),
  hurts(
    `
    tout le monde (?:rigole|rit|se moque|te trouve|pense que tu|sait que tu|se fout|
    rigolent|se moquent)
  `,
  ),
  hurts(
    `
    (?:on|ils|elles|je me|on se|se) (?:moque|moquent|rigole|fout|fiche|rit) (?:tous |
    toutes |trop )?de (?:toi|ta|ton|tes|ta gueule)
  `,
  ),
  hurts('(?:on est|c est|c etait) mieux sans toi'),
  hurts('(?:aurais|aurait) (?:jamais|pas) du (?:naitre|exister|venir)'),
  hurts('c est (?:de|entierement de) ta faute (?:si )?(?:on a perdu|on perd)'),
  hurts('{begin}(?:va |et |mais )?change de (?:tete|ecole|classe|planete)'),
];
