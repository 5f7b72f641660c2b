import type { ReactNode } from "react";
import type { MailBranding } from "@/emails/maintenance";
import type { Words } from "@/emails/words";
import { pageStyle } from "./style";

interface FrameProps {
  readonly words: Words;
  readonly title: string;
  /** Null: whose link it was is not known. */
  readonly branding: MailBranding | null;
  readonly children: ReactNode;
  readonly notes?: readonly string[];
}

/** The document around every page behind a link. It holds no script at all. */
export function Frame({ words, title, branding, children, notes = [] }: FrameProps) {
  return (
    <html lang={words.language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <title>{branding ? `${title} · ${branding.companyName}` : title}</title>
        <style>{pageStyle(branding?.accentColor ?? null)}</style>
      </head>
      <body>
        <main>
          {branding ? <Brand branding={branding} /> : null}
          {children}
        </main>
        {notes.length > 0 ? (
          <footer>
            {notes.map((note) => (
              <p key={note} className="small">
                {note}
              </p>
            ))}
          </footer>
        ) : null}
      </body>
    </html>
  );
}

const Brand = ({ branding: { companyName, logoUrl } }: { branding: MailBranding }) => (
  <div className="brand">
    {logoUrl ? (
      <img src={logoUrl} alt="" width={34} height={34} />
    ) : (
      <i aria-hidden="true">{[...companyName.trim()][0]?.toUpperCase()}</i>
    )}
    <span>{companyName}</span>
  </div>
);
