import { entryKinds } from '../../workers/trace/format.ts';
import type { ColourName } from '../design/theme.ts';
import type { RunModel } from '../run/RunModel.ts';
import { accentOf } from '../stage/glyphs/palette.ts';
import { secondsText, spanText } from '../stage/glyphs/units.ts';
import { systemOf, type System } from '../stage/scene.ts';

/** One thing that happened to a record. */
export interface LifeEvent {
  readonly timeUs: number;
  /** Where: a part or a lane, in words. */
  readonly where: string;
  readonly what: string;
  readonly colour: ColourName;
  /** It ended or went wrong here. */
  readonly bad: boolean;
}

/** A record's life, hop by hop, in the order of time. */
export function lifeOf(model: RunModel, record: number): LifeEvent[] {
  const events = [...happenings(model, record), ...windowEvents(model, record)];
  return events.sort((a, b) => a.timeUs - b.timeUs);
}

function happenings({ run, index }: RunModel, record: number): LifeEvent[] {
  const { trace, texts } = run;
  const { parts, pipes } = index.header;
  const colours = partColours(run.header.parts, run.lanes);
  const events: LifeEvent[] = [];
  const add = (timeUs: number, part: string, what: string, bad = false): void => {
    events.push({ timeUs, where: part, what, colour: colours.get(part) ?? 'ink2', bad });
  };
  for (let i = 0; i < trace.length; i += 1) {
    if (trace.records[i] !== record) continue;
    const subject = trace.subjects[i]!;
    const timeUs = trace.timesUs[i]!;
    const value = trace.values[i]!;
    const part = parts[subject]?.id ?? '';
    const kind = trace.kinds[i];
    const text = texts[value] ?? '';
    if (kind === entryKinds.write) add(timeUs, part, 'written');
    else if (kind === entryKinds.leave) add(timeUs, part, 'leaves');
    else if (kind === entryKinds.drop) add(timeUs, part, `lost: ${text}`, true);
    else if (kind === entryKinds.finding) add(timeUs, part, text, true);
    else if (kind === entryKinds.mark) add(timeUs, part, text);
    else if (kind === entryKinds.send) {
      const { from = '', to = '' } = pipes[subject] ?? {};
      add(value, to, `arrives from ${from}, sent at ${secondsText(timeUs)} s`);
    }
  }
  return events;
}

function partColours(
  parts: RunModel['run']['header']['parts'],
  lanes: RunModel['run']['lanes'],
): Map<string, ColourName> {
  const systems = new Map<string, System>();
  for (const { node } of parts) {
    if (systems.has(node)) continue;
    const lane = lanes.find((own) => own.node === node);
    const own = parts.filter((part) => part.node === node);
    systems.set(node, systemOf(own, lane?.engine ?? null));
  }
  return new Map(
    parts.map(({ id, node }) => {
      const system = systems.get(node) ?? 'web-server';
      return [id, system === 'web-server' ? 'ink' : accentOf(system)];
    }),
  );
}

function windowEvents({ lanes }: RunModel, record: number): LifeEvent[] {
  const events: LifeEvent[] = [];
  for (const lane of lanes) {
    const { engine, node, occurrences } = lane.lane;
    const colour = accentOf(engine);
    for (let i = 0; i < occurrences.records.length; i += 1) {
      if (occurrences.records[i] !== record) continue;
      const undoneUs = occurrences.undoneUs[i]!;
      if (undoneUs === Infinity) continue;
      events.push({
        timeUs: undoneUs,
        where: node,
        what: 'the state forgets it',
        colour,
        bad: true,
      });
    }
    for (const output of lane.outputs) {
      const times = lane.membersOf(output).filter((member) => member === record).length;
      if (times === 0) continue;
      const span = `${spanText(output.startUs, output.endUs)} s`;
      const often = times > 1 ? `, ${String(times)} times` : '';
      events.push({
        timeUs: output.visibleUs,
        where: node,
        what: `counted in the result of ${span}${often}`,
        colour,
        bad: false,
      });
    }
  }
  return events;
}
