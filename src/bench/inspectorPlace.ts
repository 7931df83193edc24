/** The inspector's column, in pixels. */
export const INSPECTOR_WIDTH = 368;

/** A bench narrower than this would lose more beside the inspector than under it. */
export const BENCH_BESIDE_INSPECTOR = 1024;
