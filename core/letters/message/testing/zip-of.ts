/**
 * A zip with stored entries, for tests: name and text, in their order (APPNOTE 4.3). Checksums are
 * left zero.
 */
export function zipOf(entries: readonly (readonly [name: string, text: string])[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of entries) {
    const local = Buffer.concat([
      header(0x04034b50, 30, name, text),
      Buffer.from(name),
      Buffer.from(text),
    ]);
    const entry = header(0x02014b50, 46, name, text);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, Buffer.from(name));
    locals.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, listing, end]);
}

function header(signature: number, length: 30 | 46, name: string, text: string): Buffer {
  const bytes = Buffer.alloc(length);
  // the directory's entry has the version that made it before the rest
  const shift = length === 46 ? 2 : 0;
  bytes.writeUInt32LE(signature, 0);
  bytes.writeUInt32LE(Buffer.byteLength(text), 18 + shift);
  bytes.writeUInt32LE(Buffer.byteLength(text), 22 + shift);
  bytes.writeUInt16LE(Buffer.byteLength(name), 26 + shift);
  return bytes;
}
