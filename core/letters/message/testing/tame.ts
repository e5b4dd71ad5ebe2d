/**
 * An independent look at sanitised HTML: takes it apart with a tokenizer of its own and says what
 * is wrong with it. It shares no list and no code with the sanitiser; it knows what may never be
 * there, and what addresses may.
 */

const MAY_STAND =
  /^(?:a|abbr|address|b|bdi|big|blockquote|br|caption|center|cite|code|col|colgroup|dd|del|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|samp|section|article|header|footer|main|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|wbr)$/;
const TOKEN = /<(\/?)([A-Za-z][^\s/>]*)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*(\/?)>|<[^>]*>?/g;
const ATTRIBUTE = /([^\s=>/]+)(?:="([^"]*)")?/g;
const LOADING_STYLE =
  /url|image|@|\\|expression|import|behaviou?r|binding|var\s*\(|attr\s*\(|position|\/\//i;

/** Everything in it that runs, loads from elsewhere or leaves its box; empty for tame HTML. */
export function wildnessOf(html: string): string[] {
  const found: string[] = [];
  for (const [token, , name = '', attributes = ''] of html.matchAll(TOKEN)) {
    if (name === '') {
      found.push(`markup that no tokenizer is sure of: ${token.slice(0, 40)}`);
      continue;
    }
    if (!MAY_STAND.test(name)) found.push(`element ${name}`);
    for (const [, attribute = '', value = ''] of attributes.matchAll(ATTRIBUTE))
      found.push(...faultsOf(name, attribute.toLowerCase(), decoded(value)));
  }
  return found;
}

function faultsOf(element: string, attribute: string, value: string): string[] {
  if (attribute === 'href')
    return /^(?:https?:\/\/|mailto:[^\s]+@|\/partir\?to=http)/.test(value) && element === 'a'
      ? []
      : [`href ${value.slice(0, 40)}`];
  if (attribute === 'src')
    return /^(?:data:image\/(?:png|jpeg|gif|webp);base64,|\/piece\/)/.test(value) &&
      element === 'img'
      ? []
      : [`src ${value.slice(0, 40)}`];
  if (attribute === 'style')
    return LOADING_STYLE.test(value) ? [`style ${value.slice(0, 60)}`] : [];
  if (attribute === 'alt' || attribute === 'rel' || attribute === 'target') return [];
  if (
    /^on|^(?:srcset|background|poster|action|formaction|data|xlink:href|id|name|class|srcdoc|http-equiv|content|ping|form)$/.test(
      attribute,
    )
  )
    return [`attribute ${attribute}`];
  return /[a-z]:|\/\/|url\(/i.test(value) ? [`attribute ${attribute}=${value.slice(0, 40)}`] : [];
}

function decoded(value: string): string {
  return value
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
