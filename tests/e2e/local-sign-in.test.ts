import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../browser.mjs";
import { startTestPostgres, type TestPostgres } from "../harness/postgres";
import { findFreePort } from "../harness/product";
import { type ServerProcess, startServerProcess } from "../harness/server-process";

const browserPath = findBrowser();

describe.skipIf(browserPath === null)("signing in with the local password, in a browser", () => {
  let url: string;
  let browser: Browser;
  let server: ServerProcess;
  let postgres: TestPostgres;

  beforeAll(async () => {
    const port = await findFreePort();
    url = `http://127.0.0.1:${port}`;
    postgres = await startTestPostgres();
    server = await startServerProcess({
      PORT: String(port),
      PUBLIC_URL: url,
      DATABASE_URL: await postgres.createDatabase("local"),
      EVENKEEL_SECRET: Buffer.alloc(32, 9).toString("base64"),
      EVENKEEL_LOCAL_SIGN_IN: "1",
      EVENKEEL_FIRST_START: JSON.stringify({ newPassword: true, enrollmentKey: false }),
    });
    browser = await chromium.launch({ executablePath: browserPath ?? "", args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await postgres?.stop();
  });

  async function enter(page: Page, password: string): Promise<void> {
    await page.getByLabel("Password").fill(password);
    const answer = page.waitForResponse((response) => response.request().method() === "POST");
    await page.getByRole("button", { name: "Sign in" }).click();
    await answer;
  }

  it("lets the right password in, without scripts too, and says what is wrong with another", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${url}/sign-in?to=%2Ftenants`);
    await enter(page, "not-the-password");
    await page.locator("main [role=alert]", { hasText: "That is not the password." }).waitFor();
    await enter(page, server.password ?? "");
    await page.waitForURL(`${url}/tenants`);
    const me = await (await context.request.get(`${url}/api/trpc/session.me`)).json();
    expect(me.result.data.json).toMatchObject({ role: "msp-admin" });
    const [cookie] = (await context.cookies()).filter((each) => each.name.includes("session-token"));
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
    await context.close();
  });

  it("works under the other name of this machine as well", async () => {
    const other = url.replace("127.0.0.1", "localhost");
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${other}/sign-in`);
    await enter(page, server.password ?? "");
    await page.waitForURL(`${other}/`);
    expect((await context.request.get(`${other}/api/trpc/session.me`)).status()).toBe(200);
    await context.close();
  });

  it("opens the stream of changes to those who are signed in, and to nobody else", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}/sign-in`);
    await enter(page, server.password ?? "");
    await page.waitForURL(`${url}/`);
    const refused = await fetch(`${url}/api/live`);
    expect(refused.status).toBe(401);
    const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const abort = new AbortController();
    const stream = await fetch(`${url}/api/live`, { headers: { cookie: cookies }, signal: abort.signal });
    expect(stream.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain("event: hello");
    abort.abort();
    await context.close();
  });

  it("has no serious accessibility problem", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}/sign-in`);
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> };
      };
      return (await axe.run()).violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    });
    expect(violations).toEqual([]);
    await context.close();
  });

  it("keeps an address waiting after five wrong passwords, with the right one too", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${url}/sign-in`);
    for (let n = 0; n < 5; n += 1) await enter(page, `wrong-${n}`);
    await enter(page, server.password ?? "");
    await page.locator("main [role=alert]", { hasText: "Too many wrong passwords" }).waitFor();
    expect((await context.request.get(`${url}/api/trpc/session.me`)).status()).toBe(401);
    await context.close();
  });
});
