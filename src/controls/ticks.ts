/** All values of a slider from `min` to `max`, without the drift of repeated addition. */
export function sliderValues(min: number, max: number, step: number): number[] {
  const count = Math.round((max - min) / step);
  return Array.from({ length: count + 1 }, (_, i) => Number((min + i * step).toFixed(6)));
}

/** The slider's own step, or the first multiple of it by 2, 5, 10 … with which there are at most `most` ticks. */
export function tickStep(min: number, max: number, step: number, most: number): number {
  for (let decade = 1; ; decade *= 10) {
    for (const factor of [1, 2, 5]) {
      const wide = step * decade * factor;
      if ((max - min) / wide < most) return wide;
    }
  }
}

/** Those of `values` that get a number: thinned by 2, 5, 10 … until at most `most` are left. */
export function namedTicks(values: readonly number[], most: number): number[] {
  for (const every of [1, 2, 5, 10, 20, 50, 100]) {
    const stride = values.filter((_, i) => i % every === 0);
    if (stride.length <= most) return stride;
  }
  return [values[0] ?? 0];
}

/** Where a value stands on its track, 0 to 1. */
export function fraction(value: number, min: number, max: number): number {
  return Math.min(1, Math.max(0, (value - min) / (max - min)));
}
