/** Reading a configuration: what is left of an agent, and what it says. */
import * as v from 'valibot';
import { benchOf } from '../../../kernel/bench.ts';
import { materializeConfiguration } from '../configuration/materialize.ts';
import { splitLine } from '../sources/spooldir.ts';

export const configurationBench = benchOf({
  component: 'flume/configuration',
  meaning:
    'FlumeConfiguration and AbstractConfigurationProvider: a step {properties, agent} is a properties text and --name; ' +
    'the answer lists the components that are left, with the sinks of each runner, the error codes and the log lines ' +
    'from WARN up, and the exception that ends the process, if one does.',
  config: v.strictObject({}),
  step: v.strictObject({ properties: v.string(), agent: v.string() }),
  create: () => null,
  play: (_state, step) => {
    const agent = materializeConfiguration(step.properties, step.agent);
    const { errors, log, fatal } = agent.report;
    return {
      channels: agent.channels.map(({ name }) => name),
      sources: agent.sources.map(({ name, channels }) => ({ name, channels })),
      runners: agent.runners.map(({ name, sinks }) => ({
        name,
        sinks: sinks.map((sink) => sink.name),
      })),
      errors: errors.map(({ error, component, key, level }) => ({ error, component, key, level })),
      log: log.map(({ level, text }) => `${level} ${text}`),
      fatal,
    };
  },
});

export const lineDeserializerBench = benchOf({
  component: 'flume/line-deserializer',
  meaning:
    'LineDeserializer: a step {line}, without its newline, answers with the bodies of its events.',
  config: v.strictObject({ maxLineLength: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) }),
  step: v.strictObject({ line: v.string() }),
  create: ({ maxLineLength }) => maxLineLength,
  play: (maxLineLength, { line }) => splitLine(line, maxLineLength),
});
