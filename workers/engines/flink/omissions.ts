/** What the real Flink does besides: shown on the page. */
export const omissions: readonly string[] = [
  'A lane is one job of two tasks, source and window; joins, process functions and SQL are not drawn here.',
  'Incremental checkpoints, savepoints and aligned-checkpoint-timeout are left out of the lane.',
  'An unaligned checkpoint keeps a buffer that is just being worked on as in-flight data.',
  'The source has no group.id, so it commits no offsets to Kafka when a checkpoint completes.',
  'State is on the heap (state.backend.type = hashmap) and checkpoints are in the job manager’s memory.',
  'There is no high availability: when the job manager dies, the application begins anew.',
  'A lost task manager is noticed by its closed connections, not by heartbeat.timeout; cancelling takes no time.',
  'One thread of a source task both fetches and works; a poll’s records are emitted together.',
  'Credit between tasks is known at once, and sizes of records in buffers are estimated.',
  'Messages between job manager and task managers have a latency, but cutting their links does nothing.',
  'Records of one window are shown as one result once every subtask has passed the window’s end.',
  'Records in the side output are counted, and named where they went; their own stream is not drawn.',
  'Adaptive scheduling, reactive mode and partition discovery during the run are left out.',
];
