import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET, POST } from "@/app/m/[token]/route";
import { emails, sessions } from "@/db/schema";
import { announceSession } from "@/server/services/emails/announce-session";
import { findBrowser } from "../browser.mjs";
import { type MailWorld, openMailWorld } from "../integration/mail/world";

const executablePath = findBrowser();
const runtimeKey = Symbol.for("evenkeel.runtime");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe.skipIf(executablePath === null)("the page behind a link, in a browser", () => {
  let world: MailWorld;
  let server: Server;
  let browser: Browser;
  let url: string;
  let link: string;
  const requested: string[] = [];

  beforeAll(async () => {
    world = await openMailWorld();
    Object.assign(globalThis, { [runtimeKey]: Promise.resolve(world.runtime) });
    server = createServer(async (request, response) => {
      requested.push(`${request.method} ${request.url?.split("/")[1]}`);
      const address = new URL(request.url ?? "/", url);
      const context = { params: Promise.resolve({ token: address.pathname.split("/")[2] ?? "" }) };
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk));
      const isPost = request.method === "POST";
      const headers = { "content-type": request.headers["content-type"] ?? "" };
      const asked = isPost
        ? new Request(address, { method: "POST", headers, body: Buffer.concat(chunks) })
        : new Request(address);
      const answer = await (isPost ? POST : GET)(asked, context);
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
    const args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"];
    browser = await chromium.launch({ executablePath: executablePath ?? "", args });
  });
  beforeEach(async () => {
    await world.reset();
    await world.setPrimaryPerson(await world.makePerson({}));
    await announceSession({ ctx: world.system, input: { sessionId: await world.makeSession() } });
    const [mail] = await world.runtime.database.db.select({ text: emails.plainText }).from(emails);
    link = `${url}${/\/m\/[\w.-]+/.exec(mail?.text ?? "")?.[0]}`;
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    Object.assign(globalThis, { [runtimeKey]: undefined });
    await world?.close();
  });

  const session = async () => (await world.runtime.database.db.select().from(sessions))[0];

  async function withPage(options: Parameters<Browser["newContext"]>[0], use: (page: Page) => Promise<void>) {
    const context = await browser.newContext(options);
    try {
      context.setDefaultTimeout(20_000);
      await use(await context.newPage());
    } finally {
      await context.close();
    }
  }

  it("postpones, says what is left, and runs now, with scripts off", async () => {
    await withPage({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } }, async (page) => {
      await page.goto(link);
      await page.getByRole("radio", { name: "Tomorrow at 21:00" }).check();
      await page.getByRole("button", { name: "Postpone" }).click();
      expect(await page.getByRole("status").textContent()).toBe("Postponed. It now starts tomorrow at 21:00.");
      expect(await page.getByText("You can postpone once").count()).toBe(1);
      expect(await session()).toMatchObject({ status: "postponed", postponeCount: 1 });
      await page.reload();
      expect(await session()).toMatchObject({ postponeCount: 1 });
      await page.getByRole("button", { name: "Run it now" }).click();
      expect(await page.getByRole("status").textContent()).toBe("Thank you. It starts now.");
      expect(await session()).toMatchObject({ status: "pending-execution", executionAt: world.clock.now() });
    });
  });

  it("takes a time of one's own, from the keyboard alone", async () => {
    await withPage({ viewport: { width: 700, height: 900 } }, async (page) => {
      await page.goto(link);
      expect(await page.getByLabel(/Date and time/).isVisible()).toBe(false);
      await page.keyboard.press("Tab");
      await page.keyboard.press("ArrowUp");
      expect(await page.getByRole("radio", { name: "Choose a time" }).isChecked()).toBe(true);
      const time = page.getByLabel(/Date and time \(Central European Standard Time\)/);
      await time.fill("2026-11-25T07:15");
      await time.press("Enter");
      await page.waitForURL(/sent=/);
      expect(await page.getByRole("status").textContent()).toBe("Postponed. It now starts on Wednesday at 07:15.");
      expect((await session())?.executionAt).toEqual(new Date("2026-11-25T06:15:00Z"));
    });
  });

  it("loads nothing but itself, and its own policy lets its style through", async () => {
    requested.length = 0;
    await withPage({}, async (page) => {
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      await page.goto(link);
      const font = await page.locator("h1").evaluate((heading) => getComputedStyle(heading).fontSize);
      expect(font).toBe("26px");
      expect(await page.locator("script").count()).toBe(0);
      expect(complaints.filter((text) => !text.includes("favicon"))).toEqual([]);
    });
    expect(requested.filter((each) => !each.includes("favicon"))).toEqual(["GET m"]);
  });

  const looks = [
    { colorScheme: "light", viewport: { width: 1200, height: 900 } },
    { colorScheme: "dark", viewport: { width: 1200, height: 900 } },
    { colorScheme: "light", viewport: { width: 390, height: 800 } },
    { colorScheme: "dark", viewport: { width: 320, height: 700 } },
  ] as const;
  it.each(looks)("axe finds nothing, and nothing scrolls sideways, in %j", async (look) => {
    await withPage({ ...look, bypassCSP: true }, async (page) => {
      for (const address of [link, `${link}?choose=cancel`, `${url}/m/nonsense`]) {
        await page.goto(address);
        await page.addScriptTag({ content: axeSource });
        const found = await page.evaluate<string[]>(
          "axe.run().then(({ violations }) => violations.map((each) => each.id + ': ' + each.nodes.map((n) => n.html)))",
        );
        expect(found).toEqual([]);
        const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        expect(overflow).toBeLessThanOrEqual(0);
      }
    });
  });
});
