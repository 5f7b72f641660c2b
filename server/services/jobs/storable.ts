/**
 * The same value without what PostgreSQL cannot keep in text and JSON: NUL characters and halves of surrogate pairs.
 * Each becomes U+FFFD, the sign for a character that could not be read.
 */
export function storable<T>(value: T): T;
export function storable(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/\0|\p{Surrogate}/gu, "\uFFFD");
  if (Array.isArray(value)) return value.map((each) => storable(each));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [storable(key), storable(each)]));
  }
  return value;
}
