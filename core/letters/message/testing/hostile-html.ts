import { corpusFiles, corpusJson } from './corpora.ts';

/** HTML by which somebody tries to have a script run, each with its name; of the corpora. */
export function hostileHtml(): [string, string][] {
  const h5sc = corpusJson('html-h5sc/vectors.json') as { id: number; data: string }[];
  const dompurify = corpusJson('html-dompurify-a/vectors.json') as {
    title?: string;
    payload: string;
  }[];
  const filled = (data: string): string =>
    data.replace(/%js_uri_alert%/g, 'javascript:alert(1)').replace(/%[a-z0-9_]+%/g, 'alert(1)');
  return [
    ...h5sc.map(({ id, data }): [string, string] => [`h5sc ${id}`, filled(data)]),
    ...dompurify.map(({ title, payload }, i): [string, string] => [
      `dompurify ${i} ${title ?? ''}`,
      payload,
    ]),
    ...corpusFiles('html-payload-lists').flatMap(({ name, bytes }): [string, string][] =>
      name.endsWith('.svg')
        ? [[name, bytes.toString('utf8')]]
        : bytes
            .toString('utf8')
            .split('\n')
            .map((line, i) => [`${name}:${i + 1}`, line]),
    ),
  ];
}
