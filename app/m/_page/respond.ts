import { createHash } from "node:crypto";
import type { ReactElement } from "react";

const headers = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex, nofollow",
  "x-content-type-options": "nosniff",
};

/**
 * A page as finished HTML. It is not a Next page, so that it carries no framework script: it works with scripts off and
 * on old phones, and its policy allows none.
 */
export async function respondWithPage(page: ReactElement, status: number): Promise<Response> {
  const { renderToStaticMarkup } = await import("react-dom/server");
  const html = `<!doctype html>${renderToStaticMarkup(page)}`;
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? "";
  const styleHash = createHash("sha256").update(style).digest("base64");
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    "img-src https:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return new Response(html, { status, headers: { ...headers, "content-security-policy": policy.join("; ") } });
}

/** After a form: on to the page that says what it came to, so that reloading sends nothing again. */
export const seeOther = (path: string): Response =>
  new Response(null, { status: 303, headers: { ...headers, location: path } });
