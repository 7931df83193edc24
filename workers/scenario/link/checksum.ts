// Three bytes that tell a mangled link from a whole one: a letter changed in transit can turn into
// another scenario, which nobody would notice.

export const CHECKSUM_BYTES = 3;

/** FNV-1a, folded to 24 bits. */
export function checksum(bytes: Uint8Array): Uint8Array {
  let hash = 0x811c9dc5 | 0;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  const folded = (hash >>> 24) ^ (hash & 0xffffff);
  return Uint8Array.of(folded >>> 16, folded >>> 8, folded);
}
