/** The colour tokens as a canvas needs them: resolved to plain colours. */
export const COLOUR_NAMES = [
  'paper',
  'surface',
  'sunken',
  'ink',
  'ink2',
  'ink3',
  'edge',
  'rule',
  'hair',
  'lamp',
  'lamp-edge',
  'focus',
  'refuse',
  'refuse-wash',
  'status-2xx',
  'status-3xx',
  'status-4xx',
  'status-4xx-outline',
  'status-5xx',
  'key-fifth',
  'spark',
  'storm',
  'flink',
  'flume',
  'kafka',
] as const;

export type ColourName = (typeof COLOUR_NAMES)[number];

/** What every painter is given besides its own data. */
export interface Theme {
  readonly colour: Readonly<Record<ColourName, string>>;
  readonly sans: string;
  readonly mono: string;
}

/**
 * Reads the tokens in force at `element`. A custom property keeps the text `light-dark(…)`, which a
 * canvas does not understand, so each is asked for through a real `color` that the browser computes.
 */
export function readTheme(element: HTMLElement): Theme {
  const probe = document.createElement('span');
  element.append(probe);
  const computed = getComputedStyle(probe);
  const colour = {} as Record<ColourName, string>;
  for (const name of COLOUR_NAMES) {
    probe.style.setProperty('color', `var(--${name})`);
    colour[name] = computed.color;
  }
  const sans = computed.getPropertyValue('--sans');
  const mono = computed.getPropertyValue('--mono');
  probe.remove();
  return { colour, sans, mono };
}
