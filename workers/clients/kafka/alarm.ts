/**
 * When a client's background thread runs next. Deadlines are mostly far away and pushed back again and
 * again, so an alarm already set for an earlier time is left to ring and look again, instead of being
 * cancelled and set anew for every request.
 */
import type { KafkaClientPort } from './port.ts';

export interface Alarm {
  readonly clientId: string;
  /** Whether a call at the present instant is already on its way. */
  ringsNow: boolean;
  /** The next deadline that was asked for, −1 for none. */
  dueUs: number;
}

export function createAlarm(clientId: string): Alarm {
  return { clientId, ringsNow: false, dueUs: -1 };
}

/** Runs the background thread once the work of this instant is done (`Selector.wakeup`). */
export function ringNow(alarm: Alarm, port: KafkaClientPort): void {
  if (alarm.ringsNow) return;
  alarm.ringsNow = true;
  port.wakeAt(alarm.clientId, port.nowUs());
}

/** Runs it at `timeUs` or earlier. */
export function ringBy(alarm: Alarm, timeUs: number, port: KafkaClientPort): void {
  const nowUs = port.nowUs();
  if (timeUs <= nowUs) {
    ringNow(alarm, port);
    return;
  }
  if (alarm.dueUs > nowUs && alarm.dueUs <= timeUs) return;
  alarm.dueUs = timeUs;
  port.wakeAt(alarm.clientId, timeUs);
}

export function rang(alarm: Alarm): void {
  alarm.ringsNow = false;
}
