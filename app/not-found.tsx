import Link from "next/link";

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center bg-bg px-4 text-center text-ink">
      <div>
        <h1 className="text-xl font-[640]">There is no such page.</h1>
        <p className="mt-1 text-ink-2">The address may be mistyped, or what it led to is gone.</p>
        <Link href="/" className="mt-4 inline-block text-accent underline underline-offset-2">
          To the dashboard
        </Link>
      </div>
    </main>
  );
}
