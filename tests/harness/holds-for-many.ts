import fc from "fast-check";
import { type Random, randomFrom } from "@/server/core/test/random";

const CASES_PER_SEED = 50;

/**
 * Holds a body against that many random cases; more where `PROPERTY_CASES` says so. The body returns false or throws
 * when its case is wrong. A failure names the seed, from which the same fifty cases come again.
 */
export function holdsForMany(usual: number, body: (random: Random) => boolean | undefined): void {
  const wanted = Math.max(usual, Number(process.env.PROPERTY_CASES ?? 0));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), (seed) => {
      const random = randomFrom(seed);
      for (let count = 0; count < CASES_PER_SEED; count++) if (body(random) === false) return false;
      return true;
    }),
    { numRuns: Math.ceil(wanted / CASES_PER_SEED), endOnFailure: true },
  );
}
