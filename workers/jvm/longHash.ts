/**
 * `java.lang.Long.hashCode` (JDK 8 to 21): both halves of the 64 bits, one laid over the other.
 *
 * @param value a whole number that a double holds exactly
 * @returns a signed 32-bit integer
 */
export function longHash(value: number): number {
  // Rounding down gives the upper half of a negative number, too, as two's complement has it.
  return value ^ Math.floor(value / 0x100000000);
}
