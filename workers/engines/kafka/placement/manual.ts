/** Replicas that a person wrote down (`--replica-assignment`), as `ReplicationControlManager` 3.9 checks them. */

/** The message of the real `InvalidReplicaAssignmentException`, or null for a good assignment. */
export function manualAssignmentProblem(
  assignment: readonly (readonly number[])[],
  brokers: readonly number[],
): string | null {
  const says = 'The manual partition assignment includes';
  let replicationFactor: number | null = null;
  for (const replicas of assignment) {
    if (replicas.length === 0) return `${says} an empty replica list.`;
    const sorted = [...replicas].sort((a, b) => a - b);
    for (const [index, broker] of sorted.entries()) {
      if (!brokers.includes(broker)) {
        return `${says} broker ${broker}, but no such broker is registered.`;
      }
      if (broker === sorted[index - 1]) return `${says} the broker ${broker} more than once.`;
    }
    if (replicationFactor !== null && replicas.length !== replicationFactor) {
      return `${says} a partition with ${replicas.length} replica(s), but this is not consistent with previous partitions, which have ${replicationFactor} replica(s).`;
    }
    replicationFactor = replicas.length;
  }
  return null;
}
