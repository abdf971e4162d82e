import { createServer, type Server } from "node:http";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Alert } from "../../../src/domain/alert.ts";
import { createTeamsWebhook } from "../../../src/emulator/teams/teams-webhook.ts";
import { presentAlert } from "../../../src/presenters/adaptive-card.ts";
import { launchChromium, screenshotPath } from "../../support/chromium.ts";
import { baselineAlert, clusterId, driftAlert, hostileAlert } from "../../support/example-alerts.ts";

const portalUrl = "https://portal.azure.com";
const publicUrl = "https://midwatch.contoso.example/";
const sweepUrl = `${publicUrl}api/sweeps/${driftAlert.sweepId}`;

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

  /** What a reader sees, block by block, hidden ones left out. */
  async function seenTexts(page: Page): Promise<readonly string[]> {
    const texts = await page.locator(".ac-textBlock:visible, .ac-richTextBlock:visible").allInnerTexts();
    return texts.map((text) => text.replaceAll(/\s+/g, " ").trim());
  }

  async function links(page: Page): Promise<readonly (string | null)[]> {
    return page
      .locator("#card a")
      .evaluateAll((anchors) => anchors.map((anchor) => anchor.getAttribute("href")));
  }

  describe("with a night's drift", () => {
    test("shows what changed, what is unread and where to look", async () => {
      const page = await open(driftAlert);
      expect(await seenTexts(page)).toEqual(
        expect.arrayContaining([
          "3 new failures, 1 back again, 2 out of sight, 2 resolved, 2 gone",
          "Incomplete: 2 parts of the fleet could not be read. What was not read counts neither as passing nor as resolved.",
          "71.4",
          "12",
          "● 3 critical ● 19 high",
          "aks-pay-weu-01",
          "Not met: The API server does not answer the whole internet",
          "✓ aks-shop-weu-01 · The Defender sensor runs on the nodes",
          "aks-poc-weu-09 was deleted, its 2 failures with it",
        ]),
      );
      expect(await links(page)).toEqual([
        ...driftAlert.entries.slice(0, 5).map((entry) => `${portalUrl}/#@/resource${entry.clusterId}`),
        sweepUrl,
        sweepUrl,
      ]);
      expect(await page.locator("#card strong").textContent()).toBe("Incomplete:");
      await page.screenshot({ path: await screenshotPath("drift-light"), fullPage: true });
    });

    test("opens and closes the commands, by keyboard too", async () => {
      const page = await open(driftAlert);
      const command = page.getByText("--disable-local-accounts");
      const fix = page.getByRole("button", { name: "Show or hide the commands that fix it" });
      expect(await fix.count()).toBe(3);
      expect(await command.isVisible()).toBe(false);
      await fix.nth(2).focus();
      await page.keyboard.press("Enter");
      expect(await command.isVisible()).toBe(true);
      expect(await command.getAttribute("style")).toContain("monospace");
      expect(await command.textContent()).toBe(driftAlert.entries[2]?.commands[0]);
      await page.screenshot({ path: await screenshotPath("drift-open"), fullPage: true });
      await fix.nth(2).click();
      expect(await command.isVisible()).toBe(false);
    });

    test("is readable in the dark", async () => {
      const page = await open(driftAlert, dark);
      const styleOf = (selector: string, property: string) =>
        page.evaluate(
          `getComputedStyle(document.querySelector(${JSON.stringify(selector)}))[${JSON.stringify(property)}]`,
        );
      const colors = {
        ground: await styleOf("#card", "backgroundColor"),
        ink: await styleOf("#card .ac-columnSet .ac-textBlock", "color"),
      };
      expect(colors).toEqual({ ground: "rgb(41, 41, 41)", ink: "rgb(255, 255, 255)" });
      await page.screenshot({ path: await screenshotPath("drift-dark"), fullPage: true });
    });
  });

  test.each(Object.entries({ driftAlert, baselineAlert, hostileAlert }))(
    "%s fits a phone",
    async (name, alert) => {
      const page = await open(alert, phone);
      for (const fix of await page.getByText("Fix ▾").all()) await fix.click();
      await page.screenshot({ path: await screenshotPath(`${name}-phone`), fullPage: true });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
      const beyond = await page
        .locator("#card *")
        .evaluateAll((elements) =>
          elements
            .filter((element) => element.getBoundingClientRect().right > 360)
            .map((element) => element.textContent),
        );
      expect(beyond).toEqual([]);
    },
  );

  test("with the first night shows the counts and the worst five", async () => {
    const page = await open(baselineAlert);
    const texts = await seenTexts(page);
    expect(texts).toContain("First sweep: 22 failures on 36 clusters");
    expect(texts.filter((text) => text.startsWith("Not met:"))).toHaveLength(5);
    expect(texts).toContain("+17 more failures");
    await page.screenshot({ path: await screenshotPath("baseline-light"), fullPage: true });
  });

  test("shows hostile text as text", async () => {
    const page = await open(hostileAlert);
    const texts = (await seenTexts(page)).join("\n");
    expect(texts).toContain(
      "**x** _y_ [pay](https[:]//evil.example/p) ‹at>Everyone‹/at> <script>document.bo…",
    );
    expect(texts).toContain("a_b_ __c__ gpj.exe");
    expect(await links(page)).toEqual([`${portalUrl}/#@/resource${clusterId("aks-pay-weu-01")}`]);
    expect(await page.locator("#card").locator("script, img, em, ul, ol, h1, at").count()).toBe(0);
    expect(await page.locator("#card strong").allInnerTexts()).toEqual(["Incomplete:"]);
    await page.screenshot({ path: await screenshotPath("hostile-light"), fullPage: true });
  });

  test("lists every card that was posted", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${origin}/teams/`);
    expect(await page.getByRole("link").count()).toBe(teams.cards.length);
    await context.close();
  });
});
