import { describe, expect, it } from 'vitest';
import { SOAKED, sliced } from '../../../tests/shared/slice.ts';
import { countAfar } from './afar.ts';
import { readBody } from './body.ts';
import { frameDocument, framePolicy, sanitiseMail, textOf, type MailHtmlOptions } from './html.ts';
import { HTML_CHARACTERS } from './limits.ts';
import { readMessage } from './parse.ts';
import { asSent, corpusFiles, cpuMs, hasCorpora, type CorpusFile } from './testing/corpora.ts';
import { hostileHtml } from './testing/hostile-html.ts';
import { wildnessOf } from './testing/tame.ts';

const adult: MailHtmlOptions = {
  audience: 'adult',
  leavingPath: '/partir',
  cid: (id) => (id === 'photo@x' ? '/piece/2' : null),
};
const child: MailHtmlOptions = { ...adult, audience: 'child' };

describe('what is kept and what goes', () => {
  it.each<{ when: string; html: string; then: string }>([
    { when: 'plain words', html: '<p>Bonjour <b>Léa</b></p>', then: '<p>Bonjour <b>Léa</b></p>' },
    { when: 'a script', html: 'a<script>alert(1)</script>b', then: 'ab' },
    { when: 'a handler', html: '<p onclick="x()">a</p>', then: '<p>a</p>' },
    {
      when: 'an id and a class, which could name our own',
      html: '<p id="nav" class="menu" name="x">a</p>',
      then: '<p>a</p>',
    },
    { when: 'an SVG', html: 'a<svg><animate onbegin=alert(1)></svg>b', then: 'ab' },
    { when: 'a style element', html: '<style>p{position:fixed}</style>a', then: 'a' },
    {
      when: 'a picture of the message',
      html: '<img src="cid:photo%40x" alt="nous">',
      then: '<img src="/piece/2" alt="nous" />',
    },
    {
      when: 'a picture that is not there',
      html: '<img src="cid:other" alt="nous">',
      then: '<span>[nous]</span>',
    },
    {
      when: 'a picture from elsewhere',
      html: '<img src="https://track.example/1.gif">',
      then: '<span></span>',
    },
    {
      when: 'an SVG as data',
      html: '<img src="data:image/svg+xml;base64,AAAA">',
      then: '<span></span>',
    },
    {
      when: 'a raster as data',
      html: '<img src="data:image/png;base64,AAAA">',
      then: '<img src="data:image/png;base64,AAAA" alt="" />',
    },
    {
      when: 'a form',
      html: '<form action="//x"><input name="p"><button>ok</button></form>',
      then: 'ok',
    },
    {
      when: 'a style that colours',
      html: '<p style="color:red;font-weight:bold">a</p>',
      then: '<p style="color:red;font-weight:bold">a</p>',
    },
    {
      when: 'a style that covers',
      html: '<p style="position:fixed;top:0;color:red">a</p>',
      then: '<p style="color:red">a</p>',
    },
    {
      when: 'a style that loads',
      html: '<p style="background:url(//x);color:red">a</p>',
      then: '<p style="color:red">a</p>',
    },
    {
      when: 'a style with an escape',
      html: '<p style="background:u\\72l(//x);color:red">a</p>',
      then: '<p>a</p>',
    },
    { when: 'a negative margin', html: '<p style="margin-top:-90px">a</p>', then: '<p>a</p>' },
    { when: 'a remote background', html: '<td background="//x/y.png">a</td>', then: '<td>a</td>' },
  ])('$when', ({ html, then }) => {
    expect(sanitiseMail(html, adult)).toBe(then);
  });
});

describe('pictures from elsewhere', () => {
  const from = (src: string, rest = ''): string => `<img src="${src}" alt="plan"${rest}>`;
  const shown: MailHtmlOptions = { ...adult, afar: 'shown' };
  const ONE = 'https://images.example/plan.png?a=1&amp;b=2';

  it('are left out, counted, and shown to a grown-up who asks, never to a child', () => {
    const html = `<p>${from(ONE)} ${from('https://images.example/b.jpg')}</p>`;
    expect(countAfar(html)).toBe(2);
    expect(sanitiseMail(html, adult)).toBe('<p><span>[plan]</span> <span>[plan]</span></p>');
    expect(sanitiseMail(html, { ...shown, audience: 'child' })).not.toContain('<img');
    expect(sanitiseMail(from(ONE), shown)).toBe(`<img src="${ONE}" alt="plan" />`);
    expect(
      [framePolicy('left-out'), framePolicy('shown')].map((one) => one.includes('https:')),
    ).toEqual([false, true]);
    expect(frameDocument('', 'shown')).toContain("img-src 'self' data: https:;");
  });

  it.each([
    'http://images.example/a.png',
    '//127.0.0.1/a.png',
    'https://192.168.1.1/a.png',
    'https://[::1]/a.png',
    'https://2130706433/a.png',
    'https://imprimante/a.png',
    'https://imprimante.local/a.png',
    'https://localhost/a.png',
    'https://images.example:8443/a.png',
    'https://ecole@images.example/a.png',
    'javascript:alert(1)',
    'data:image/svg+xml,<svg/>',
  ])('never are where they lead to %s', (src) => {
    expect(countAfar(from(src))).toBe(0);
    expect(sanitiseMail(from(src), shown)).not.toContain('<img');
  });

  it('never are a point, which is there to report', () => {
    for (const size of [' width="1" height="1"', ' width=0', ' height="1px"']) {
      expect(countAfar(from(ONE, size))).toBe(0);
      expect(sanitiseMail(from(ONE, size), shown)).not.toContain('<img');
    }
  });
});

describe('links', () => {
  const out = (href: string, text: string, options = adult): string =>
    sanitiseMail(`<a href="${href}">${text}</a>`, options);
  /** What stands at the end of a link whose words name no host, or another's. */
  const host = (name: string): string =>
    ` <small style="color:#1b1b1b;background-color:#fff">[${name}]</small>`;
  const open = (href: string): string =>
    `<a href="${href}" target="_blank" rel="noopener noreferrer">`;
  it.each<{ when: string; is: string; then: string }>([
    {
      when: 'its text names its host',
      is: out('https://a.fr/x', 'a.fr'),
      then: `${open('https://a.fr/x')}a.fr</a>`,
    },
    {
      when: 'its text names another',
      is: out('https://evil.test/', 'www.ecole.fr'),
      then: `${open('https://evil.test/')}www.ecole.fr${host('evil.test')}</a>`,
    },
    {
      when: 'its text says nothing',
      is: out('https://a.fr/', 'ici'),
      then: `${open('https://a.fr/')}ici${host('a.fr')}</a>`,
    },
    {
      when: 'a user name looks like the school',
      is: out('https://ecole.fr@evil.test/', 'ecole.fr'),
      then: `${open('https://evil.test/')}ecole.fr${host('evil.test')}</a>`,
    },
    { when: 'javascript', is: out('java\tscript:alert(1)', 'x'), then: '<a>x</a>' },
    { when: 'data', is: out('data:text/html,x', 'x'), then: '<a>x</a>' },
    {
      when: 'no scheme',
      is: out('//evil.test', 'x'),
      then: `${open('https://evil.test/')}x${host('evil.test')}</a>`,
    },
    {
      when: 'a link in a link',
      is: out('https://a.fr/', 'a.fr<a href="https://evil.test/">a.fr</a>'),
      then: `${open('https://a.fr/')}a.fr</a>${open('https://evil.test/')}a.fr${host('evil.test')}</a>`,
    },
    { when: 'mailto', is: out('mailto:a@b.fr?body=x', 'x'), then: '<a href="mailto:a@b.fr">x</a>' },
    { when: 'mailto for a child', is: out('mailto:a@b.fr', 'x', child), then: '<a>x</a>' },
    {
      when: 'a child asks first',
      is: out('https://a.fr/x?y=1', 'a.fr', child),
      then: `${open('/partir?to=https%3A%2F%2Fa.fr%2Fx%3Fy%3D1')}a.fr</a>`,
    },
  ])('$when', ({ is, then }) => {
    expect(is).toBe(then);
  });
});

describe('bounds', () => {
  const { some, rest } = sliced<{ readonly when: string; readonly html: string }>(2, [
    { when: 'depth 20,000', html: '<div>'.repeat(20_000) + 'x' },
    { when: '35,000 links', html: '<a href="//x">'.repeat(35_000) },
    { when: 'longer than the limit', html: `<b>x</b>${'y'.repeat(HTML_CHARACTERS)}` },
    { when: 'attributes without end', html: `<p ${'a=1 '.repeat(100_000)}>` },
    { when: 'open angles', html: '<'.repeat(400_000) },
    {
      when: 'links and closing tags apart',
      html: '<a href="http://x.y">'.repeat(200) + '<b>'.repeat(40) + 'z'.repeat(400_000),
    },
  ]);
  it.each(some)('$when', isBounded);
  it.each(rest)('$when, too', SOAKED, isBounded);

  function isBounded({ html }: (typeof some)[number]): void {
    const { result, ms } = cpuMs(() => sanitiseMail(html, adult));
    expect(wildnessOf(result)).toEqual([]);
    expect(ms).toBeLessThan(1_000);
  }

  it('frames a document that says its charset and its policy', () => {
    expect(frameDocument('<p>a</p>')).toContain(
      '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'',
    );
  });
});

describe.skipIf(!hasCorpora)(
  'the corpora (skipped where they are not beside the repository)',
  () => {
    it('leaves nothing that runs, loads or leaves its box', () => tameAll(documents('some')));
    it('nor does it of the others', SOAKED, () => tameAll(documents('rest')));

    const documents = (which: 'some' | 'rest') => [
      ...sliced(18, hostileHtml())[which],
      ...bodiesOf(sliced(18, mails())[which]),
    ];
    function tameAll(snippets: readonly (readonly [name: string, html: string])[]): void {
      const wild: string[] = [];
      let slowest = 0;
      for (const [name, html] of snippets) {
        for (const options of [adult, child]) {
          const { result, ms } = cpuMs(() => sanitiseMail(html, options));
          slowest = Math.max(slowest, ms);
          const faults = [...wildnessOf(result), ...wildnessOf(sanitiseMail(result, options))];
          if (faults.length > 0) wild.push(`${name}: ${faults.join('; ')}`);
        }
      }
      console.log(
        `sanitised ${snippets.length} documents twice: ${wild.length} wild, slowest ${slowest.toFixed(0)} ms`,
      );
      expect(wild).toEqual([]);
      expect(slowest).toBeLessThan(1_000);
    }
  },
);

const mails = () => [...corpusFiles('attacks'), ...corpusFiles('mime-')];

function bodiesOf(files: readonly CorpusFile[]): [string, string][] {
  return files.flatMap(({ name, bytes }) => {
    const raw = asSent(bytes);
    const read = readMessage(raw);
    if (read.kind === 'refused') return [];
    expect(typeof textOf(raw, read.message)).toBe('string');
    const { html } = readBody(raw, read.message.structure);
    return html === null ? [] : [[name, html] as [string, string]];
  });
}
