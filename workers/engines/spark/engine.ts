/**
 * Spark Streaming: a stream cut into batches by the clock, each batch an RDD, each result a job.
 *
 * One driver with the timer and the queue of jobs, one executor with cores, a Kafka direct stream, and
 * reduceByKeyAndWindow over it. Follows Spark 3.5, whose DStreams have not changed since 3.1. PySpark
 * lost its Kafka source with 3.0; its rules for windows are those of `pyspark.streaming` 3.5, the
 * same as in 2.4, the last version with that source.
 */
import type { Engine } from '../../kernel/engine.ts';
import type { KafkaResponse } from '../../wire/kafka.ts';
import { isOfConnection } from '../../wire/transport.ts';
import { anatomyOf, pipesOf, positionGauges } from './anatomy.ts';
import { sparkClaims } from './claims.ts';
import { brokerAnswered, brokerLost, clientWakes, driverPort } from './clients.ts';
import type { SparkConfig } from './config.ts';
import { startDriver, tick } from './driver.ts';
import { finishTask, runTask } from './executor.ts';
import { crashProcess, registerExecutor, restartProcess } from './faults.ts';
import { failReading, stagesSubmitted, taskEnded } from './jobs.ts';
import { sparkKnobs } from './knobs.ts';
import { laneRefusals } from './laneRefusals.ts';
import { programText } from './programText.ts';
import { createState } from './start.ts';
import type { SparkEvent, SparkState } from './state.ts';
import { viewOf } from './views.ts';

export const sparkEngine: Engine<SparkConfig, SparkState, SparkEvent> = {
  type: 'spark',
  version: 'Apache Spark 3.5 (DStreams)',
  omissions: [
    'One executor; data locality, speculation and dynamic allocation are left out.',
    'A task that fails is not tried again (spark.task.maxFailures); one whose executor died is.',
    'Generating a batch and writing a checkpoint take no time.',
    'A recovered inverse window goes on from its last result, not from the last one checkpointed.',
    "PySpark's second shuffle after a window is not counted in the time of a job.",
    'The order of rows after a shuffle: the real one promises none.',
  ],
  knobs: sparkKnobs,
  claims: sparkClaims,
  refusals: laneRefusals,
  processes: () => ['driver', 'executor'],
  anatomy: anatomyOf,
  pipes: pipesOf,
  gauges: positionGauges,
  programText,

  start(config, env) {
    const state = createState(config, env);
    startDriver(state, env, driverPort(state, env));
    return state;
  },

  handle(state, _process, event, env) {
    switch (event.type) {
      case 'driver started':
        startDriver(state, env, driverPort(state, env));
        registerExecutor(state, env);
        break;
      case 'executor registered':
        state.executor.isStarted = true;
        registerExecutor(state, env);
        break;
      case 'tick':
        tick(state, event.batchMs, env, driverPort(state, env));
        break;
      case 'stages submitted':
        stagesSubmitted(state, event.batchMs, env);
        break;
      case 'task launched': {
        const failure = runTask(state, event.attempt, env);
        if (failure !== null) failReading(state, failure, env);
        break;
      }
      case 'task finished': {
        const task = finishTask(state, event.attempt);
        if (task !== null) taskEnded(state, task, env);
        break;
      }
      case 'client wakes':
        clientWakes(state, event.clientId, env);
        break;
    }
  },

  receive(state, process, from, message, env) {
    if (isOfConnection(message)) brokerLost(state, process, env.processName(from), env);
    // Whatever does not tell of a connection is an answer of a broker.
    else brokerAnswered(state, message as KafkaResponse, env);
  },

  crash: crashProcess,
  restart: restartProcess,
  view: viewOf,
};
