// Trusted Types: the only HTML that the page sets is text of lessons, which was made from Markdown
// when the page was built, with raw HTML switched off.
const policy = window.trustedTypes?.createPolicy('stream-table-lesson', {
  createHTML: (html: string) => html,
});

/** Fills an element with the text of a lesson's page. */
export function lessonText(html: string): (element: HTMLElement) => void {
  return (element) => {
    element.innerHTML = (policy?.createHTML(html) ?? html) as string;
  };
}
