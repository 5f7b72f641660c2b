const POLICY = "default-src 'none'; img-src https: data:; style-src 'unsafe-inline'; form-action 'none'";
const HEAD = `<base target="_blank"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="referrer" content="no-referrer">`;

/** A mail's HTML for the frame that shows it: its links open beside the console, it loads nothing but pictures. */
export function framedMail(html: string): string {
  const opening = /<head(?:\s[^>]*)?>/i.exec(html);
  if (!opening) return HEAD + html;
  const end = opening.index + opening[0].length;
  return html.slice(0, end) + HEAD + html.slice(end);
}
