import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SOAKED, sliced, TIMES } from '../../../../tests/shared/slice.ts';
import { hasCorpora } from '../testing/corpora.ts';
import { hostileHtml } from '../testing/hostile-html.ts';
import { ownFormatted, readFormatted } from './read-html.ts';
import { firstLines, isFormatted, linesOf, plainOf } from './words.ts';
import { htmlFragment, writeHtml } from './write-html.ts';

/** What is read of some HTML, written again: what nothing but the little formatting is left of. */
const again = (html: string): string => htmlFragment(readFormatted(html)).trimEnd();

describe('what is read of HTML', () => {
  it.each([
    ['<p>Bonjour,</p><p>à demain</p>', '<div>Bonjour,</div>\n<div><br></div>\n<div>à demain</div>'],
    [
      '<div>un</div><div><br></div><div>deux</div>',
      '<div>un</div>\n<div><br></div>\n<div>deux</div>',
    ],
    ['un<br>deux<br>', '<div>un</div>\n<div>deux</div>'],
    ['le <strong>24</strong> <em>mai</em>', '<div>le <b>24</b> <i>mai</i></div>'],
    [
      '<ul><li>du bleu,</li><li>des <b>grands</b></li></ul><ol><li>un<br>deux</li></ol>',
      '<ul><li>du bleu,</li>\n<li>des <b>grands</b></li></ul>\n<ol><li>un deux</li></ol>',
    ],
    ['<ul><li>a<ul><li>b</li></ul></li></ul>', '<ul><li>a</li></ul>\n<ul><li>b</li></ul>'],
    [
      'le <a href="https://musee.example/x?a=1&amp;b=2"><b>site</b> du musée</a>',
      '<div>le <a href="https://musee.example/x?a=1&amp;b=2"><b>site</b> du musée</a></div>',
    ],
    ['<a href="mailto:a@b.example">moi</a>', '<div><a href="mailto:a@b.example">moi</a></div>'],
    [
      '<a href="https://ecole@evil.example/">ici</a>',
      '<div><a href="https://evil.example/">ici</a></div>',
    ],
    [
      '<img src="cid:a%40b" alt="Un soleil">',
      '<div><img src="cid:a@b" alt="Un soleil" style="max-width:100%"></div>',
    ],
    [
      '<img src="cid:a@b" alt="Un soleil">',
      '<div><img src="cid:a@b" alt="Un soleil" style="max-width:100%"></div>',
    ],
    ['<h2>Samedi</h2>texte', '<div><b>Samedi</b></div>\n<div><br></div>\n<div>texte</div>'],
    ['<span style="font-weight:700">gras</span>', '<div><b>gras</b></div>'],
    [
      '<b style="font-weight:normal"><p>venu <span style="font-style:italic">d’ailleurs</span></p></b>',
      '<div>venu <i>d’ailleurs</i></div>',
    ],
    [
      '<p class="MsoNormal">un</p><p class="MsoNormal">&nbsp;</p><p class="MsoNormal">deux</p>',
      '<div>un</div>\n<div><br></div>\n<div>deux</div>',
    ],
    ['<pre>a  b\nc</pre>', '<div>a&nbsp; b</div>\n<div>c</div>'],
    [
      '<table><tr><th>Jour</th><th>Heure</th></tr><tr><td>lundi</td> <td></td><td>9 h</td></tr></table>',
      '<div><b>Jour</b>&nbsp;&nbsp; <b>Heure</b></div>\n<div>lundi&nbsp;&nbsp; 9 h</div>',
    ],
  ])('%s', (html, then) => expect(again(html)).toBe(then));

  it.each([
    '<script>alert(1)</script>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" jav&#x09;ascript:alert(1)">x</a>',
    '<img src=x onerror=alert(1)>',
    '<img src="https://ailleurs.example/t.gif" alt="espion">',
    '<svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg>',
    '<style>@import url(https://ailleurs.example)</style>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
    '<div style="background:url(https://ailleurs.example)" onclick="x()">x</div>',
    '<img src="cid:x&quot; onerror=&quot;alert(1)">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  ])('nothing of %s', (html) => {
    expect(again(html)).not.toMatch(/script|alert|ailleurs|<(?!\/?(?:div|a)\b)/);
  });
});

it('says in plain text all that is formatted', () => {
  const text = readFormatted(`<div>Bonjour,</div><div><br></div><div>Il faut <b>vendredi</b> :</div>
    <ul><li>du bleu,</li><li>un <a href="https://musee.example/">billet</a></li></ul>
    <ol><li>lire</li><li>signer</li></ol><div><a href="https://musee.example/">musee.example</a>,
    <a href="mailto:a@b.example">écrire</a></div><div><img src="cid:x" alt="Un soleil" style="max-width:100%"></div><div><img src="cid:y" alt=""></div>`);
  expect(plainOf(text)).toBe(
    [
      ...['Bonjour,', '', 'Il faut vendredi :', '- du bleu,'],
      ...['- un billet <https://musee.example/>', '', '1. lire', '2. signer', ''],
      ...['musee.example, écrire <a@b.example>', '[Un soleil]', '[image]'],
    ].join('\n'),
  );
});

it('says a signature as mail programs know one, and takes as many lines of it as it says', () => {
  const html =
    '<ul><li>un</li></ul><div>Oui <b>!</b></div><div>--&nbsp;</div><div>Claire</div><div>--</div>';
  const text = readFormatted(html);
  expect(plainOf(text)).toBe('- un\n\nOui !\n-- \nClaire\n--');
  expect(plainOf(linesOf('Oui !\n-- \nClaire'))).toBe('Oui !\n-- \nClaire');
  expect(readFormatted(writeHtml(text))).toEqual(text);
  expect(plainOf(firstLines(text, 3))).toBe('- un\n\nOui !');
});

it('takes plain lines as they are, and knows that they have no formatting', () => {
  const plain = 'Bonjour,\n\n> ce qui  suit\n    est cité : &lt;b&gt;\n\nA';
  const text = linesOf(plain);
  expect(isFormatted(text)).toBe(false);
  expect(plainOf(text).replaceAll('\u00a0', ' ')).toBe(plain);
  expect(isFormatted(readFormatted('<div>un <b>mot</b></div>'))).toBe(true);
});

it('knows its own HTML again, and no other', () => {
  const html = writeHtml(readFormatted('<p>un <b>mot</b></p><ul><li>x</li></ul>'));
  expect(ownFormatted(html)).toEqual(readFormatted(html));
  expect(ownFormatted(html.replaceAll('\n', '\r\n'))).toEqual(readFormatted(html));
  expect(ownFormatted(html.replace('<b>', '<b style="color:red">'))).toBe(null);
  expect(ownFormatted('<p>un mot</p>')).toBe(null);
});

const OURS = /<\/?(?:div|b|i|ul|ol|li)>|<br>|<\/a>|<a href="(?:https?:|mailto:)[^"<>]*">/g;
const PICTURE =
  /<img src="cid:[^"<>]*" alt="[^"<>]*"(?: width="\d{1,3}")? style="max-width:100%">/g;

describe.skipIf(!hasCorpora)('hostile HTML (skipped where the corpora are not beside)', () => {
  const { some, rest } = sliced(4, hasCorpora ? hostileHtml() : []);
  it('leaves nothing but words, of one in four', () => leavesWords(some));
  it('leaves nothing but words, of the others', SOAKED, () => leavesWords(rest));

  function leavesWords(vectors: typeof some): void {
    for (const [name, html] of vectors) {
      const text = readFormatted(html);
      const left = htmlFragment(text).replace(OURS, '').replace(PICTURE, '');
      expect(left, name).not.toMatch(/[<>]/);
      expect(ownFormatted(writeHtml(text)), name).toEqual(text);
    }
    console.log(`${vectors.length} documents read: nothing but words`);
  }
});

const SEED = randomInt(2 ** 31);
const ROUNDS = 1_000 * TIMES;
const PIECES = [
  ...['<p>', '</p>', '<div>', '</div>', '<br>', '<ul>', '<ol>', '</ul>', '</ol>', '<li>', '</li>'],
  ...['<b>', '</b>', '<i>', '</i>', '<pre>', '</pre>', '<h1>', '</h1>', '&nbsp;', ' ', '  ', '\n'],
  ...[
    '<a href="https://a.example/é?x=1&y">',
    '<a href=mailto:x@y.z>',
    '</a>',
    'mot',
    'é<',
    '&amp;',
  ],
  ...['<img src="cid:a@b" alt=" x &quot; ">', '<td>', '\u200b', '<span style="font-weight:bold">'],
];

it('reads what it has written as it was, whatever it was made of', () => {
  let state = SEED;
  const next = (most: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const html = Array.from({ length: 1 + next(14) }, () => PIECES[next(PIECES.length)]).join('');
    const text = readFormatted(html);
    expect(ownFormatted(writeHtml(text)), `seed ${SEED}: ${html}`).toEqual(text);
  }
});
