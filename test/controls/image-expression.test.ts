import { expect, test } from "vitest";
import { admissionOf } from "../../src/controls/image-expression.ts";

test.each([
  ["^contoso\\.azurecr\\.io/.+$", "named registries"],
  ["^contoso.azurecr.io\\/.+$", "named registries"],
  ["^<registry>[.]azurecr[.]io/.+$", "named registries"],
  ["^(contoso\\.azurecr\\.io|mcr\\.microsoft\\.com)/.+$", "named registries"],
  ["^([^\\/]+\\.azurecr\\.io|registry\\.io)\\/.+$", "named registries"],
  ["^[^\\/]+\\.azurecr\\.io\\/.+$", "named registries"],
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
