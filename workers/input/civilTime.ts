// The time stamp of a log line, [17/May/2015:10:05:03 +0000], to and from milliseconds of the Unix
// epoch, without Date: the simulator names no clock. Leap seconds do not exist here, as in POSIX.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;

/** Days from 1970-01-01 in the Gregorian calendar. */
export function daysFromCivil(year: number, month: number, day: number): number {
  // March is month 0 of the counting year, so that the leap day is the year's last.
  const countingYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(countingYear / 400);
  const yearOfEra = countingYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The inverse of daysFromCivil. */
export function civilFromDays(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const countingMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * countingMonth + 2) / 5) + 1;
  const month = countingMonth < 10 ? countingMonth + 3 : countingMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/**
 * Milliseconds of the epoch for `17/May/2015:10:05:03 +0000`, or null for anything else, such as
 * the thirtieth of February.
 */
export function parseLogTime(stamp: string): number | null {
  const match = /^(\d\d)\/([A-Z][a-z][a-z])\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(
    stamp,
  );
  if (!match) return null;
  const [, day, monthName, year, hour, minute, second, sign, zoneHour, zoneMinute] = match;
  const month = MONTHS.indexOf(monthName ?? '') + 1;
  if (month === 0) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const days = daysFromCivil(Number(year), month, Number(day));
  const again = civilFromDays(days);
  if (again.month !== month || again.day !== Number(day)) return null;
  const clockMs = (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000;
  const zoneMs = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000;
  return days * DAY_MS + clockMs - (sign === '-' ? -zoneMs : zoneMs);
}

/** `17/May/2015:10:05:03 +0000`, in UTC; what is below a second is cut off, as the servers do. */
export function formatLogTime(epochMs: number): string {
  const days = Math.floor(epochMs / DAY_MS);
  const { year, month, day } = civilFromDays(days);
  const second = Math.floor((epochMs - days * DAY_MS) / 1000);
  const clock = [second / 3600, (second / 60) % 60, second % 60].map((part) => digits(part, 2));
  return `${digits(day, 2)}/${MONTHS[month - 1] ?? ''}/${digits(year, 4)}:${clock.join(':')} +0000`;
}

function digits(value: number, width: number): string {
  return String(Math.floor(value)).padStart(width, '0');
}
