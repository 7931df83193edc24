// Version 1 of the payload: three checksum bytes and the scenario's JSON, deflated with a dictionary
// that is the base scenario, in base64url.
//
// FROZEN. A link of version 1 opens for ever, so neither the base nor the order of the steps here may
// change. What does change gets a version2.ts beside this file.

import { present } from '../../kernel/assert.ts';
import { decodeUtf8, encodeUtf8 } from '../../input/utf8.ts';
import type { BenchScenario } from '../benchScenario.ts';
import { refused, type Answer } from '../problem.ts';
import { readPipelineOrBench, readScenarioText } from '../reader.ts';
import type { Scenario } from '../scenario.ts';
import { fromBase64url, toBase64url } from './base64url.ts';
import { BASE_1 } from './base1.ts';
import { checksum, CHECKSUM_BYTES } from './checksum.ts';
import { deflate, inflate } from './deflate.ts';

const PAYLOAD_LIMIT_BYTES = 256 * 1024;

/** What `s=1` stands for: the opening scene as it was when the version was frozen. */
export function baseScenario1(): Scenario {
  const read = readScenarioText(BASE_1);
  return present(read.ok ? read.value : null, 'the base scenario of version 1');
}

export function encodePayload1(scenario: Scenario | BenchScenario): string {
  const json = encodeUtf8(JSON.stringify(scenario));
  const packed = deflate(json, encodeUtf8(BASE_1));
  const payload = new Uint8Array(CHECKSUM_BYTES + packed.length);
  payload.set(checksum(json));
  payload.set(packed, CHECKSUM_BYTES);
  return toBase64url(payload);
}

export function decodePayload1(payload: string): Answer<Scenario | BenchScenario> {
  const mangled = refused('s', 'the scenario in this link is mangled');
  const bytes = fromBase64url(payload);
  if (!bytes) return mangled;
  const json = inflate(bytes.subarray(CHECKSUM_BYTES), encodeUtf8(BASE_1), PAYLOAD_LIMIT_BYTES);
  if (!json) return mangled;
  if (checksum(json).some((byte, index) => byte !== bytes[index])) return mangled;
  const text = decodeUtf8(json);
  return text === null ? mangled : readPipelineOrBench(text);
}
