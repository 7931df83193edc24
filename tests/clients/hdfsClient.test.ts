import { describe, expect, it } from 'vitest';
import {
  createHdfsClient,
  giveUp,
  isIdle,
  onHdfsReply,
  perform,
} from '../../workers/clients/hdfs/client.ts';
import type { HdfsClient } from '../../workers/clients/hdfs/client.ts';
import type { HdfsRequest } from '../../workers/wire/hdfs.ts';

const path = '/d/a.tmp';
const write = (text: string) =>
  ({ operation: 'write', path, line: { record: -1, text, bytes: 1 } }) as const;

function started() {
  const sent: HdfsRequest[] = [];
  const client = createHdfsClient('a1/k1');
  const port = { send: (request: HdfsRequest) => void sent.push(request) };
  const answer = (of: HdfsClient, error: string | null = null) =>
    onHdfsReply(of, { type: 'hdfs.reply', client: 'a1/k1', request: of.request, error }, port);
  return { sent, client, port, answer };
}

describe('an HDFS client', () => {
  it('does one thing after the other, and sends lines with the flush', () => {
    const { sent, client, port, answer } = started();
    perform(
      client,
      [{ operation: 'create', path }, write('x'), write('y'), { operation: 'hflush', path }],
      port,
    );
    expect(sent.map(({ type }) => type)).toEqual(['hdfs.create']);
    answer(client);
    expect(sent.at(-1)).toMatchObject({
      type: 'hdfs.hflush',
      client: 'a1/k1',
      lines: [{ text: 'x' }, { text: 'y' }],
    });
    expect(isIdle(client)).toBe(false);
    answer(client);
    expect(isIdle(client)).toBe(true);
  });

  it('drops what waits behind an error, and the lines that it had not flushed', () => {
    const { sent, client, port, answer } = started();
    perform(
      client,
      [{ operation: 'create', path }, write('x'), { operation: 'hflush', path }],
      port,
    );
    expect(answer(client, 'IOException')).toBe('IOException');
    expect(isIdle(client)).toBe(true);
    perform(client, [{ operation: 'hflush', path }], port);
    expect(sent.at(-1)).toMatchObject({ type: 'hdfs.hflush', lines: [] });
  });

  it('pays no attention to an answer that comes after it has given up', () => {
    const { sent, client, port } = started();
    perform(
      client,
      [
        { operation: 'create', path },
        { operation: 'close', path },
      ],
      port,
    );
    const late = {
      type: 'hdfs.reply',
      client: 'a1/k1',
      request: client.request,
      error: null,
    } as const;
    giveUp(client, 'timed out');
    expect(onHdfsReply(client, late, port)).toBeNull();
    expect(sent).toHaveLength(1);
  });
});
