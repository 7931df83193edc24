/**
 * Escapes in paths and topics (`org.apache.flume.formatter.output.BucketPath`, Flume 1.11.0):
 * `%{header}`, `%[localhost]`, and letters for the time of the event's `timestamp` header, which may be
 * rounded down. A time letter without that header is an error, not today's date: such an event is
 * taken, rolled back and taken again for ever.
 *
 * Simplification: the time zone is UTC whatever `hdfs.timeZone` says; machines have names only.
 */
import { civilFromDays, daysFromCivil } from '../../../input/civilTime.ts';
import { EventDeliveryException } from './sinkException.ts';

export interface Escaping {
  readonly nowMs: number;
  /** The agent's clock instead of the header. */
  readonly useLocalTimeStamp: boolean;
  readonly round: { readonly unit: 'second' | 'minute' | 'hour'; readonly value: number } | null;
  readonly host: string;
}

export const noRounding = { useLocalTimeStamp: false, round: null, host: 'localhost' };

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** @throws EventDeliveryException with the message of the exception that the real one throws */
export function escapePath(
  path: string,
  headers: ReadonlyMap<string, string | null>,
  escaping: Escaping,
): string {
  return path.replace(
    /%(\w|%)|%\{([\w.-]+)\}|%\[(\w+)\]/g,
    (_match, letter: string | undefined, header: string | undefined, host: string | undefined) => {
      if (header !== undefined) return headers.get(header) ?? '';
      if (host !== undefined) return staticText(host, escaping);
      return timeText(letter as string, headers, escaping);
    },
  );
}

function staticText(name: string, escaping: Escaping): string {
  if (['localhost', 'ip', 'fqdn'].includes(name.toLowerCase())) return escaping.host;
  throw new EventDeliveryException(
    `The static escape string '${name}' was provided but does not match any of (localhost,IP,FQDN)`,
  );
}

function timeText(
  letter: string,
  headers: ReadonlyMap<string, string | null>,
  escaping: Escaping,
): string {
  // Even %% asks for the time before anything else.
  const timestamp = escaping.useLocalTimeStamp ? String(escaping.nowMs) : timestampOf(headers);
  const time = fieldsOf(roundDown(Number(timestamp), escaping.round));
  switch (letter) {
    case '%':
      return '%';
    case 't':
      return timestamp;
    case 's':
      return String(Math.floor(time.epochMs / 1000));
    case 'c':
      return `${time.weekday.slice(0, 3)} ${time.monthName.slice(0, 3)} ${time.day} ${clock(time)} ${time.year}`;
    case 'D':
      return `${two(time.month)}/${two(time.day)}/${two(time.year % 100)}`;
    default:
      return fieldText(letter, time);
  }
}

function timestampOf(headers: ReadonlyMap<string, string | null>): string {
  const header = headers.get('timestamp') ?? null;
  if (header === null) {
    throw new EventDeliveryException(
      'Expected timestamp in the Flume event headers, but it was null',
    );
  }
  if (!/^[+-]?\d{1,15}$/.test(header)) {
    throw new EventDeliveryException(
      "Flume wasn't able to parse timestamp header in the event to resolve time based bucketing. " +
        "Please check that you're correctly populating timestamp header (for example using " +
        'TimestampInterceptor source interceptor).',
    );
  }
  return header;
}

type Fields = ReturnType<typeof fieldsOf>;

function fieldsOf(epochMs: number) {
  const day = Math.floor(epochMs / 86_400_000);
  const second = Math.floor(epochMs / 1000) - day * 86_400;
  const date = civilFromDays(day);
  return {
    epochMs,
    ...date,
    dayOfYear: day - daysFromCivil(date.year, 1, 1) + 1,
    weekday: days[(((day + 4) % 7) + 7) % 7] as string,
    monthName: months[date.month - 1] as string,
    hour: Math.floor(second / 3600),
    minute: Math.floor(second / 60) % 60,
    second: second % 60,
  };
}

/** An unknown letter leaves nothing. */
function fieldText(letter: string, time: Fields): string {
  const hour12 = time.hour % 12 === 0 ? 12 : time.hour % 12;
  const texts = new Map([
    ['a', time.weekday.slice(0, 3)],
    ['A', time.weekday],
    ['b', time.monthName.slice(0, 3)],
    ['B', time.monthName],
    ['d', two(time.day)],
    ['e', String(time.day)],
    ['H', two(time.hour)],
    ['I', two(hour12)],
    ['j', String(time.dayOfYear).padStart(3, '0')],
    ['k', String(time.hour)],
    ['l', String(hour12)],
    ['m', two(time.month)],
    ['M', two(time.minute)],
    ['n', String(time.month)],
    ['p', time.hour < 12 ? 'AM' : 'PM'],
    ['S', two(time.second)],
    ['y', two(time.year % 100)],
    ['Y', String(time.year)],
    ['z', '+0000'],
  ]);
  return texts.get(letter) ?? '';
}

function clock(time: Fields): string {
  return [time.hour, time.minute, time.second].map(two).join(':');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** `TimestampRoundDownUtil`: floors the field and clears all smaller ones. */
function roundDown(epochMs: number, round: Escaping['round']): number {
  if (round === null) return epochMs;
  const { hour, minute, second } = fieldsOf(epochMs);
  const midnightMs = Math.floor(epochMs / 86_400_000) * 86_400_000;
  const floored = (field: number) => field - (field % round.value);
  switch (round.unit) {
    case 'second':
      return midnightMs + (hour * 3600 + minute * 60 + floored(second)) * 1000;
    case 'minute':
      return midnightMs + (hour * 60 + floored(minute)) * 60_000;
    case 'hour':
      return midnightMs + floored(hour) * 3_600_000;
  }
}
