"use client";

/** The last resort, when even the frame broke; it carries its own few styles. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body
        style={{ font: "14px/1.5 system-ui, sans-serif", display: "grid", placeItems: "center", minHeight: "90dvh" }}
      >
        <main style={{ textAlign: "center" }}>
          <h1 style={{ fontSize: 19 }}>The console could not be shown.</h1>
          <p>Try it again. If it stays, the server&apos;s log says why; machines and sessions go on meanwhile.</p>
          <button type="button" onClick={reset} style={{ font: "inherit", padding: "6px 14px" }}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
