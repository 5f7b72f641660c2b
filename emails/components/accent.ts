/** Colours around a tenant's accent that stay readable, whatever colour it is. WCAG 2.2, 1.4.3: text needs 4.5 : 1. */
export interface Accent {
  /** Fill of the main button. */
  readonly fill: string;
  /** Text on the fill. */
  readonly ink: string;
  /** The accent as text or line on light paper. */
  readonly onLight: string;
  /** The accent as text or line on dark paper. */
  readonly onDark: string;
}

export const DEFAULT_ACCENT = "#0f6e6a";
export const LIGHT_PAPER = "#ffffff";
export const DARK_PAPER = "#16191d";
const WHITE = "#ffffff";
const BLACK_INK = "#111418";
const READABLE = 4.5;

type Rgb = readonly [number, number, number];

/** `color` is `#rrggbb`; anything else is treated as the product's own accent. */
export function accentFor(color: string | null): Accent {
  const fill = color && /^#[0-9a-fA-F]{6}$/.test(color) ? color.toLowerCase() : DEFAULT_ACCENT;
  return {
    fill,
    ink: contrast(fill, WHITE) >= READABLE ? WHITE : contrast(fill, BLACK_INK) >= READABLE ? BLACK_INK : "#000000",
    onLight: shiftUntilReadable(fill, "#000000", LIGHT_PAPER),
    onDark: shiftUntilReadable(fill, WHITE, DARK_PAPER),
  };
}

/** The contrast ratio of two `#rrggbb` colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Mixes `color` with `towards` in small steps until it can be read on `paper`. */
function shiftUntilReadable(color: string, towards: string, paper: string): string {
  const [from, to] = [toRgb(color), toRgb(towards)];
  for (let step = 0; step <= 20; step++) {
    const mixed = toHex(from.map((value, i) => value + (((to[i] ?? 0) - value) * step) / 20));
    if (contrast(mixed, paper) >= READABLE) return mixed;
  }
  return towards;
}

function luminance(color: string): number {
  const [red, green, blue] = toRgb(color).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function toRgb(color: string): Rgb {
  const part = (start: number) => Number.parseInt(color.slice(start, start + 2), 16);
  return [part(1), part(3), part(5)];
}

const toHex = (rgb: readonly number[]) =>
  `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
