import { describe, expect, it } from "vitest";
import { holdsForMany } from "@/tests/harness/holds-for-many";
import type { DeploymentRule } from "../deployments";
import { explainComputerKeys } from "../targets";
import type { Random } from "../test/random";
import { compareDeployments, indexDeployments, internKeys, resolveComputer, resolveIndexed, ruleNames } from ".";
import { beats, winnersByBruteForce } from "./test/oracle";
import { randomDeployment, randomWorld, type World } from "./test/world";

function resolve(world: World) {
  const { held, missed } = explainComputerKeys(world.facts);
  return resolveComputer({ ...world, keys: held, missedKeys: missed });
}

const winnersOf = (world: World) =>
  new Map(resolve(world).flatMap(({ itemId, winner }) => (winner === null ? [] : [[itemId, winner.id] as const])));

/** A few deployments, of which every pair and triple is a case. */
const pool = (random: Random): DeploymentRule[] =>
  Array.from({ length: 12 }, (_, id) => randomDeployment(random, id + 1));

describe("the order of deployments", { timeout: 900_000 }, () => {
  it("is total, antisymmetric and transitive, and names the rule that decided (220 triples a case)", () => {
    holdsForMany(1000, (random) => {
      const chain = { tenantAncestorIds: random.pick([[2, 1], [5, 4, 2, 1], [1]]) };
      const deployments = pool(random);
      const table = deployments.map((a) => deployments.map((b) => compareDeployments(a, b, chain)));
      const at = (i: number, j: number) => table[i]?.[j]?.order;
      return deployments.every((_, i) =>
        deployments.every((_, j) => {
          const order = at(i, j);
          if (order === undefined || (order === 0) !== (i === j) || at(j, i) !== (0 - order || 0)) return false;
          if (table[i]?.[j]?.rule !== table[j]?.[i]?.rule) return false;
          return deployments.every((_, k) => order !== at(j, k) || at(i, k) === order);
        }),
      );
    });
  });

  it("is that of chapter 6 as written", () => {
    holdsForMany(1000, (random) => {
      const world = randomWorld(random);
      // Cloud tasks never meet deployments to computers, and only deployments of one item are compared.
      const deployments = pool(random).filter((deployment) => deployment.scope !== "tenants");
      return deployments.every((a) =>
        deployments
          .filter((b) => b.itemId === a.itemId && b !== a)
          .every((b) => compareDeployments(a, b, world.computer).order === (beats(a, b, world) ? -1 : 1)),
      );
    });
  });
});

describe("the winning deployments", { timeout: 900_000 }, () => {
  it("are those that brute force finds from the facts themselves", () => {
    holdsForMany(8000, (random) => {
      const world = randomWorld(random);
      const [winners, expected] = [winnersOf(world), winnersByBruteForce(world)];
      const isSame = winners.size === expected.size && [...expected].every(([item, id]) => winners.get(item) === id);
      if (!isSame) expect(winners).toEqual(expected);
      return isSame;
    });
  });

  it("and the whole trace do not depend on the order of anything", () => {
    holdsForMany(2000, (random) => {
      const world = randomWorld(random);
      const { facts } = world;
      const shuffled: World = {
        ...world,
        deployments: random.shuffle(world.deployments),
        items: new Map(random.shuffle([...world.items])),
        facts: {
          ...facts,
          tags: random.shuffle(facts.tags),
          groups: random.shuffle(facts.groups),
          groupMembers: random.shuffle(facts.groupMembers),
          agreements: random.shuffle(facts.agreements),
          filters: random.shuffle(facts.filters),
        },
      };
      expect(resolve(shuffled)).toEqual(resolve(world));
    });
  });

  it("are the same through the index of a fleet", () => {
    holdsForMany(3000, (random) => {
      const world = randomWorld(random);
      const index = indexDeployments(world.deployments, world.items, world.nowMs);
      // One index serves many computers; nothing of one may be left for the next.
      for (const other of [world, { ...randomWorld(random), deployments: world.deployments, items: world.items }]) {
        const keys = explainComputerKeys(other.facts).held.map((evidence) => evidence.key);
        const winners = resolveIndexed(index, { ...other.computer, keyIds: internKeys(index, keys) }, other.phase);
        const slow = resolve(other).flatMap(({ winner }) => winner ?? []);
        const isSame = winners.length === slow.length && winners.every((winner, at) => winner === slow[at]);
        if (!isSame) expect(winners).toEqual(slow);
      }
    });
  });

  it("leave no deployment unexplained: each wins, loses by a rule, or did not apply for a reason", () => {
    holdsForMany(3000, (random) => {
      const world = randomWorld(random);
      const resolutions = resolve(world);
      const told = resolutions.flatMap(({ winner, losers, notApplied }) => [
        ...(winner === null ? [] : [winner.id]),
        ...losers.map((loser) => loser.deployment.id),
        ...notApplied.map((other) => other.deployment.id),
      ]);
      expect(told.sort((a, b) => a - b)).toEqual(world.deployments.map((deployment) => deployment.id));
      for (const { winner, losers, notApplied, evidence } of resolutions) {
        if (winner === null) expect(losers).toEqual([]);
        else expect(evidence.map((entry) => entry.key)).toContain(winner.targetKey);
        for (const loser of losers) {
          expect(ruleNames).toContain(loser.beatenBy);
          expect(loser.sentence).toMatch(/^#\d+ .*\.$/);
        }
        for (const other of notApplied) expect(other.sentence).toMatch(/^[A-Z].*\.$/);
      }
    });
  });
});
