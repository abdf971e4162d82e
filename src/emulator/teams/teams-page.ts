import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { TextResponse } from "../service.ts";
import { pageScript, pageStyle } from "./teams-page-assets.ts";

/** A card as it was posted. */
export interface PostedCard {
  /** Counts from 1. */
  readonly number: number;
  /** ISO 8601. */
  readonly postedAt: string;
  /** The card itself, without the message around it. */
  readonly card: unknown;
  /** Of the whole request body. */
  readonly bytes: number;
}

const packages = createRequire(import.meta.url);

/** Libraries the page runs, as their packages ship them for browsers. */
const libraries: Readonly<Record<string, string>> = {
  "/teams/adaptivecards.js": "adaptivecards/dist/adaptivecards.min.js",
  "/teams/markdown-it.js": "markdown-it/browser",
};

// Scripts and styles come from files only: a card that smuggled in a script would be stopped here and seen in tests.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/** Answers what a browser asks for below `/teams/`: the list of cards, a card's page, and what that page loads. */
export function answerPage(pathname: string, cards: readonly PostedCard[]): TextResponse {
  const library = libraries[pathname];
  if (library !== undefined)
    return answer("text/javascript", readFileSync(packages.resolve(library), "utf8"));
  if (pathname === "/teams/page.js") return answer("text/javascript", pageScript);
  if (pathname === "/teams/page.css") return answer("text/css", pageStyle);
  if (pathname === "/teams/") return answer("text/html", listPage(cards));

  const [, number, json] = /^\/teams\/cards\/(\d+)(\.json)?$/.exec(pathname) ?? [];
  const posted = cards[Number(number) - 1];
  if (posted === undefined)
    return { ...answer("text/html", page("Not found", "<p>There is no such card.</p>")), status: 404 };
  return json === undefined
    ? answer("text/html", cardPage(posted))
    : answer("application/json", JSON.stringify(posted.card));
}

function listPage(cards: readonly PostedCard[]): string {
  const rows = cards.map(
    ({ number, postedAt, bytes }) =>
      `<li><a href="/teams/cards/${number}">Card ${number}</a> <span>${momentOf(postedAt)}, ${(bytes / 1024).toFixed(1)} KB</span></li>`,
  );
  const list = rows.length === 0 ? "<p>No card was posted yet.</p>" : `<ul>${rows.reverse().join("")}</ul>`;
  return page("Posted cards", `<h1>Posted cards</h1>${list}`);
}

function cardPage({ number, postedAt }: PostedCard): string {
  return page(
    `Card ${number}`,
    `<article class="post"><div class="avatar" aria-hidden="true">W</div><div class="message">
<header><b>Workflows</b> <time datetime="${postedAt}">${momentOf(postedAt)}</time></header>
<div id="card" data-card="/teams/cards/${number}.json"></div></div></article>
<script src="/teams/adaptivecards.js"></script><script src="/teams/markdown-it.js"></script><script src="/teams/page.js"></script>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · emulated Teams</title><link rel="stylesheet" href="/teams/page.css"></head><body><main>${body}</main></body></html>`;
}

/** `2026-11-21T01:02:03.000Z` as `2026-11-21 01:02 UTC`. */
function momentOf(moment: string): string {
  return `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`;
}

function answer(type: string, body: string): TextResponse {
  return {
    status: 200,
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
    body,
  };
}
