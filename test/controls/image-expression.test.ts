import { expect, test } from "vitest";
import { admissionOf, registriesIn } from "../../src/controls/image-expression.ts";

test.each([
  ["^contoso\\.azurecr\\.io/.+$", "named registries"],
  ["^contoso.azurecr.io\\/.+$", "named registries"],
  ["^<registry>[.]azurecr[.]io/.+$", "named registries"],
  ["^(contoso\\.azurecr\\.io|mcr\\.microsoft\\.com)/.+$", "named registries"],
  // Anybody may open a registry there.
  ["^([^\\/]+\\.azurecr\\.io|registry\\.io)\\/.+$", "undecided"],
  ["^[^\\/]+\\.azurecr\\.io\\/.+$", "undecided"],
  ["^[a-z0-9-]+\\.azurecr\\.io/.+$", "undecided"],
  ["^[^/]*contoso\\.azurecr\\.io/.+$", "undecided"],
  // So does contoso.azurecr.io.example.
  ["^contoso\\.azurecr\\.io", "undecided"],
  ["^contoso\\.azurecr\\.io/?", "undecided"],
  ["^contoso\\.azurecr\\.io\\/?.*$", "undecided"],
  ["^contoso\\.azurecr\\.io/(a|b)$", "named registries"],
  ["^contoso\\.azurecr\\.io/.+$|^mcr\\.microsoft\\.com/.+$", "named registries"],
  ["^(contoso\\.azurecr\\.io/.+|mcr\\.microsoft\\.com/.+)$", "named registries"],
  [".*", "anything"],
  ["^.*$", "anything"],
  ["^(.+)$", "anything"],
  ["^contoso\\.azurecr\\.io/.+$|.*", "anything"],
  ["", "anything"],
  ["^(.+){0}$", "nothing"],
  ["contoso\\.azurecr\\.io/.+", "undecided"],
  ["^contoso\\.azurecr\\.io/.+$|mcr\\.microsoft\\.com", "undecided"],
  ["^.+contoso\\.azurecr\\.io/.+$", "undecided"],
  ["^(contoso\\.azurecr\\.io|.*)/.+$", "undecided"],
  ["^[a-z]+/.+$", "undecided"],
  [7, "undecided"],
  [undefined, "undecided"],
])("%s lets in %s", (expression, admission) => {
  expect(admissionOf(expression)).toBe(admission);
});

test.each([
  ["^contoso\\.azurecr\\.io/.+$", ["contoso.azurecr.io"]],
  ["^(contoso[.]azurecr[.]io|MCR.microsoft.com)\\/.+$", ["contoso.azurecr.io", "mcr.microsoft.com"]],
  ["^contoso.azurecr.io/(a|b)$|^docker\\.io/.+$", ["contoso.azurecr.io", "docker.io"]],
])("%s names %j", (expression, hosts) => {
  expect(registriesIn(expression)).toEqual(hosts);
});
