import type { CSSProperties } from "react";
import { type Accent, DARK_PAPER, LIGHT_PAPER } from "./accent";

/** Colours of light mails, written on each element, because many mail programs drop style sheets. */
export const light = {
  page: "#f3f5f7",
  paper: LIGHT_PAPER,
  line: "#e1e5ea",
  lineStrong: "#c3cad2",
  ink: "#15202b",
  muted: "#4b5967",
  good: "#1b7046",
  bad: "#b3261e",
  panel: "#f7f9fa",
};

/** For programs and browsers that ask for dark. */
export const dark = {
  page: "#0d0f12",
  paper: DARK_PAPER,
  line: "#2b3138",
  lineStrong: "#4a535d",
  ink: "#eef1f4",
  muted: "#b0b9c3",
  good: "#6fd3a0",
  bad: "#ff9d94",
  panel: "#1d2127",
};

export const fontFamily =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Inter, Roboto, "Helvetica Neue", Arial, sans-serif';

/** Dark colours and phone widths, for the programs that read style sheets. The classes are those of the elements. */
export const styleSheet = (accent: Accent) => `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .ek-page { background-color: ${dark.page} !important; }
  .ek-card { background-color: ${dark.paper} !important; border-color: ${dark.line} !important; }
  .ek-panel { background-color: ${dark.panel} !important; border-color: ${dark.line} !important; }
  .ek-ink, .ek-ink a { color: ${dark.ink} !important; }
  .ek-muted, .ek-muted a { color: ${dark.muted} !important; }
  .ek-good { color: ${dark.good} !important; }
  .ek-bad { color: ${dark.bad} !important; }
  .ek-line { border-color: ${dark.line} !important; }
  .ek-quiet { background-color: ${dark.paper} !important; border-color: ${dark.lineStrong} !important; color: ${dark.ink} !important; }
  .ek-link { color: ${accent.onDark} !important; }
  .ek-strip { border-color: ${accent.onDark} !important; }
}
@media (max-width: 520px) {
  .ek-outer { padding: 0 !important; }
  .ek-card { border-radius: 0 !important; border-left: 0 !important; border-right: 0 !important; }
  .ek-inner { padding: 24px 20px !important; }
  .ek-foot { padding: 18px 20px 32px !important; }
  .ek-half { display: block !important; width: 100% !important; padding-left: 0 !important; padding-right: 0 !important; }
  .ek-title { font-size: 23px !important; line-height: 29px !important; }
}
`;

export const text = {
  body: { margin: 0, fontSize: 16, lineHeight: "24px", color: light.ink },
  muted: { margin: 0, fontSize: 16, lineHeight: "24px", color: light.muted },
  small: { margin: 0, fontSize: 14, lineHeight: "21px", color: light.muted },
  title: { margin: 0, fontSize: 26, lineHeight: "33px", fontWeight: 650, letterSpacing: "-0.01em", color: light.ink },
  label: { margin: 0, fontSize: 13, lineHeight: "18px", fontWeight: 600, color: light.muted },
} satisfies Record<string, CSSProperties>;

export const buttonBase = {
  display: "block",
  boxSizing: "border-box",
  width: "100%",
  borderRadius: 10,
  padding: "14px 12px",
  fontSize: 16,
  fontWeight: 600,
  textAlign: "center",
} satisfies CSSProperties;
