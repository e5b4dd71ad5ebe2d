import { expect, it } from 'vitest';
import { ANIMALS, animalOf, faceWith, freeFace, RING_COLOURS } from './animals.ts';

it('keeps the animal of a child and gives a ring where another of the class has the same', () => {
  expect(freeFace('lapin', new Set())).toBe('lapin');
  expect(freeFace('lapin', new Set(['lapin', 'chat']))).toBe('lapin-2');
  expect(freeFace('lapin-2', new Set(['lapin-2']))).toBe('lapin');
  const all = new Set(
    Array.from({ length: RING_COLOURS }, (_, index) => faceWith('lapin', index + 1)),
  );
  expect(freeFace('lapin', all)).toBe('lapin');
});

it.each([
  ['lapin', { animal: 'lapin', colour: 1 }],
  ['lapin-3', { animal: 'lapin', colour: 3 }],
  ['lapin-9', { animal: 'lapin', colour: 1 }],
  ['', { animal: '', colour: 1 }],
  ['CL', { animal: 'CL', colour: 1 }],
])('reads « %s »', (face, read) => expect(animalOf(face)).toEqual(read));

it('has faces for a class of more than a hundred', () =>
  expect(ANIMALS.length * RING_COLOURS).toBe(120));
