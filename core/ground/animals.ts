/** The pictures by which small children are known, by their names in `animals.svg`. */
export const ANIMALS = [
  'chat',
  'chien',
  'lapin',
  'ours',
  'panda',
  'renard',
  'hibou',
  'grenouille',
  'cochon',
  'vache',
  'mouton',
  'lion',
  'elephant',
  'souris',
  'manchot',
  'poule',
  'canard',
  'herisson',
  'tortue',
  'poisson',
  'baleine',
  'abeille',
  'escargot',
  'girafe',
] as const;

/**
 * Colours of a ring around an animal, where a class has more children than animals: 1 is none.
 * `frame.css` and the paper draw them.
 */
export const RING_COLOURS = 5;

/** A child's face as it is kept: `lapin`, or `lapin-2` with a ring of the second colour. */
export function faceWith(animal: string, colour: number): string {
  return colour === 1 ? animal : `${animal}-${colour}`;
}

/** The animal and the ring of a face as it is kept; what is no ring of ours is none. */
export function animalOf(face: string): { readonly animal: string; readonly colour: number } {
  const [, animal = face, ring = '1'] = /^([a-z]+)-([2-9])$/.exec(face) ?? [];
  const colour = Number(ring);
  return { animal, colour: colour <= RING_COLOURS ? colour : 1 };
}

/** A face with the same animal that nobody wears yet; itself where there are no more colours. */
export function freeFace(face: string, worn: ReadonlySet<string>): string {
  if (!worn.has(face)) return face;
  const { animal } = animalOf(face);
  const faces = Array.from({ length: RING_COLOURS }, (_, index) => faceWith(animal, index + 1));
  return faces.find((one) => !worn.has(one)) ?? face;
}
