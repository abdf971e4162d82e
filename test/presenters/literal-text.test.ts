import { expect, test } from "vitest";
import { literalCommands, literalText } from "../../src/presenters/literal-text.ts";

test("leaves names as people know them", () => {
  expect(literalText("aks_pay-weu-01 (büro) *", 80)).toBe("aks_pay-weu-01 (büro) *");
});

test("keeps to one line", () => {
  expect(literalText(" a\r\n\tb\u2028c\u0000 ", 80)).toBe("a b c");
});

test("drops marks that are invisible or turn the direction of reading", () => {
  expect(literalText("inv\u202egpj.exe\u200b\u2066x\ufeff", 80)).toBe("invgpj.exex");
});

test("takes web addresses, mentions and date functions apart", () => {
  expect(literalText("https://evil.example", 80)).toBe("https[:]//evil.example");
  expect(literalText("<at>Everyone</at> <AT id=1> <attic>", 80)).toBe("‹at>Everyone‹/at> ‹AT id=1> <attic>");
  expect(literalText("{{DATE(2026-01-01T00:00:00Z)}}", 80)).toBe("{ {DATE(2026-01-01T00:00:00Z)}}");
});

test("ends what is too long with an ellipsis and never splits a character", () => {
  expect(literalText("abcdef", 6)).toBe("abcdef");
  expect(literalText("abc def", 5)).toBe("abc…");
  expect(literalText("🛟🛟🛟🛟", 3)).toBe("🛟🛟…");
});

test("shows commands whole and unchanged, or not at all", () => {
  const command = "az aks update -g 'rg (pay)' -n aks_x --api-server-authorized-ip-ranges <office-range>";
  expect(literalCommands([command], 200)).toEqual([command]);
  expect(literalCommands([command], 20)).toEqual([]);
  expect(
    literalCommands(
      ["", "az x\nrm -rf /", "az x\u202e", "az -n '<at>'", "az -n 'https://evil.example'"],
      200,
    ),
  ).toEqual([]);
});
