import { expect, it } from 'vitest';
import { partAtQuote } from './quoted.ts';

it.each([
  {
    what: 'a quote at the end, with the line that says whose words it is',
    text: 'Oui.\n\nLe lun. 23 nov. 2026, Claire Lefèvre a écrit :\n> Bonjour\n>\n> Merci',
    said: 'Oui.',
  },
  {
    what: 'a line that says it and is broken over two',
    text: 'Yes.\n\nOn Mon, 23 Nov 2026 at 10:00, Claire Lefèvre\n<c@x.example> wrote:\n\n> Hello',
    said: 'Yes.',
  },
  {
    what: 'all below Outlook’s line',
    text: 'D’accord.\n\n-----Message d’origine-----\nDe : Claire\nBonjour',
    said: 'D’accord.',
  },
  { what: 'no quote', text: 'Bonjour\n\nMerci', said: 'Bonjour\n\nMerci' },
  {
    what: 'words below a quote, which are its writer’s own',
    text: '> Qui vient ?\nMoi !',
    said: '> Qui vient ?\nMoi !',
  },
  { what: 'nothing but a quote', text: '> Bonjour', said: '> Bonjour' },
])('a text with $what is parted there', ({ text, said }) => {
  const parted = partAtQuote(text);
  expect(parted.said).toBe(said);
  expect(parted.quoted === '').toBe(said === text);
});
