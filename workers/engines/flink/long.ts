/**
 * Java's `long` bounds, as Flink uses them: a watermark of `Long.MIN_VALUE` says nothing yet, one of
 * `Long.MAX_VALUE` says that event time has ended, and a record stamped `Long.MIN_VALUE` has no timestamp.
 *
 * A JavaScript number cannot hold 2^63−1; LONG_MAX is 2^63, which no real timestamp reaches. Arithmetic
 * on either bound must be avoided, since neighbours of 2^63 are 1024 apart.
 */
export const LONG_MIN = -9223372036854775808;
export const LONG_MAX = 9223372036854775808;
