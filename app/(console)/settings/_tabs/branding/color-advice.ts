import { accentFor, contrast, DARK_PAPER, LIGHT_PAPER } from "@/emails/components/accent";

/** WCAG 2.2, 1.4.3 and 1.4.11: text needs 4.5 : 1, the shape of a button 3 : 1. */
const READABLE = 4.5;
const VISIBLE = 3;
const ratio = (value: number) => `${value.toFixed(1)} : 1`;

/** What a tenant's accent will look like where it cannot be used as it is; nothing to say of a colour that always can. */
export function adviseOnColor(color: string): string[] {
  const accent = accentFor(color);
  const [onLight, onDark] = [contrast(color, LIGHT_PAPER), contrast(color, DARK_PAPER)];
  const advice: string[] = [];
  if (onLight < VISIBLE) {
    advice.push(`On white paper the button hardly stands out (${ratio(onLight)}); a darker colour would.`);
  }
  if (onDark < VISIBLE) {
    advice.push(`On dark paper the button hardly stands out (${ratio(onDark)}); a lighter colour would.`);
  }
  if (onLight < READABLE) advice.push(`As text on white it could not be read, so ${accent.onLight} is used there.`);
  if (onDark < READABLE) advice.push(`As text on dark it could not be read, so ${accent.onDark} is used there.`);
  return advice;
}
