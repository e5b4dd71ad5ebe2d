import type { Directory } from '../../directory/directory.ts';
import { ownClass, type OwnClass } from '../../directory/own-classes.ts';
import { type ClassId, idIn, type PhraseId, type SchoolId } from '../../ground/ids.ts';
import { isKeyOf } from '../../ground/keys.ts';
import { kindOf } from '../../letters/message/kinds.ts';
import { markedPicture } from '../../letters/message/picture-mark.ts';
import { withoutPlace } from '../../letters/message/picture-place.ts';
import type { Scanner } from '../../letters/scan/clamd.ts';
import type { Viewer } from '../../rules/viewer.ts';
import { writeAudit } from '../../store/audit.ts';
import {
  countPhrases,
  deletePhrase,
  insertPhrase,
  phrasesOf,
  phraseWithPicture,
  type ClassPhraseRow,
  type OwnPicture,
} from '../../store/schools/class-phrases.ts';
import { takeTurnInClass } from '../../store/schools/class-turn.ts';
import type { Store } from '../../store/store.ts';
import type {
  ClassPhrases,
  Phrase,
  PhraseLetter,
  PhraseMade,
  PhrasePicture,
  Phrases,
  PhraseWish,
  ShownPhrase,
} from './contract.ts';
import { drawnPicture, EVERYBODYS, isDrawing, OFFERED, WORDS } from './drawings.ts';

interface PhraseParts {
  readonly store: Store;
  readonly directory: Directory;
  readonly scanner: Pick<Scanner, 'scan'>;
  readonly secret: Buffer;
  readonly clock: () => Date;
}

/** Of one class: a page of a child who doesn't read holds no more. */
const MOST = 12;
/** Of all the classes of one child. */
const MOST_OFFERED = 24;
/** Letters of one phrase. */
const MOST_WORDS = 60;
/** A child sends it again and again. */
const MOST_BYTES = 200_000;
const PICTURES: Readonly<Record<OwnPicture['mediaType'], string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
};
/** The number of a class's own phrase, as it stands in its key. */

/** What children say by one touch: everybody's phrases, and those that a class has for itself. */
export function openPhrases(parts: PhraseParts): Phrases {
  return {
    offered: (viewer) => offered(parts, viewer),
    offeredIn: (viewer, classes) => offeredIn(parts, viewer, classes),
    letter: (viewer, key) => letter(parts, viewer, key),
    ofClass: (viewer, classId) => ofClass(parts, viewer, classId),
    async picture(viewer, { class: classId, id }) {
      const own = await taught(parts, viewer, classId);
      const found = own && (await pictureAt(parts, own.school, { classes: [classId], id }));
      return found?.picture ?? null;
    },
    make: (viewer, wish) => make(parts, viewer, wish),
    async remove(viewer, { class: classId, id }) {
      const own = await taught(parts, viewer, classId);
      return (
        own !== null &&
        parts.store.write(own.school, async (tx) => {
          const isGone = await deletePhrase(tx, classId, id);
          if (isGone) await writeAudit(tx, viewer.addressId, 'phrase-removed', { class: classId });
          return isGone;
        })
      );
    },
  };
}

const shown = ({ id, words, drawing }: ClassPhraseRow): Phrase => ({
  key: String(id),
  words,
  drawing: drawing !== null && isDrawing(drawing) ? drawing : null,
});

async function offered(parts: PhraseParts, viewer: Viewer): Promise<readonly Phrase[]> {
  if (viewer.role !== 'pupil') return [];
  const own = await phrasesAt(parts, viewer.school, classesOf(viewer));
  return [...everybodysFor(viewer), ...own.map(shown)];
}

async function offeredIn(
  parts: PhraseParts,
  viewer: Viewer,
  classes: readonly ClassId[],
): Promise<readonly ShownPhrase[]> {
  const own = await Promise.all(
    classes.map(async (id) => ({ id, phrases: (await ofClass(parts, viewer, id))?.own ?? [] })),
  );
  return [
    ...everybodysFor(viewer).map((phrase) => ({ ...phrase, class: null })),
    ...own.flatMap(({ id, phrases }) => phrases.map((phrase) => ({ ...phrase, class: id }))),
  ].slice(0, EVERYBODYS.length + MOST_OFFERED);
}

const everybodysFor = ({ language }: Viewer): Phrase[] =>
  EVERYBODYS.map((key) => ({ key, words: WORDS[language][key], drawing: key }));

async function ofClass(
  parts: PhraseParts,
  viewer: Viewer,
  classId: ClassId,
): Promise<ClassPhrases | null> {
  const own = await taught(parts, viewer, classId);
  if (own === null) return null;
  const phrases = await phrasesAt(parts, own.school, [classId]);
  return {
    everybodys: everybodysFor(viewer),
    own: phrases.map(shown),
    most: MOST,
    drawings: OFFERED,
  };
}

const classesOf = ({ classes }: Viewer): ClassId[] => classes.map(({ id }) => id);

const phrasesAt = (
  { store }: PhraseParts,
  school: SchoolId,
  classes: readonly ClassId[],
): Promise<readonly ClassPhraseRow[]> =>
  store.read(school, (tx) => phrasesOf(tx, classes, MOST_OFFERED));

async function letter(
  parts: PhraseParts,
  viewer: Viewer,
  key: string,
): Promise<PhraseLetter | null> {
  if (viewer.role !== 'pupil') return null;
  const ours = EVERYBODYS.find((one) => one === key);
  if (ours !== undefined) {
    const picture = { name: `${ours}.png`, mediaType: 'image/png', bytes: drawnPicture(ours) };
    return marked(parts, { words: WORDS[viewer.language][ours], picture });
  }
  const id = idIn<PhraseId>(key);
  if (id === null) return null;
  const own = await pictureAt(parts, viewer.school, { classes: classesOf(viewer), id });
  return own && marked(parts, own);
}

/** The picture of a phrase is no photo of the child's: it goes where photos are closed too. */
const marked = ({ secret }: PhraseParts, { words, picture }: PhraseLetter): PhraseLetter => ({
  words,
  picture: { ...picture, bytes: markedPicture(picture.bytes, secret, 'picture') },
});

/** A class's own phrase with its picture, which is drawn where it is one of ours. */
async function pictureAt(
  { store }: PhraseParts,
  school: SchoolId,
  { classes, id }: { readonly classes: readonly ClassId[]; readonly id: PhraseId },
): Promise<PhraseLetter | null> {
  const row = await store.read(school, (tx) => phraseWithPicture(tx, classes, id));
  if (row === null) return null;
  return { words: row.words, picture: pictureOf(row) };
}

function pictureOf({
  drawing,
  picture,
}: NonNullable<Awaited<ReturnType<typeof phraseWithPicture>>>): PhrasePicture {
  if (picture !== null) {
    return { name: `phrase.${PICTURES[picture.mediaType]}`, ...picture };
  }
  // A drawing of an older version, which is there no more, leaves the envelope.
  const name = drawing !== null && isDrawing(drawing) ? drawing : 'lettre';
  return { name: `${name}.png`, mediaType: 'image/png', bytes: drawnPicture(name) };
}

/** A class as its teacher; null for anybody else, a head who doesn't teach it among them. */
async function taught(
  parts: PhraseParts,
  viewer: Viewer,
  classId: ClassId,
): Promise<OwnClass | null> {
  const own = await ownClass(parts, viewer, classId);
  return own?.teaches === true ? own : null;
}

async function make(parts: PhraseParts, viewer: Viewer, wish: PhraseWish): Promise<PhraseMade> {
  const own = await taught(parts, viewer, wish.class);
  if (own === null) return { kind: 'missing' };
  const words = wish.words
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  if (words === '') return { kind: 'no-words' };
  if (words.length > MOST_WORDS) return { kind: 'too-long' };
  const chosen = await chosenPicture(parts, viewer, wish.picture);
  if (chosen.kind !== 'picture') return chosen;
  return parts.store.write(own.school, async (tx) => {
    await takeTurnInClass(tx, wish.class);
    if ((await countPhrases(tx, wish.class)) >= MOST) return { kind: 'too-many' };
    await insertPhrase(tx, wish.class, { words, picture: chosen.picture });
    await writeAudit(tx, viewer.addressId, 'phrase-made', { class: wish.class });
    return { kind: 'made' };
  });
}

type Chosen =
  | {
      readonly kind: 'picture';
      readonly picture: string | OwnPicture;
    }
  | Extract<
      PhraseMade,
      { kind: 'no-picture' | 'not-a-picture' | 'too-big' | 'infected' | 'scanner-silent' }
    >;

/** By its content and not by its name; looked through, and without the place where it was taken. */
async function chosenPicture(
  { scanner }: PhraseParts,
  { school, account }: Viewer,
  picture: PhraseWish['picture'],
): Promise<Chosen> {
  if (typeof picture === 'string')
    return isDrawing(picture) ? { kind: 'picture', picture } : { kind: 'no-picture' };
  const { bytes } = picture;
  if (bytes.length > MOST_BYTES) return { kind: 'too-big' };
  const { mediaType, danger } = kindOf(bytes, []);
  if (danger !== 'everyday' || !isKeyOf(PICTURES, mediaType)) return { kind: 'not-a-picture' };
  const scanned = await scanner.scan(bytes, { kind: 'own', school, account });
  if (scanned.kind === 'silent') return { kind: 'scanner-silent' };
  if (scanned.kind !== 'clean') return { kind: 'infected' };
  return { kind: 'picture', picture: { mediaType, bytes: withoutPlace(bytes) } };
}
