import type { Pen } from './glyphs/pen.ts';

/** Sizes a canvas to its box in device pixels and returns a pen whose unit is one CSS pixel. */
export function penFor(canvas: HTMLCanvasElement, width: number, height: number): Pen | null {
  const ratio = Math.min(3, Math.max(1, devicePixelRatio));
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const pen = canvas.getContext('2d');
  pen?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return pen;
}
