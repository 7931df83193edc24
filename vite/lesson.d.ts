/** What the plugin in lessons.ts makes of a lesson. */
declare module '*/lesson.md' {
  export const meta: import('./parseLesson.ts').LessonMeta;
  export const pages: readonly import('./parseLesson.ts').LessonPage[];
}
