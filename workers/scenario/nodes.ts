// The kinds of nodes that a scenario can name. Each system describes its own.

import * as v from 'valibot';
import { flinkSchema } from '../engines/flink/config.ts';
import { flumeSchema } from '../engines/flume/config.ts';
import { hdfsSchema } from '../engines/hdfs/config.ts';
import { kafkaSchema } from '../engines/kafka/config.ts';
import { sparkSchema } from '../engines/spark/config.ts';
import { stormSchema } from '../engines/storm/config.ts';
import { webServerSchema } from '../engines/web-server/config.ts';

export const nodeSchema = v.variant('type', [
  webServerSchema,
  flumeSchema,
  kafkaSchema,
  hdfsSchema,
  sparkSchema,
  stormSchema,
  flinkSchema,
]);
