/**
 * `java.lang.String.hashCode` (JDK 8 to 21): s[0]·31^(n−1) + s[1]·31^(n−2) + … + s[n−1] over UTF-16
 * code units, in 32-bit arithmetic that wraps.
 *
 * Engines inherit this number wherever a Java map, set or partitioner decides who comes first.
 *
 * @returns a signed 32-bit integer
 */
export function stringHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash;
}
