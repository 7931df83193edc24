import { describe, expect, it } from 'vitest';
import {
  appendLines,
  closeFile,
  createFile,
  createNamespace,
  filesUnder,
  listedBytes,
  renameFile,
} from '../../../workers/engines/hdfs/namespace.ts';
import type { Namespace } from '../../../workers/engines/hdfs/namespace.ts';

const line = (text: string) => ({ record: -1, text, bytes: text.length + 1 });

function withFile(path = '/d/a.tmp', blockSizeBytes = 128): Namespace {
  const namespace = createNamespace(blockSizeBytes);
  expect(createFile(namespace, path, 'k1')).toBeNull();
  return namespace;
}

const fileAt = (namespace: Namespace, path: string) => {
  const file = namespace.files.get(path);
  if (file === undefined) throw new Error(`no ${path}`);
  return file;
};

describe('one writer per file', () => {
  it('refuses a second writer while the first holds the lease, and a second file afterwards', () => {
    const namespace = withFile();
    expect(createFile(namespace, '/d/a.tmp', 'k2')).toMatch(/^AlreadyBeingCreatedException: .*k1$/);
    expect(appendLines(namespace, '/d/a.tmp', 'k2', [line('x')])).toMatch(/^LeaseExpiredException/);
    expect(closeFile(namespace, '/d/a.tmp', 'k1')).toBeNull();
    expect(createFile(namespace, '/d/a.tmp', 'k2')).toMatch(/^FileAlreadyExistsException/);
  });

  it('refuses to write to a closed file, or to close what was never opened', () => {
    const namespace = withFile();
    closeFile(namespace, '/d/a.tmp', 'k1');
    expect(appendLines(namespace, '/d/a.tmp', 'k1', [line('x')])).toMatch(/^LeaseExpiredException/);
    expect(closeFile(namespace, '/d/b.tmp', 'k1')).toMatch(/^LeaseExpiredException/);
  });
});

describe('what others see', () => {
  it('shows flushed lines at once, and the length of full blocks until the file is closed', () => {
    const namespace = withFile('/d/a.tmp', 10);
    // 8 bytes of text with its newline twice, so 16: one block of 10 and 6 more.
    appendLines(namespace, '/d/a.tmp', 'k1', [line('1234567'), line('1234567')]);
    const file = fileAt(namespace, '/d/a.tmp');
    expect([file.lines.length, listedBytes(namespace, file)]).toEqual([2, 10]);
    closeFile(namespace, '/d/a.tmp', 'k1');
    expect(listedBytes(namespace, file)).toBe(16);
  });

  it('renames in one step, and never over another file', () => {
    const namespace = withFile();
    createFile(namespace, '/d/b', 'k1');
    renameFile(namespace, '/d/a.tmp', '/d/b');
    expect([...namespace.files.keys()]).toEqual(['/d/a.tmp', '/d/b']);
    renameFile(namespace, '/d/a.tmp', '/d/a');
    renameFile(namespace, '/d/none', '/d/c');
    expect([...namespace.files.keys()]).toEqual(['/d/b', '/d/a']);
    expect(fileAt(namespace, '/d/a').lease).toBe('k1');
  });

  it('lists what lies under a directory, not what begins like it', () => {
    const namespace = withFile('/d/sub/a');
    createFile(namespace, '/dd/b', 'k1');
    expect(filesUnder(namespace, '/d').map(({ path }) => path)).toEqual(['/d/sub/a']);
    expect(filesUnder(namespace, '/')).toHaveLength(2);
  });
});
