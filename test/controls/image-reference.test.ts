import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isFrom, readImage } from "../../src/controls/image-reference.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

describe("the name of an image", () => {
  test.each([
    ["nginx", "docker.io/library/nginx", null],
    ["nginx:1.27", "docker.io/library/nginx", "1.27"],
    ["team/web", "docker.io/team/web", null],
    ["docker.io/nginx", "docker.io/library/nginx", null],
    ["docker.io/team/web:1", "docker.io/team/web", "1"],
    ["index.docker.io/nginx", "docker.io/library/nginx", null],
    ["contoso.azurecr.io/web", "contoso.azurecr.io/web", null],
    ["Contoso.azurecr.io/web:V1", "contoso.azurecr.io/web", "V1"],
    ["contoso.azurecr.io:443/team/web:1", "contoso.azurecr.io:443/team/web", "1"],
    ["Contoso/web:1", "contoso/web", "1"],
    ["localhost/web", "localhost/web", null],
    ["localhost:5000/web", "localhost:5000/web", null],
    [`contoso.azurecr.io/web:1@${digest}`, "contoso.azurecr.io/web", "1"],
  ])("%s is %s", (image, name, tag) => {
    const { segments, tag: found } = readImage(image);
    expect(segments.join("/")).toBe(name);
    expect(found).toBe(tag);
  });

  test.each([
    [`web@${digest}`, true],
    [`localhost:5000/web:1@${digest}`, true],
    [`web@sha512:${"ab".repeat(64)}`, true],
    ["web:1", false],
    ["web@", false],
    ["web@latest", false],
    ["web@sha256:", false],
    ["web@sha256:xyz", false],
    [`web@${digest}@latest`, false],
    ["", false],
  ])("%s has a digest: %s", (image, hasDigest) => {
    expect(readImage(image).hasDigest).toBe(hasDigest);
  });
});

describe("a registry", () => {
  test.each([
    ["contoso.azurecr.io/web:1", "contoso.azurecr.io", true],
    ["contoso.azurecr.io/web", "CONTOSO.azurecr.io", true],
    ["contoso.azurecr.io/team/web", "contoso.azurecr.io/team", true],
    ["contoso.azurecr.io/team", "contoso.azurecr.io/team", true],
    ["contoso.azurecr.io/teams/web", "contoso.azurecr.io/team", false],
    ["contoso.azurecr.io/web", "contoso.azurecr.io/team", false],
    ["contoso.azurecr.io.example.com/web", "contoso.azurecr.io", false],
    ["example.com/contoso.azurecr.io/web", "contoso.azurecr.io", false],
    ["nginx", "docker.io", true],
    ["nginx", "docker.io/library", true],
    ["nginx", "index.docker.io", true],
    ["team/nginx", "docker.io/library", false],
    ["nginx", "nginx", false],
    ["contoso.azurecr.io/web", "docker.io", false],
    ["contoso.azurecr.io/web", "", false],
    ["", "", false],
  ])("%s is from %s: %s", (image, registry, isIn) => {
    expect(isFrom(readImage(image), registry)).toBe(isIn);
  });

  const segment = fc.stringMatching(/^[a-z0-9]{1,6}$/);

  test("holds an image whatever its path, tag and digest, and no image of another host", () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), segment, (path, tag) => {
        for (const end of ["", `:${tag}`, `@${digest}`, `:${tag}@${digest}`]) {
          const rest = `${path.join("/")}${end}`;
          expect(isFrom(readImage(`a.azurecr.io/${rest}`), "a.azurecr.io")).toBe(true);
          expect(isFrom(readImage(`ba.azurecr.io/${rest}`), "a.azurecr.io")).toBe(false);
          expect(isFrom(readImage(rest), "a.azurecr.io")).toBe(false);
        }
      }),
    );
  });
});
