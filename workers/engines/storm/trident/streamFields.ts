/**
 * The fields of a Trident stream (Storm 2.8.8): which it has after an operation, and what Trident says when one
 * names a field that is not there, or is there twice. It says so while the topology is built.
 *
 * A component of its own: no lane runs Trident.
 */

export type Fields = readonly string[];

/** A function appends its fields, as does a state query. */
export function each(stream: Fields, input: Fields, output: Fields): Fields {
  return distinct([...select(stream, input, stream), ...output]);
}

/** Filters and repartitionings leave the fields as they are; `project` keeps those that it names. */
export function select(stream: Fields, input: Fields, kept: Fields): Fields {
  const missing = input.find((field) => !stream.includes(field));
  if (missing === undefined) return kept;
  throw new Error(
    `Trying to select non-existent field: '${missing}' from stream containing fields fields: <[${stream.join(', ')}]>`,
  );
}

/**
 * Combiner aggregates of a chain, grouped by none or some fields. Each is prepared by a function that writes its
 * field into the tuples, so it may not have the name of one that they have.
 */
export function aggregate(
  stream: Fields,
  groupBy: Fields,
  aggregates: readonly { readonly input: Fields; readonly output: Fields }[],
): Fields {
  let prepared = select(stream, groupBy, stream);
  for (const { input, output } of aggregates) prepared = each(prepared, input, output);
  return [...groupBy, ...aggregates.flatMap(({ output }) => output)];
}

/** `persistentAggregate` of a grouped stream; the fields of the stream of new values. */
export function persistentAggregate(
  stream: Fields,
  groupBy: Fields,
  input: Fields,
  output: Fields,
): Fields {
  const fields = aggregate(stream, groupBy, [{ input, output }]);
  if (output.length === 1) return fields;
  throw new Error(
    `Combiner aggs only take a single field as input. Got this instead: [${output.join(', ')}]`,
  );
}

function distinct(fields: Fields): Fields {
  const twice = fields.find((field, i) => fields.indexOf(field) < i);
  if (twice === undefined) return fields;
  throw new Error(`duplicate field '${twice}'`);
}
