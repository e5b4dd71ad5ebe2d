import { compose, type ComposedFile } from '../../letters/message/compose.ts';

/**
 * A file as it stands in a message: its name on one line, and the type that its sender gave where
 * that is one.
 */
export function asWritten({ name, mediaType, bytes, contentId }: ComposedFile): ComposedFile {
  const isType = /^[\w.+-]+\/[\w.+-]+$/.test(mediaType);
  const type = isType ? mediaType : 'application/octet-stream';
  return { name: oneLine(name), mediaType: type, bytes, contentId: contentId ?? null };
}

/** Without what ends a header line (RFC 5322 §2.2). */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/**
 * A message that is this file and nothing else, so that it is judged by its name, its type and its
 * content as a whole message is; null for what can be attached to none.
 */
export async function composedAlone(file: ComposedFile): Promise<Buffer | null> {
  const composed = await compose({
    from: { name: '', address: 'file@preau.invalid' },
    to: [],
    cc: [],
    subject: '',
    text: '',
    inReplyTo: null,
    references: [],
    date: new Date(0),
    messageId: '<file@preau.invalid>',
    headers: {},
    attachments: [asWritten(file)],
  });
  return composed.kind === 'refused' ? null : composed.raw;
}
