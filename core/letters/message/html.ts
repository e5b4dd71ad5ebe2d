/**
 * Mail HTML made fit to be shown: an allow-list of elements, attributes and styles (no SVG, no
 * MathML, no style element), nothing loaded from anywhere but the pictures that a grown-up has
 * asked for, links that say where they lead. It is one of three walls: the sandboxed frame and its
 * policy stand behind it, so that any one may fail (decision 28, "XSS in bodies").
 */
import sanitizeHtml from 'sanitize-html';
import type { Attributes, IOptions, Tag } from 'sanitize-html';
import { afarPicture, type Afar } from './afar.ts';
import { readBody } from './body.ts';
import { readOldColour } from './colours.ts';
import { keptStyle } from './css.ts';
import { depthOf, readHtml } from './html-text.ts';
import { HTML_CHARACTERS, HTML_DEPTH, LINK_CHARACTERS } from './limits.ts';
import { normaliseLink } from './links.ts';
import type { ReadMessage } from './message.ts';
import { groundOf, type Ground } from './standing-on.ts';

export interface MailHtmlOptions {
  /** A child's links lead to a page of ours that asks first, and a child has no mailto links. */
  readonly audience: 'child' | 'adult';
  /** Whether pictures from elsewhere are shown; a child's never are. */
  readonly afar?: Afar;
  /**
   * The address of a picture of the message, by its Content-ID: a path of ours or a `data:` raster
   * image; null when there is none. A frame without allow-same-origin sends no SameSite cookie, so
   * a path only works where the path itself is the key.
   */
  readonly cid: (id: string) => string | null;
  /**
   * The page of ours that asks « Tu quittes Préau ? »; the link follows as `?to=`. Used for
   * children.
   */
  readonly leavingPath: string;
}

const TAGS =
  `a abbr address b bdi big blockquote br caption center cite code col colgroup dd del div dl dt em figcaption figure font
  h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section article header footer main small span strike strong sub sup
  table tbody td tfoot th thead tr tt u ul var wbr`.split(/\s+/);
/** Elements whose content is no text to read. */
const SILENT = [
  'script',
  'style',
  'textarea',
  'option',
  'select',
  'noscript',
  'noembed',
  'noframes',
  'xmp',
  'plaintext',
  'title',
  'template',
  'iframe',
  'object',
  'svg',
  'math',
  'audio',
  'video',
  'canvas',
];
const EVERYWHERE = [
  'dir',
  'lang',
  'title',
  'align',
  'valign',
  'width',
  'height',
  'bgcolor',
  'color',
  'size',
  'border',
  'cellpadding',
  'cellspacing',
  'colspan',
  'rowspan',
  'span',
  'start',
  'type',
  'scope',
];
const RASTER = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+$/;
/** What any plain attribute may hold: no address, no markup, no escape. */
const PLAIN_VALUE = /^[\p{L}\p{N}\s#%.,'’()!?+*-]{0,200}$/u;

/**
 * The HTML to put into the frame. Too long or too deep a document (`HTML_CHARACTERS`, `HTML_DEPTH`)
 * is given as its plain text, so the time is bounded: 100 ms for the worst document that passes.
 * Called on every show, never stored.
 */
export function sanitiseMail(html: string, options: MailHtmlOptions): string {
  if (html.length > HTML_CHARACTERS || depthOf(html) > HTML_DEPTH)
    return `<pre>${escaped(readHtml(html).text)}</pre>`;
  return withHostsShown(
    sanitizeHtml(html.replaceAll('\0', ''), optionsFor(options, groundOf(html))),
    options,
  );
}

/**
 * The policy of the frame's response, header and document alike. The frame's sandbox is
 * `allow-popups allow-popups-to-escape-sandbox`, nothing else.
 */
const FRAME_POLICY =
  "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

/** The same; where a reader has said so, pictures come from elsewhere too, over TLS alone. */
export function framePolicy(afar: Afar): string {
  return afar === 'shown' ? FRAME_POLICY.replace(' data:;', ' data: https:;') : FRAME_POLICY;
}

/**
 * A whole document for the sandboxed frame around what `sanitiseMail` gave. Always UTF-8, so no
 * charset is ever guessed.
 */
export function frameDocument(sanitised: string, afar: Afar = 'left-out'): string {
  // a meta element can't say it (CSP 3 §3.3)
  const [policy = ''] = framePolicy(afar).split('; frame-ancestors');
  return (
    `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    '<meta name="referrer" content="no-referrer"><title>Message</title><style>' +
    'html{font:16px/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff;overflow-wrap:anywhere}body{margin:0}' +
    'img{max-width:100%;height:auto}pre{white-space:pre-wrap;font:inherit}table{max-width:100%}' +
    `</style></head><body>${sanitised}</body></html>`
  );
}

/** The message as plain text: its text, or what its HTML says. */
export function textOf(raw: Buffer, message: ReadMessage): string {
  const body = readBody(raw, message.structure);
  return body.text ?? (body.html === null ? '' : readHtml(body.html).text);
}

function optionsFor(options: MailHtmlOptions, ground: Ground): IOptions {
  return {
    allowedTags: TAGS,
    allowedAttributes: {
      '*': ['style', ...EVERYWHERE],
      a: ['href', 'target', 'rel'],
      img: ['src', 'alt'],
    },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowedSchemesByTag: { img: isShown(options) ? ['data', 'https'] : ['data'] },
    allowProtocolRelative: false,
    parseStyleAttributes: false, // `keptStyle` has done it
    nonTextTags: SILENT,
    onOpenTag: () => ground.opens(),
    onCloseTag: () => ground.closes(),
    transformTags: Object.fromEntries(
      [...TAGS, 'body'].map((tag) => [
        tag,
        (name: string, attributes: Attributes) => kept(name, attributes, options, ground),
      ]),
    ),
    disallowedTagsMode: 'discard',
    enforceHtmlBoundary: false,
  };
}

function kept(name: string, attributes: Attributes, options: MailHtmlOptions, ground: Ground): Tag {
  const style = keptStyle(name === 'body' ? bodyStyle(attributes) : (attributes['style'] ?? ''));
  const css = [style.css, ground.stands(name, attributes, style)].filter((one) => one !== '');
  const attribs: Attributes = css.length === 0 ? {} : { style: css.join(';') };
  if (name === 'body') return { tagName: css.length === 0 ? 'body' : 'div', attribs };
  for (const attribute of EVERYWHERE) {
    const value = attributes[attribute];
    if (value === undefined || !PLAIN_VALUE.test(value)) continue;
    if (!/color$/.test(attribute) || readOldColour(value) !== null) attribs[attribute] = value;
  }
  if (name === 'a') Object.assign(attribs, linkAttributes(attributes['href'] ?? '', options));
  if (name === 'img') return picture(attribs, attributes, options);
  return { tagName: name, attribs };
}

/** Of a letter's body a box is left: what its old attributes say is said by a style. */
function bodyStyle({ bgcolor = '', text = '', style = '' }: Attributes): string {
  const said = (property: string, colour: string): string =>
    colour === '' ? '' : `${property}:${colour.trim().replace(/^[0-9a-f]{6}$/i, '#$&')};`;
  return said('background', bgcolor) + said('color', text) + style;
}

function picture(
  attribs: Attributes,
  { src = '', alt = '', width = '', height = '' }: Attributes,
  options: MailHtmlOptions,
): Tag {
  const text = alt.slice(0, 200);
  const address = src.trim();
  const afar = isShown(options) ? afarPicture(address, { width, height }) : null;
  if (afar !== null) return { tagName: 'img', attribs: { ...attribs, src: afar, alt: text } };
  const found = /^cid:/i.test(address) ? options.cid(decodedId(address.slice(4))) : address;
  const shown =
    found !== null &&
    (RASTER.test(found) || (found !== address && /^\/(?![\\/])[^\s"'<>\\]*$/.test(found)));
  return shown
    ? { tagName: 'img', attribs: { ...attribs, src: found, alt: text } }
    : { tagName: 'span', attribs: {}, text: text === '' ? '' : `[${text}]` };
}

const isShown = ({ audience, afar }: MailHtmlOptions): boolean =>
  audience === 'adult' && afar === 'shown';

/** RFC 2392: the Content-ID is percent-encoded in a cid URL. */
function decodedId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function linkAttributes(href: string, { audience, leavingPath }: MailHtmlOptions): Attributes {
  const address = /^\s*mailto:([^\s?"'<>&]{3,254})/i.exec(href)?.[1];
  if (address !== undefined) return audience === 'adult' ? { href: `mailto:${address}` } : {};
  const link = targetOf(href);
  if (link === null) return {};
  const target = audience === 'child' ? `${leavingPath}?to=${encodeURIComponent(link)}` : link;
  return { href: target, target: '_blank', rel: 'noopener noreferrer' };
}

/** Without the name and password that make `https://ecole@evil.example` look like the school. */
function targetOf(href: string): string | null {
  const link = href.length > LINK_CHARACTERS ? null : normaliseLink(href);
  const url = link === null ? null : URL.parse(link);
  if (!url) return null;
  url.username = '';
  url.password = '';
  return url.href;
}

/** To be read whatever the letter paints behind its links. */
const HOST_LOOK = 'color:#1b1b1b;background-color:#fff';
/** Characters of a link's text that are looked at for a host. */
const LINK_TEXT_CHARACTERS = 300;

/**
 * Every link, as the sanitiser writes it, with its host at its end where its text doesn't say it.
 * Linear: cut once at each link's ends.
 */
function withHostsShown(html: string, options: MailHtmlOptions): string {
  return html
    .split(/(?=<a[ >])|(?=<\/a>)/)
    .map((piece) => {
      if (!piece.startsWith('<a ')) return piece;
      const end = piece.indexOf('>') + 1;
      const host = hostOf(piece.slice(0, end), options);
      return host === '' || saysHost(piece.slice(end, end + LINK_TEXT_CHARACTERS), host)
        ? piece
        : `${piece} <small style="${HOST_LOOK}">[${escaped(host)}]</small>`;
    })
    .join('');
}

function hostOf(tag: string, { audience, leavingPath }: MailHtmlOptions): string {
  const href = (/href="([^"]*)"/.exec(tag)?.[1] ?? '').replaceAll('&amp;', '&');
  const target =
    audience === 'child' && href.startsWith(`${leavingPath}?to=`)
      ? decodedId(href.slice(leavingPath.length + 4))
      : href;
  return /^https?:/.test(target) ? (URL.parse(target)?.host ?? '') : '';
}

/** The host of a link of the web that its own words don't name; empty where they do. */
export function unsaidHost(link: string, words: string): string {
  const host = /^https?:/.test(link) ? (URL.parse(link)?.host ?? '') : '';
  return host === '' || saysHost(words, host) ? '' : host;
}

/** Whether the text names this host before any other. */
function saysHost(inner: string, host: string): boolean {
  const words = inner
    .replace(/<[^>]*>?/g, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}.-]+(?::\d+)?/gu);
  const named = words?.map((word) => word.replace(/^\.+|(?<!\.)\.+$/g, ''));
  return named?.find((word) => /\.\p{L}{2,}(?::\d+)?$/u.test(word)) === host;
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
