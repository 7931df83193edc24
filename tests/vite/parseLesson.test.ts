import { describe, expect, it } from 'vitest';
import { parseLesson } from '../../vite/parseLesson.ts';

const frontMatter = ['---', 'title: Batches', 'summary: One file, two intervals', '---'];

function lesson(...body: string[]): string {
  return [...frontMatter, ...body].join('\n');
}

function page(...body: string[]) {
  return parseLesson(lesson('# A page', ...body)).pages[0]!;
}

describe('parseLesson', () => {
  it('reads the front matter', () => {
    expect(parseLesson(lesson('# A page')).meta).toEqual({
      title: 'Batches',
      summary: 'One file, two intervals',
    });
  });

  it('parts pages at a line of three dashes and takes the heading as title', () => {
    const { pages } = parseLesson(lesson('# One `poll`', 'First.', '---', '## Two', 'Second.'));
    expect(pages).toEqual([
      { title: 'One poll', html: '<p>First.</p>\n', cues: [] },
      { title: 'Two', html: '<p>Second.</p>\n', cues: [] },
    ]);
  });

  it('leaves three dashes inside code alone', () => {
    const { pages } = parseLesson(lesson('# One', '```', '---', '```'));
    expect(pages.map(({ html }) => html)).toEqual(['<pre><code>---\n</code></pre>\n']);
  });

  it('takes cues out of the text, in order', () => {
    const { html, cues } = page(
      '```cue',
      '{ "seekUs": 5 }',
      '```',
      'Look.',
      '```cue',
      '{ "light": ["node"] }',
      '```',
    );
    expect(cues).toEqual([{ seekUs: 5 }, { light: ['node'] }]);
    expect(html).toBe('<p>Look.</p>\n');
  });

  it('keeps a number and its unit on one line, and escapes the rest', () => {
    expect(page('Each 4 s, or 200 ms, 3 sinks & <b>.').html).toBe(
      '<p>Each 4\u00a0s, or 200\u00a0ms, 3 sinks &amp; &lt;b&gt;.</p>\n',
    );
  });

  it('colours code of a known language by class', () => {
    const { html } = page('```java', 'return 1;', '```');
    expect(html).toContain('<code class="language-java">');
    expect(html).toContain('<span class="hljs-keyword">return</span>');
  });

  it.each([
    ['raw HTML', '<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['a script link', '[x](javascript:alert(1))', '[x](javascript:alert(1))'],
    ['code of no known language', '    <b>', '&lt;b&gt;'],
  ])('keeps %s as text', (_, source, shown) => {
    const { html } = page('', source);
    expect(html).toContain(shown);
    expect(html).not.toMatch(/<(img|a|b)\b/);
  });

  it.each([
    ['no front matter', '# A page', 'line 1: a lesson begins with a line `---`'],
    ['front matter without end', '---\ntitle: A', 'line 1: the front matter has no closing line'],
    ['a missing key', '---\ntitle: A\n---\n# A', 'line 1: the front matter lacks `summary`'],
    ['an unknown key', '---\ntitel: A\n---\n# A', 'line 2: unknown key `titel`'],
    ['a repeated key', '---\ntitle: A\ntitle: B\n---', 'line 3: `title` is given twice'],
    ['an empty value', '---\ntitle:\n---', 'line 2: expected `key: text`'],
    [
      'a page without heading',
      lesson('# A', '---', 'Text.'),
      'line 7: a page begins with a heading',
    ],
    ['an empty page', lesson(), 'line 5: a page begins with a heading'],
    ['a broken cue', lesson('# A', '```cue', '{', '```'), 'line 6: the cue is not JSON'],
    [
      'a cue that is a list',
      lesson('# A', '```cue', '[1]', '```'),
      'line 6: a cue is one JSON object',
    ],
  ])('refuses %s', (_, source, message) => {
    expect(() => parseLesson(source)).toThrow(message);
  });
});
