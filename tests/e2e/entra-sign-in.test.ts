import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../browser.mjs";
import { canMakeCertificate, startEntra } from "../harness/entra.mjs";
import { startTestPostgres, type TestPostgres } from "../harness/postgres";
import { findFreePort } from "../harness/product";
import { type ServerProcess, startServerProcess } from "../harness/server-process";

const TID = "5a1f7c0e-93d1-4c55-8a3a-0d2f6a4e7b11";
const person = (n: number, name: string, tid = TID) => ({
  tid,
  oid: `00000000-0000-4000-8000-00000000000${n}`,
  name,
  preferred_username: `${name.toLowerCase()}@contoso.example`,
});
const people = {
  anna: person(1, "Anna"),
  ben: person(2, "Ben"),
  carl: person(3, "Carl", "6b2f7c0e-93d1-4c55-8a3a-0d2f6a4e7b22"),
  dora: { ...person(4, "Dora"), roles: ["msp-technician"] },
};

const browserPath = findBrowser();

describe.skipIf(browserPath === null || !canMakeCertificate())("signing in with Entra ID, in a browser", () => {
  let url: string;
  let browser: Browser;
  let server: ServerProcess;
  let entra: Awaited<ReturnType<typeof startEntra>>;
  let postgres: TestPostgres;

  beforeAll(async () => {
    const [port, entraPort] = [await findFreePort(), await findFreePort()];
    url = `http://localhost:${port}`;
    const client = { clientId: "evenkeel", clientSecret: "a secret of the app registration" };
    entra = await startEntra({
      port: entraPort,
      tid: TID,
      ...client,
      redirectUri: `${url}/api/auth/callback/microsoft-entra-id`,
      people,
    });
    postgres = await startTestPostgres();
    server = await startServerProcess({
      PORT: String(port),
      DATABASE_URL: await postgres.createDatabase("entra"),
      EVENKEEL_SECRET: Buffer.alloc(32, 9).toString("base64"),
      EVENKEEL_LOCAL_SIGN_IN: "1",
      EVENKEEL_ADMINS: "anna@contoso.example",
      AUTH_MICROSOFT_ENTRA_ID_ID: client.clientId,
      AUTH_MICROSOFT_ENTRA_ID_SECRET: client.clientSecret,
      AUTH_MICROSOFT_ENTRA_ID_ISSUER: entra.issuer,
      NODE_EXTRA_CA_CERTS: entra.certificateFile,
    });
    browser = await chromium.launch({ executablePath: browserPath ?? "", args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await entra?.close();
    await postgres?.stop();
  });

  /** A browser of one's own; without scripts where the page has to work without them. */
  const openBrowser = (options: { javaScriptEnabled?: boolean } = {}) =>
    browser.newContext({ ignoreHTTPSErrors: true, ...options });

  async function signIn(context: BrowserContext, login: string, at = "/"): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${url}${at}`);
    await page.getByRole("button", { name: "Sign in with Microsoft" }).click();
    await page.locator("input[name=login]").fill(login);
    await page.locator("input[name=password]").fill("anything");
    await page.locator("button[type=submit]").click();
    await page.waitForURL((address) => address.origin === url);
    return page;
  }

  /** Once more with the account that the browser is signed in with at Microsoft. */
  async function signInAgain(page: Page): Promise<void> {
    await page.getByRole("button", { name: "Sign in with Microsoft" }).click();
    await page.waitForURL((address) => address.origin === url && address.pathname === "/");
  }

  const query = (context: BrowserContext, path: string, input: unknown = {}) =>
    context.request.get(`${url}/api/trpc/${path}?input=${encodeURIComponent(superjson.stringify(input))}`);
  const mutate = (context: BrowserContext, path: string, input: unknown) =>
    context.request.post(`${url}/api/trpc/${path}`, { data: superjson.serialize(input) });

  it("sends whoever is not signed in to Microsoft, and back to the page they wanted, as the administrator they are", async () => {
    const context = await openBrowser();
    expect((await query(context, "session.me")).status()).toBe(401);
    const page = await signIn(context, "anna", "/tenants");
    expect(new URL(page.url()).pathname).toBe("/tenants");
    const me = await (await query(context, "session.me")).json();
    expect(me.result.data.json).toMatchObject({ name: "Anna", role: "msp-admin" });
    expect(entra.tokenRequests()).toBe(1);
  });

  it("writes down someone new and lets them in when an administrator has, without scripts in their browser", async () => {
    const [anna, ben] = [await openBrowser(), await openBrowser({ javaScriptEnabled: false })];
    await signIn(anna, "anna");
    const refused = await signIn(ben, "ben");
    expect(await refused.locator("main [role=alert]").textContent()).toMatch(/has not let you in yet/);
    expect((await query(ben, "session.me")).status()).toBe(401);

    const users = (await (await query(anna, "users.list")).json()).result.data.json.rows;
    const { id } = users.find((user: { displayName: string }) => user.displayName === "Ben");
    const access = (disabled: boolean) => ({ id, role: "msp-reader", tenantId: null, disabled });
    expect((await mutate(anna, "users.setAccess", access(false))).status()).toBe(200);
    await signInAgain(refused);
    expect((await query(ben, "session.me")).status()).toBe(200);
    expect((await query(ben, "enrollmentKeys.list")).status()).toBe(403);

    expect((await mutate(anna, "users.setAccess", access(true))).status()).toBe(200);
    expect((await query(ben, "session.me")).status()).toBe(401);
  });

  it("refuses people of another directory, and says so", async () => {
    const context = await openBrowser();
    const page = await signIn(context, "carl");
    expect(await page.locator("main [role=alert]").textContent()).toMatch(/directory may not sign in here/);
    expect((await query(context, "session.me")).status()).toBe(401);
  });

  it("gives the role that the app registration assigns", async () => {
    const context = await openBrowser();
    await signIn(context, "dora");
    const me = await (await query(context, "session.me")).json();
    expect(me.result.data.json).toMatchObject({ name: "Dora", role: "msp-technician" });
  });

  it("has no local sign-in beside it, whatever the environment allows", async () => {
    const context = await openBrowser();
    const page = await context.newPage();
    await page.goto(`${url}/sign-in`);
    expect(await page.locator("input[type=password]").count()).toBe(0);
    const { csrfToken } = await (await context.request.get(`${url}/api/auth/csrf`)).json();
    await context.request.post(`${url}/api/auth/callback/local`, { form: { csrfToken, password: "x" } });
    expect((await query(context, "session.me")).status()).toBe(401);
  });
});
