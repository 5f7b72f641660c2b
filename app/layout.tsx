import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Evenkeel", template: "%s · Evenkeel" },
  description: "Keeps every computer in the state it should be in, and is polite about it.",
  icons: { icon: "/icon.svg" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafbfc" },
    { media: "(prefers-color-scheme: dark)", color: "#0b0f14" },
  ],
};

/** The chosen look is in the first byte: a cookie, not a script, so that nothing flashes. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get("evenkeel-theme")?.value;
  return (
    <html lang="en" data-theme={theme === "light" || theme === "dark" ? theme : undefined}>
      <body>{children}</body>
    </html>
  );
}
