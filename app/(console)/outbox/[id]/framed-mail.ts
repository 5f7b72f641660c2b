const POLICY = "default-src 'none'; img-src https: data:; style-src 'unsafe-inline'; form-action 'none'";
const HEAD = `<base target="_blank"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="referrer" content="no-referrer">`;

/**
 * A mail's HTML for the frame that shows it: its links open beside the console, it loads nothing but pictures, and its
 * style sheet is told the look, because a sandboxed frame hears only of the browser's own.
 */
export function framedMail(html: string, look: "light" | "dark"): string {
  const looking = html.replaceAll("(prefers-color-scheme: dark)", look === "dark" ? "all" : "not all");
  const opening = /<head(?:\s[^>]*)?>/i.exec(looking);
  if (!opening) return HEAD + looking;
  const end = opening.index + opening[0].length;
  return looking.slice(0, end) + HEAD + looking.slice(end);
}
