import { createServer, type Server } from "node:http";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Alert } from "../../src/domain/alert.ts";
import { createTeamsWebhook } from "../../src/emulator/teams-webhook.ts";
import { presentAlert } from "../../src/presenters/adaptive-card.ts";
import { launchChromium, screenshotPath } from "../support/chromium.ts";
import { baselineAlert, driftAlert, hostileAlert } from "../support/example-alerts.ts";

const portalUrl = "https://portal.azure.com";
const publicUrl = "https://midwatch.contoso.example/";

describe("the page of a posted card", () => {
  const teams = createTeamsWebhook({
    workflow: "alerts",
    signature: "s3cret",
    now: () => "2026-11-21T01:04:00.000Z",
  });
  let server: Server;
  let browser: Browser;
  let origin = "";

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const answer = await teams.handle({
        method: "GET",
        url: `${origin}${request.url}`,
        headers: {},
        body: "",
      });
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    origin = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => server.close(resolve));
  });

  async function open(alert: Alert, options: BrowserContextOptions = {}): Promise<Page> {
    const answer = await teams.handle({
      method: "POST",
      url: teams.address(origin),
      headers: { "content-type": "application/json" },
      body: JSON.stringify(presentAlert(alert, { portalUrl, publicUrl })),
    });
    expect(answer).toMatchObject({ status: 202, body: "" });
    const context = await browser.newContext({
      viewport: { width: 800, height: 900 },
      deviceScaleFactor: 2,
      ...options,
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(`${origin}/teams/cards/${teams.cards.length}`);
    await page.waitForSelector("body[data-rendered]");
    expect(faults).toEqual([]);
    return page;
  }

  const phone: BrowserContextOptions = { viewport: { width: 360, height: 800 }, isMobile: true };
  const dark: BrowserContextOptions = { colorScheme: "dark" };

  test("look", async () => {
    for (const [name, alert] of Object.entries({ driftAlert, baselineAlert, hostileAlert })) {
      for (const [look, options] of Object.entries({ wide: {}, phone, dark })) {
        const page = await open(alert, options);
        await page.screenshot({ path: await screenshotPath(`${name}-${look}`), fullPage: true });
        await page.context().close();
      }
    }
  });
});
