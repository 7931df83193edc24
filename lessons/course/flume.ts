import { opening } from '../../workers/scenario/opening.ts';
import type { CoursePart } from './course.ts';
import {
  agent,
  everyLine,
  hdfsSink,
  kafkaSink,
  oneOfEach,
  scene,
  taildir,
  webServer,
  weblog,
} from './pieces.ts';

const { program, lane } = everyLine('weblog');
const inputs = [weblog(10)];
const kafkaNode = { id: 'kafka', type: 'kafka', topics: [{ name: 'weblog', partitions: 1 }] };

const channel = scene('A line waits in the channel', 30_000, {
  inputs: [weblog(8)],
  nodes: [
    webServer('weblog'),
    agent('a1', [...oneOfEach, ...taildir('weblog'), 'sinks.k1.type = logger']),
  ],
  costs: { flumeEventUs: 100_000 },
});

const exec = scene('tail -F has no position', 30_000, {
  inputs,
  programs: [program],
  nodes: [
    webServer('weblog'),
    agent('a1', [
      ...oneOfEach,
      'sources.r1.type = exec',
      'sources.r1.command = tail -F /var/log/weblog',
      'sources.r1.batchTimeout = 500',
      ...kafkaSink('k1', 'weblog'),
    ]),
    kafkaNode,
    lane,
  ],
  faults: [{ type: 'crash', target: 'a1/agent', atMs: 8000, restartAfterMs: 4000 }],
});

const hdfsNode = {
  id: 'hdfs',
  type: 'hdfs',
  directories: [{ name: 'weblog', path: '/weblog' }],
};

const twoSinks = scene('One source, two channels, two sinks', 40_000, {
  inputs,
  programs: [program],
  nodes: [
    webServer('weblog'),
    agent('a1', [
      'sources = r1',
      'channels = c1 c2',
      'sinks = k1 k2',
      ...taildir('weblog'),
      'sources.r1.channels = c1 c2',
      'channels.c1.type = memory',
      'channels.c2.type = memory',
      'sinks.k1.channel = c1',
      'sinks.k2.channel = c2',
      ...kafkaSink('k1', 'weblog'),
      ...hdfsSink('k2', 10),
    ]),
    kafkaNode,
    hdfsNode,
    lane,
  ],
});

const twoAgents = scene('One agent hands to another', 40_000, {
  inputs,
  programs: [program],
  nodes: [
    webServer('weblog'),
    agent('a1', [
      ...oneOfEach,
      ...taildir('weblog'),
      'sinks.k1.type = avro',
      'sinks.k1.hostname = a2',
      'sinks.k1.port = 4141',
      'sinks.k1.batch-size = 10',
    ]),
    agent(
      'a2',
      [
        ...oneOfEach,
        'sources.r1.type = avro',
        'sources.r1.bind = 0.0.0.0',
        'sources.r1.port = 4141',
        ...kafkaSink('k1', 'weblog'),
      ],
      null,
    ),
    kafkaNode,
    lane,
  ],
  faults: [{ type: 'crash', target: 'a2/agent', atMs: 8000, restartAfterMs: 6000 }],
});

const directory = scene('A directory into HDFS', 60_000, {
  inputs: [weblog(5)],
  nodes: [
    {
      id: 'web',
      type: 'web-server',
      input: 'weblog',
      output: { kind: 'spool', directory: '/var/spool/weblog', everyMs: 10_000 },
    },
    agent('a1', [
      ...oneOfEach,
      'sources.r1.type = spooldir',
      'sources.r1.spoolDir = /var/spool/weblog',
      ...hdfsSink('k1', 15),
    ]),
    hdfsNode,
  ],
});

export const flume: CoursePart = {
  name: 'Flume',
  scenes: [
    {
      heading: 'Flume agents',
      says: 'Source, channel, sink. A line takes each of them 0.1 s here, so that lines are seen to wait. The channel is not notified of anything: the sink takes a batch out in a transaction, and the commit forgets it.',
      opens: { scenario: channel },
    },
    {
      heading: 'Built-in sources',
      says: 'The exec source runs tail -F, which keeps no position. The agent dies at 8 s; the new one begins with the last ten lines. What came before them is never read, where TAILDIR would go on from its position.',
      opens: { scenario: exec },
    },
    {
      heading: 'Built-in sinks',
      says: 'The source puts each line into both channels, and each sink empties its own. Kafka has a line at once; in HDFS a file is complete when it is rolled, here after 10 s.',
      opens: { scenario: twoSinks },
    },
    {
      heading: 'Avro',
      says: 'Agents on the machines of the web servers hand to agents before Kafka. The second is dead from 8 s on, for 6 s: lines wait on the first, and none is lost.',
      opens: { scenario: twoAgents },
    },
    {
      heading: 'Setting up Flume',
      says: 'An agent is set up by one properties file. It stands beside the agent: change a line of it, and the run follows, or the agent says what is wrong.',
      opens: { scenario: opening, select: 'part:a1/c1' },
    },
    {
      heading: 'Using Flume to monitor a directory and store its data in HDFS',
      says: 'The web server moves a finished log into a directory every 10 s. The spooling directory source reads whole files only; the sink writes a .tmp file, which gets its name when it is rolled.',
      opens: { scenario: directory },
    },
    {
      heading: 'What a channel keeps',
      says: 'A lesson: Kafka is away and the agent dies. What is gone, and what comes twice?',
      opens: { lesson: 'channel-and-crash' },
    },
  ],
};
