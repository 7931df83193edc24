// Seconds as people write them, from and to whole milliseconds or microseconds: no rounding lies
// between a link and its run.

/** `17.4` for 17 400 and 3 decimals. */
export function decimalText(count: number, decimals: number): string {
  const digits = String(count).padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return digits.slice(0, -decimals) + (fraction === '' ? '' : `.${fraction}`);
}

/** 17 400 for `17.4` and 3 decimals; the text is digits with at most that many behind the point. */
export function readDecimal(text: string, decimals: number): number {
  const [seconds = '', fraction = ''] = text.split('.');
  return Number(seconds + fraction.padEnd(decimals, '0'));
}
