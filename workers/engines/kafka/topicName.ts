/** What Kafka 3.9 says of names that topics cannot have (`Topic.validate` and the controller). */

const MAX_LENGTH = 249;

/** The message of the real `InvalidTopicException`, or null for a good name. */
export function topicNameProblem(name: string): string | null {
  const problem = nameProblem(name);
  return problem === null ? null : `Topic name is invalid: ${problem}`;
}

function nameProblem(name: string): string | null {
  if (name === '') return 'the empty string is not allowed';
  if (name === '.' || name === '..') return `'${name}' is not allowed`;
  if (name.length > MAX_LENGTH) {
    return `the length of '${name}' is longer than the max allowed length ${MAX_LENGTH}`;
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    return `'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`;
  }
  return null;
}

/** Metric names turn `.` into `_`, so two topics that differ only there collide. */
export function collides(name: string, other: string): boolean {
  return name.replaceAll('.', '_') === other.replaceAll('.', '_');
}
