import type { LessonData } from '../../lessons/lesson.ts';
import type { LessonMeta, LessonPage } from '../../vite/parseLesson.ts';
import { readCue, type PageCue } from './cue.ts';

export interface Page {
  readonly title: string;
  readonly html: string;
  readonly cue: PageCue;
}

export interface Lesson {
  /** Its folder, `04-spark/01-batch-slide-window`: what a link says. */
  readonly id: string;
  /** The system that it is about. */
  readonly part: string;
  readonly title: string;
  readonly summary: string;
  readonly data: LessonData;
  readonly pages: readonly Page[];
}

interface Text {
  readonly meta: LessonMeta;
  readonly pages: readonly LessonPage[];
}

const texts = import.meta.glob<Text>('../../lessons/*/*/lesson.md', { eager: true });
const data = import.meta.glob<LessonData>('../../lessons/*/*/scenario.ts', {
  eager: true,
  import: 'lesson',
});

/** Every lesson there is a folder of, in the order of the folders, which is advice and no gate. */
export const lessons: readonly Lesson[] = Object.keys(texts)
  .sort()
  .map((path) => lessonAt(path.replace(/\/lesson\.md$/, '')));

/** The lesson that a link means: by its name, since its place among the others may change. */
export function lessonOf(id: string): Lesson | null {
  return lessons.find((lesson) => nameIn(lesson.id) === nameIn(id)) ?? null;
}

/** `04-spark/01-batch-slide-window` is named `batch-slide-window`. */
function nameIn(id: string): string {
  return id.replace(/^.*\//, '').replace(/^\d+-/, '');
}

function lessonAt(folder: string): Lesson {
  const [part = '', name = ''] = folder.split('/').slice(-2);
  const text = texts[`${folder}/lesson.md`];
  const own = data[`${folder}/scenario.ts`];
  if (text === undefined || own === undefined) throw new Error(`${folder} lacks its scenario.ts`);
  return {
    id: `${part}/${name}`,
    part: part.replace(/^\d+-/, '').replace(/^./, (letter) => letter.toUpperCase()),
    title: text.meta.title,
    summary: text.meta.summary,
    data: own,
    pages: text.pages.map(({ title, html, cues }) => ({ title, html, cue: readCue(cues, own) })),
  };
}
