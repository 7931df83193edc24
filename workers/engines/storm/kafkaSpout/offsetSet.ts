/**
 * A set of offsets of one partition. What a spout has to remember of a partition lies close together and
 * grows at its end, where the real one has sets of objects.
 */
import {
  createNearbyMap,
  deleteBelow,
  deleteNearby,
  getNearby,
  keysNearby,
  setNearby,
  type NearbyMap,
} from '../nearbyMap.ts';

export type OffsetSet = NearbyMap<true>;

export function createOffsetSet(): OffsetSet {
  return createNearbyMap();
}

export function hasOffset(set: OffsetSet, offset: number): boolean {
  return getNearby(set, offset) !== undefined;
}

export function addOffset(set: OffsetSet, offset: number): void {
  setNearby(set, offset, true);
}

/** @returns whether it was there */
export function removeOffset(set: OffsetSet, offset: number): boolean {
  return deleteNearby(set, offset);
}

export function removeOffsetsBelow(set: OffsetSet, limit: number): void {
  deleteBelow(set, limit);
}

/** The offsets, ascending. */
export function offsetsOf(set: OffsetSet): number[] {
  return keysNearby(set);
}
