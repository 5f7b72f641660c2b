import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../browser.mjs";
import { copyCheckout, findFreePort, type Product, removeCopy, startProduct } from "../harness/product";
import { choose, expectAccessible, launchBrowser, signIn } from "./console";

const isInstalled = (name: string) =>
  spawnSync("dpkg-query", ["-W", "-f", "${Status}", name], { encoding: "utf8" }).stdout?.includes(
    "install ok installed",
  );
const isRootOnDebian = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
/** A small package that is not there yet, so that installing it can be seen. */
const packageName = ["jq", "tree", "htop"].find((name) => !isInstalled(name));
const canRun = findBrowser() !== null && isRootOnDebian && packageName !== undefined;

const LONG_MS = 120_000;

describe.skipIf(!canRun)("the main job, from npm start in a clean copy", () => {
  const item = packageName ?? "";
  let folder: string;
  let product: Product;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    folder = copyCheckout();
    product = await startProduct(folder, { port: await findFreePort() });
    browser = await launchBrowser();
    expect(product.password).not.toBeNull();
    ({ page, problems } = await signIn(browser, product.url, product.password ?? ""));
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    if (folder) removeCopy(folder);
    if (item && isInstalled(item)) spawnSync("apt-get", ["remove", "-y", item]);
  });

  async function declare(name: string, state?: string): Promise<void> {
    await page.goto("/deployments/new");
    await choose(page, "Item", name);
    if (state) await page.getByRole("radio", { name: state }).click();
    await page.getByRole("radio", { name: "Computer", exact: true }).click();
    await page.getByRole("button", { name: /^Computer\b/ }).click();
    await page.getByRole("option").first().click();
    await page.getByRole("button", { name: /^Save/ }).click();
    await page.waitForURL(/\/deployments(\/\d+)?$/);
  }

  async function openComputer(): Promise<void> {
    await page.goto("/computers");
    await page.locator("tbody a").first().click();
    await page.waitForURL(/\/computers\/\d+/);
  }

  async function runMaintenance(waitMinutes?: number): Promise<void> {
    await openComputer();
    await page.getByRole("button", { name: "Run maintenance…" }).click();
    if (waitMinutes !== undefined) {
      await page.getByRole("radio", { name: "After a wait" }).click();
      await page.getByLabel("Wait, in minutes").fill(String(waitMinutes));
    }
    await page.getByRole("button", { name: "Start maintenance" }).click();
    await page.waitForURL(/\/sessions\/\d+/);
  }

  /** The session's own mark, beside its title. */
  const waitForStatus = (text: string) =>
    page.getByRole("main").getByText(text, { exact: true }).first().waitFor({ timeout: LONG_MS });

  async function openSession(): Promise<string> {
    await page.waitForURL(/\/sessions\/\d+/);
    return page.url();
  }

  /** Opens the newest mail in the outbox and gives the link in it, as its reader would follow it. */
  async function linkInNewestMail(): Promise<string> {
    await page.goto("/outbox");
    await page.locator("tbody a").first().click();
    await page.waitForURL(/\/outbox\/.+/);
    await expectAccessible(page);
    const href = await page.frameLocator("iframe").locator("a[href*='/m/']").first().getAttribute("href");
    return new URL(href ?? "", product.url).href;
  }

  /** `kill -9` on the server's own process; its supervisor starts it again. */
  async function killServer(): Promise<void> {
    const [pid] = product.serverPids();
    if (pid === undefined) throw new Error("There is no server process");
    process.kill(pid, "SIGKILL");
    await expect.poll(() => isAnswering(product.url), { timeout: 60_000 }).toBe(true);
  }

  it("shows this machine, online", async () => {
    await openComputer();
    await page.getByText("Online", { exact: true }).first().waitFor();
    await expectAccessible(page);
  });

  let session = "";

  it("announces what a deployment asks for, and survives the server killed in the wait", async () => {
    await declare(item);
    await runMaintenance(1);
    session = await openSession();
    await waitForStatus("Waits for its time");
    await killServer();
    await page.goto(session);
    await waitForStatus("Waits for its time");
    await expectAccessible(page);
  });

  it("postpones by the link in the mail, and changes nothing on the machine", async () => {
    const link = await linkInNewestMail();
    const user = await browser.newPage();
    await user.goto(link);
    await expectAccessible(user);
    await user.getByRole("radio", { name: "1 hour later" }).check();
    await user.getByRole("button", { name: "Postpone" }).click();
    expect(await user.getByRole("status").textContent()).toMatch(/^Postponed/);
    await user.close();
    await page.goto(session);
    await waitForStatus("Postponed");
    expect(isInstalled(item)).toBeFalsy();
  });

  it("runs now, installs once though the server is killed in the middle, verifies and reports", async () => {
    const before = countInstalls(item);
    const link = await linkInNewestMail();
    const user = await browser.newPage();
    await user.goto(link);
    await user.getByRole("button", { name: "Run it now" }).click();
    expect(await user.getByRole("status").textContent()).toMatch(/starts now/);
    await user.close();
    await page.goto(session);
    await waitForStatus("Running");
    await killServer();
    await page.goto(session);
    await waitForStatus("Passed");
    expect(isInstalled(item)).toBe(true);
    expect(countInstalls(item) - before).toBe(1);
    await expectAccessible(page);
    await page.goto("/outbox");
    await page
      .getByRole("cell", { name: /^After/ })
      .first()
      .waitFor();
  });

  it("shows what the script said", async () => {
    await page.goto(session);
    await page
      .getByRole("button", { name: /output/i })
      .first()
      .click();
    await page.getByRole("log").first().getByText(new RegExp(item)).first().waitFor();
  });

  it("has nothing to do a second time", async () => {
    await runMaintenance();
    await waitForStatus("Passed");
    await page.getByText("Nothing to do: everything is as it should be.").first().waitFor();
  });

  it("removes it when it should be uninstalled", async () => {
    await page.goto("/deployments");
    await page.locator("tbody a").first().click();
    await page.getByRole("radio", { name: "Uninstalled" }).click();
    await page.getByRole("button", { name: /^Save/ }).click();
    await page.getByText(/saved/i).first().waitFor();
    await runMaintenance();
    await waitForStatus("Passed");
    expect(isInstalled(item)).toBeFalsy();
  });

  it("enforces a task of the catalogue, and finds it done the second time", async () => {
    const before = readFileSync("/etc/motd", "utf8");
    try {
      await declare("Message of the day");
      await runMaintenance();
      await waitForStatus("Passed");
      expect(readFileSync("/etc/motd", "utf8")).toContain("looked after by your IT department");
      await runMaintenance();
      await waitForStatus("Passed");
      await page.getByText("Nothing to do: everything is as it should be.").first().waitFor();
    } finally {
      writeFileSync("/etc/motd", before);
    }
  });

  const pages = [
    "/",
    "/tenants",
    "/computers",
    "/attention",
    "/people",
    "/sessions",
    "/deployments",
    "/deployments/new",
    "/software",
    "/tasks",
    "/scripts",
    "/schedules",
    "/schedules/new",
    "/outbox",
    "/audit",
    "/settings",
  ];
  it.each(pages)("%s is accessible in light, dark and on a phone, and says nothing to the console", async (path) => {
    problems.length = 0;
    for (const look of ["light", "dark", "phone"] as const) {
      await page.emulateMedia({ colorScheme: look === "dark" ? "dark" : "light" });
      await page.setViewportSize(look === "phone" ? { width: 390, height: 844 } : { width: 1440, height: 900 });
      await page.goto(path, { waitUntil: "networkidle" }).catch(() => page.goto(path));
      await page.getByRole("heading", { level: 1 }).waitFor();
      await expectAccessible(page);
      const overflow = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(overflow, `${path} is wider than the ${look} window`).toBeLessThanOrEqual(0);
    }
    expect(problems).toEqual([]);
  });
});

async function isAnswering(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/sign-in`)).ok;
  } catch {
    return false;
  }
}

/** How often apt was told to install the package, from its own history. */
function countInstalls(name: string): number {
  const history = existsSync("/var/log/apt/history.log") ? readFileSync("/var/log/apt/history.log", "utf8") : "";
  return history.split("\n").filter((line) => /^Install: /.test(line) && line.includes(`${name}:`)).length;
}
