const YEAR_SECONDS = 31_536_000;

/** Keeps a choice of this browser where the server reads it too; null forgets it. */
export function setCookie(name: string, value: string | null): void {
  const age = value === null ? 0 : YEAR_SECONDS;
  document.cookie = `${name}=${encodeURIComponent(value ?? "")}; path=/; max-age=${age}; samesite=lax`;
}
