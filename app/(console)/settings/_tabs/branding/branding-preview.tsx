import Image from "next/image";
import { accentFor, DARK_PAPER, LIGHT_PAPER } from "@/emails/components/accent";
import { dark, light } from "@/emails/components/look";

export interface PreviewedBranding {
  readonly companyName: string;
  readonly logoUrl: string | null;
  readonly accentColor: string | null;
  readonly supportContact: string | null;
  readonly footer: string | null;
}

/** A mail's head, its main button and its foot, on light and on dark paper. */
export function BrandingPreview({ branding, sender }: { branding: PreviewedBranding; sender: string }) {
  return (
    <div className="grid gap-3 p-3.5">
      <p className="min-w-0 text-xs break-words text-ink-2">From {sender}</p>
      <Paper branding={branding} look={light} paper={LIGHT_PAPER} label="Light" />
      <Paper branding={branding} look={dark} paper={DARK_PAPER} label="Dark" />
    </div>
  );
}

function Paper({
  branding,
  look,
  paper,
  label,
}: {
  branding: PreviewedBranding;
  look: typeof light;
  paper: string;
  label: string;
}) {
  const accent = accentFor(branding.accentColor);
  const link = paper === LIGHT_PAPER ? accent.onLight : accent.onDark;
  return (
    <figure
      aria-label={`Mails on ${label.toLowerCase()} paper`}
      className="min-w-0 overflow-hidden rounded-lg border p-4"
      style={{ background: paper, borderColor: look.line, color: look.ink }}
    >
      <div className="mb-3 flex items-center gap-2.5 border-b pb-3" style={{ borderColor: look.line }}>
        {branding.logoUrl ? (
          <Image
            unoptimized
            src={branding.logoUrl}
            alt=""
            width={96}
            height={36}
            className="max-h-9 w-auto object-contain"
          />
        ) : (
          <span
            aria-hidden
            className="grid size-9 flex-none place-items-center rounded-md text-base font-[650]"
            style={{ background: accent.fill, color: accent.ink }}
          >
            {branding.companyName.trim().charAt(0).toUpperCase()}
          </span>
        )}
        <b className="min-w-0 text-base font-[650] break-words">{branding.companyName}</b>
      </div>
      <p className="text-base font-[650]">Your computer will be updated tonight</p>
      <p style={{ color: look.muted }}>Leave it switched on; there is nothing else to do.</p>
      <span
        className="mt-3 block rounded-lg px-3 py-2 text-center font-[600]"
        style={{ background: accent.fill, color: accent.ink }}
      >
        Postpone
      </span>
      <p className="mt-3 text-xs break-words" style={{ color: look.muted }}>
        {branding.supportContact ? `Questions? ${branding.supportContact} ` : ""}
        <span style={{ color: link, textDecoration: "underline" }}>Why do I get this?</span>
        {branding.footer ? <span className="mt-1 block whitespace-pre-wrap">{branding.footer}</span> : null}
      </p>
    </figure>
  );
}
