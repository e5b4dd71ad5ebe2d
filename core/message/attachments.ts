/** The files of a message, each with its name, its kind and its danger. */
import { attachedParts, decodedPart } from './body.ts';
import { offeredName } from './file-names.ts';
import { kindOf, worst } from './kinds.ts';
import type { FileKind } from './kinds.ts';
import type { Attachment, FileDanger, Part } from './message.ts';

/** By part path, every name that the part bears. */
export type NamesOfParts = ReadonlyMap<string, readonly string[]>;

/** The attachments in their order. A message within the message is one file, as dangerous as the worst inside it. */
export function readAttachments(raw: Buffer, structure: Part, namesOfParts: NamesOfParts): Attachment[] {
  return attachedParts(structure).map((part) => {
    const names = namesOfParts.get(part.path) ?? [];
    return part.message ? messageFile(raw, part, names, namesOfParts) : plainFile(raw, part, names);
  });
}

function plainFile(raw: Buffer, part: Part, names: readonly string[]): Attachment {
  const bytes = decodedPart(raw, part);
  return attachment(part, names, bytes.length, kindOf(bytes, names));
}

function messageFile(raw: Buffer, part: Part, names: readonly string[], namesOfParts: NamesOfParts): Attachment {
  const inner = part.message ? readAttachments(raw, part.message.structure, namesOfParts) : [];
  const danger: FileDanger = worst(inner.map((file) => file.danger));
  const subject = part.message?.envelope.subject ?? '';
  const named = names.length > 0 ? names : subject === '' ? [] : [`${subject.replace(/[/\\]/g, '-')}.eml`];
  return attachment(part, named, part.bodyEnd - part.bodyStart, { danger, mediaType: 'application/octet-stream', ending: 'eml' });
}

function attachment(part: Part, names: readonly string[], sizeBytes: number, kind: FileKind): Attachment {
  return {
    path: part.path,
    name: offeredName(names, kind.ending),
    mediaType: kind.mediaType,
    sizeBytes,
    danger: kind.danger,
    contentId: part.id?.replace(/^\s*<|>\s*$/g, '') || null,
  };
}
