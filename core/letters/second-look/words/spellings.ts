import { soundOf } from '../letters.ts';
import { PHRASES } from '../phrases/phrases.ts';
import { OF_PEOPLE, ROUGH, STRONG } from '../vocabulary.ts';

/** Every word that a phrase may ask for. */
export const VOCABULARY: ReadonlySet<string> = new Set(PHRASES.flatMap(({ words }) => words));

/** Said after « t », « tes » without a space between: « tnul ». */
export const SAID_TO_SOMEBODY: ReadonlySet<string> = new Set([...OF_PEOPLE, ...ROUGH, ...STRONG]);

/** What children and telephones write for it; one word may stand for several. */
const WRITTEN_FOR = `
  je vais: jvais jvai jve
  vais: vai ve
  je te: jte jt
  je t ai: jtai
  je t aime: jtm
  j ai: jai
  je suis: jsuis chui chuis
  je veux: jveu jveux
  veux: veu vx
  peux: peu
  c est: ces cest
  t as: tas
  t est: test
  toi: toua twa
  moi: mwa moua
  chez: che chai cheuh
  viens: vien viin
  trop: tro trau
  gros: gro
  vous: vs
  dans: ds
  pourquoi: pk pq
  tout le monde: tlm
  parce que: pcq psk
  que: ke
  qui: ki
  quand: kan
  comme: com com2 kom
  meme: mm
  mot de passe: mdp
  numero: num
  telephone: tel
  avec: avc
  de la: dla
  ta gueule: tagueule taguele tagle tgl
  gueule: geule gueul guele gueu
  nique: nike nik
  niquer: niker
  merde: merd mer2
  hais: hai
  he: eh eih
  cretin: cretain
  imbecile: imbesil inbecile
  va: ziva
  pues: puent
  paix: pai pay
  mort: mor
  mot: mo
  pas: pa
  putain: put1 put1n putin
  conne: kone
  con: kon koon
  cons: kons
  pute: tepu
  fils de pute: filsdepute fils2pute fisdepute
  fils: fis
  chier: iech
  toute: tte
  tout: tt
  beaucoup: bcp
  jamais: jame jamai
  bete: tebe
  quel: kel
  quelle: kelle
  mere: daronne reum
  pere: daron
  mamie: mami
  bebe: bb
  debile: debil
  moche: moch
  sinon: sinn
  recre: recreation recree rekre recret
  ecole: ecol
  fuck: 🖕
  caca: 💩
  cochon: 🐷 🐖
`;

/** By what is written: what it stands for. */
export const SPELLINGS: ReadonlyMap<string, string> = new Map(
  WRITTEN_FOR.trim()
    .split('\n')
    .flatMap((line) => {
      const [meant = '', written = ''] = line.trim().split(': ');
      return written.split(' ').map((one): [string, string] => [one, meant]);
    }),
);

/** Words that sound like one of ours, or hold one, and hurt nobody. */
export const HARMLESS: ReadonlySet<string> = new Set(
  `
  nick put tard byte bytes null cone cones conte contes comte compte comptes quon salopette salopettes canard canards
  pain pains bit cas car cousin cousine cent sang sans cote chat chats chatte petit petite
  petits petites chiens successeur successeurs net nette tante tantes bateau battre
`
    .trim()
    .split(/\s+/),
);

/** Words too short, or too much like others, to be known by their sound. */
const BY_SPELLING_ALONE = new Set(
  `
  merd con cons conne connes branleur branleuse suceur suceuse pouffe pd tg ftg fdp ntm kys bite
  bites pede pedes nub zob put shit tebe porn nique niques niquer niquez laid laids faux rat ane
  anes nain porc porcs gras crane peste lard tas sac cul bete betes roux juif coup coups main
  mains dos nez cou pif bras dent dents pete peter mords plante gay homo rien rom roms turc fait
  faire tire vie mal mort ou es est et a ai as
`
    .trim()
    .split(/\s+/),
);
/** Shorter words, in letters, sound like too many others. */
export const HEARD_LENGTH = 4;
/** And so do shorter sounds. */
const SOUND_LENGTH = 3;

/** The word that sounds so; of several that which is said the most. */
export const BY_SOUND: ReadonlyMap<string, string> = new Map(
  [...VOCABULARY]
    .filter((word) => word.length >= HEARD_LENGTH && !BY_SPELLING_ALONE.has(word))
    .reverse()
    .map((word): [string, string] => [soundOf(word), word])
    .filter(([sound]) => sound.length >= SOUND_LENGTH),
);

/** Long enough to be known inside another word: « grosconnard ». */
export const GLUED: readonly string[] = [
  'connard',
  'connasse',
  'encule',
  'salope',
  'salopard',
  'batard',
  'putain',
  'tagueule',
];
