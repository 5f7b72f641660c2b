import { createElement } from "react";
import { render, toPlainText } from "react-email";
import { describe, expect, it } from "vitest";
import AfterMaintenance, { afterMaintenanceSubject } from "./after-maintenance";
import BeforeMaintenance, { beforeMaintenanceSubject } from "./before-maintenance";
import Postponed, { postponedSubject } from "./postponed";
import { samplePlan, sampleResult } from "./samples";

const htmlOf = {
  "before-maintenance": (locale: string) =>
    render(createElement(BeforeMaintenance, { ...samplePlan, reader: { ...samplePlan.reader, locale } })),
  postponed: (locale: string) =>
    render(createElement(Postponed, { ...samplePlan, reader: { ...samplePlan.reader, locale } })),
  "after-maintenance": (locale: string) =>
    render(createElement(AfterMaintenance, { ...sampleResult, reader: { ...sampleResult.reader, locale } })),
};

describe.each(Object.entries(htmlOf))("%s", (_name, html) => {
  it.each(["en", "de"])(
    "in %s names the computer and the company, has a text part, and can be read in dark",
    async (locale) => {
      const made = await html(locale);
      const text = toPlainText(made);
      for (const part of [made, text]) {
        expect(part).toContain("CONT-LT-0142");
        expect(part).toContain("Contoso IT");
      }
      expect(made).toContain(`<html dir="ltr" lang="${locale}">`);
      expect(made).toContain("@media (prefers-color-scheme: dark)");
      expect(made).toContain('<meta name="color-scheme" content="light dark"/>');
      expect(text).not.toMatch(/undefined|null|NaN|\[object|<[a-z]/);
      // Mail programs cut what is longer than 102 kB.
      expect(made.length).toBeLessThan(40_000);
    },
  );

  it("is light without a logo, and shows one with an address for those who load no pictures", async () => {
    expect(await html("en")).not.toContain("<img");
  });
});

it("a plan of a hundred changes stays a mail, and says how many it leaves out", async () => {
  const changes = Array.from({ length: 100 }, (_, index) => ({
    kind: "update" as const,
    name: `Item ${index}`,
    fromVersion: "1",
    toVersion: "2",
  }));
  const html = await render(createElement(BeforeMaintenance, { ...samplePlan, changes }));
  expect(toPlainText(html)).toContain("and 80 more");
  expect(html.length).toBeLessThan(60_000);
});

it("subjects name the computer and the moment", () => {
  expect(beforeMaintenanceSubject(samplePlan)).toBe("Maintenance of CONT-LT-0142: Mon 23 November at 21:00");
  expect(postponedSubject(samplePlan)).toBe("Postponed: maintenance of CONT-LT-0142, now Mon 23 November at 21:00");
  expect(afterMaintenanceSubject(sampleResult)).toBe("3 of 4 done: maintenance of CONT-LT-0142");
});

it("a logo is shown beside the company's name, which stays when pictures do not load", async () => {
  const branding = { ...samplePlan.branding, logoUrl: "https://contoso.example/logo.png" };
  const html = await render(createElement(BeforeMaintenance, { ...samplePlan, branding }));
  expect(html).toContain('src="https://contoso.example/logo.png"');
  expect(toPlainText(html)).toContain("Contoso IT");
});
