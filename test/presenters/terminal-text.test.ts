import { describe, expect, test } from "vitest";
import { paragraph, plain, shorten, wrap, wrapCommand } from "../../src/presenters/terminal-text.ts";

describe("text for a terminal", () => {
  test("invisible characters are written out, line ends become blanks", () => {
    expect(plain("a\u001b[31m\r\nb\u200b")).toBe("a\\u{1b}[31m b\\u{200b}");
  });

  test("is shortened by characters, not by halves of them", () => {
    expect(shorten("😀😀😀", 2)).toBe("😀…");
    expect(shorten("abc", 3)).toBe("abc");
  });

  test("breaks between words, and leaves a long word whole", () => {
    expect(wrap("aa bb cc", 5)).toEqual(["aa bb", "cc"]);
    expect(wrap("aa bbbbbbbb c", 5)).toEqual(["aa", "bbbbbbbb", "c"]);
    expect(paragraph("aa bb", 4, "  ")).toEqual(["  aa", "  bb"]);
  });

  test("a broken command is the same command to a shell", () => {
    const command =
      "az aks update --resource-group 'rg (prod)' --name aks --api-server-authorized-ip-ranges '<range>'";
    const lines = wrapCommand(command, 50, "  ");
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines.slice(0, -1)) expect(line.endsWith(" \\")).toBe(true);
    expect(lines.map((line) => line.replace(/ \\$/, "").trim()).join(" ")).toBe(command);
    expect(wrapCommand("az account show", 50, "  ")).toEqual(["  az account show"]);
  });
});
