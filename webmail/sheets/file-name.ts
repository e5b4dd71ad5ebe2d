/** A class may be called « CM1/CM2 » or « .. »: what a folder can't hold becomes a hyphen. */
export function sheetFileName(group: string): string {
  const plain = group
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, '-')
    .replace(/^[.\s-]+/, '')
    .slice(0, 80)
    .trim();
  return plain === '' ? 'classe' : plain;
}
