/**
 * What has become of a record in a lane, at an instant: exactly one of these, for every record written so far.
 * The numbers stand in the ledger's columns.
 */
export const statuses = [
  /** Written, and not yet in the lane's state. */
  'on the way',
  /** In the lane's state; not all of its windows have a visible result yet, and none that has is wrong. */
  'waiting',
  /** Counted exactly once in every window in which the engine's rule expects it. */
  'right',
  /** Missing from at least one of its windows, and not from all. */
  'some only',
  /** At least one visible result counts it more often than it should. */
  'more than once',
  /** Dropped as late from all of its windows. */
  'late',
  /** The lane lost it. */
  'lost',
  /** Lost before the branch: booked once, for all lanes. */
  'lost before',
  /** The program's own functions let nothing of it through. */
  'filtered',
] as const;

export type Status = (typeof statuses)[number];

export const ON_THE_WAY = 0;
export const WAITING = 1;
export const RIGHT = 2;
export const SOME_ONLY = 3;
export const MORE_THAN_ONCE = 4;
export const LATE = 5;
export const LOST_HERE = 6;
export const LOST_BEFORE = 7;
export const FILTERED = 8;
