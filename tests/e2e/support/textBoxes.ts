import type { Page } from '@playwright/test';

/**
 * What is wrong with the places of the page's words, a sentence each: words over words, words that leave the box that
 * is drawn around them, and words beside the window. Words on the canvases are placed by the layout, which has tests
 * of its own.
 */
export function misplacedWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** Half a line of the smallest type may differ by rounding; a real overlap is larger. */
    const TOLERANCE_PX = 1.5;

    interface Words {
      readonly text: string;
      readonly element: Element;
      readonly box: DOMRect;
    }

    function isForScreenReaders(element: Element): boolean {
      return element.closest('.spoken, [hidden], [aria-hidden="true"] option') !== null;
    }

    /** Words behind a fold are laid out nowhere; words that are clipped to nothing are for screen readers. */
    function visibleWords(): Words[] {
      const words: Words[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const text = (node.textContent ?? '').trim();
        const element = node.parentElement;
        if (text === '' || element === null || isForScreenReaders(element)) continue;
        if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
          if (box.width > 1 && box.height > 1)
            words.push({ text: text.slice(0, 40), element, box });
        }
      }
      return words;
    }

    const styles = new Map<Element, CSSStyleDeclaration>();
    function styleOf(element: Element): CSSStyleDeclaration {
      const known = styles.get(element) ?? getComputedStyle(element);
      styles.set(element, known);
      return known;
    }

    function ancestors(element: Element): Element[] {
      const found: Element[] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement) found.push(at);
      return found;
    }

    function scrolls(element: Element): boolean {
      return /auto|scroll/.test(styleOf(element).overflow);
    }

    /** The nearest box that is drawn: by a border all around, or as a thing of its own that cuts what is too long. */
    function drawnBox(element: Element): Element | null {
      for (const at of ancestors(element)) {
        if (scrolls(at)) return null;
        const { borderTopWidth, borderLeftWidth, borderRightWidth, display, overflow } =
          styleOf(at);
        if (display === 'inline') continue;
        const bordered = [borderTopWidth, borderLeftWidth, borderRightWidth].every(
          (width) => Number.parseFloat(width) > 0,
        );
        if (bordered || overflow === 'hidden' || overflow === 'clip') return at;
      }
      return null;
    }

    /** Layers that lie over the page on purpose. */
    function layerOf(element: Element): Element | null {
      return ancestors(element).find((at) => /fixed|sticky/.test(styleOf(at).position)) ?? null;
    }

    /** What of the box is not scrolled away. */
    function shownPart({ element, box }: Words): DOMRect {
      let { left, top, right, bottom } = box;
      for (const at of ancestors(element).filter(scrolls)) {
        const frame = at.getBoundingClientRect();
        left = Math.max(left, frame.left);
        top = Math.max(top, frame.top);
        right = Math.min(right, frame.right);
        bottom = Math.min(bottom, frame.bottom);
      }
      return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
    }

    const say = ({ text, element }: Words): string =>
      `“${text}” (${element.tagName.toLowerCase()} in ${element.closest('[aria-label], section, header, main, aside')?.getAttribute('aria-label') ?? element.closest('[class]')?.className ?? ''})`;

    const found = new Set<string>();
    const words = visibleWords();
    const shown = words.map(shownPart);
    for (const [i, own] of words.entries()) {
      const box = shown[i]!;
      if (box.width === 0 || box.height === 0) continue;
      if (box.right > innerWidth + TOLERANCE_PX || box.left < -TOLERANCE_PX) {
        found.add(`${say(own)} is beside the window`);
      }
      const frame = drawnBox(own.element)?.getBoundingClientRect();
      if (
        frame !== undefined &&
        (own.box.right > frame.right + TOLERANCE_PX || own.box.left < frame.left - TOLERANCE_PX)
      ) {
        found.add(`${say(own)} leaves its box`);
      }
      for (let j = i + 1; j < words.length; j += 1) {
        const other = shown[j]!;
        const wide = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const high = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        // Line boxes are taller than their letters, and neighbouring lines may share a little of that.
        if (wide <= TOLERANCE_PX || high <= Math.min(box.height, other.height) * 0.3) continue;
        if (layerOf(own.element) !== layerOf(words[j]!.element)) continue;
        found.add(`${say(own)} lies over ${say(words[j]!)}`);
      }
    }
    if (document.documentElement.scrollWidth > innerWidth + TOLERANCE_PX) {
      found.add(`the page is ${String(document.documentElement.scrollWidth)} px wide`);
    }
    return [...found];
  });
}
