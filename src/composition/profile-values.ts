import { z } from "zod";

/** A registry that images may come from, as image references write it: host, port where there is one, and maybe the beginning of a path. */
export const registry = z.string().superRefine((text, context) => {
  const fault = registryFault(text);
  if (fault !== null) context.addIssue({ code: "custom", message: `${JSON.stringify(text)} ${fault}` });
});

/** Whose tokens may open API servers: a type of resources, or the address of an issuer. */
export const issuer = z.string().superRefine((text, context) => {
  if (resourceType.test(text) || isIssuerAddress(text)) return;
  context.addIssue({
    code: "custom",
    message: `${JSON.stringify(text)} is neither a type of resources, such as Microsoft.DataProtection/backupVaults, nor the https address of an issuer`,
  });
});

const host = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d{1,5})?$/;
/** Of the grammar of image references (github.com/distribution/reference). */
const pathPart = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const resourceType = /^[a-z][a-z0-9]*(?:\.[a-z0-9]+)+(?:\/[a-z0-9]+)+$/i;

function registryFault(text: string): string | null {
  const [name = "", ...path] = text.split("/");
  if (text.includes("://")) return "begins with a scheme; images are named without one";
  if (/[*?^$\\[\]()]/.test(text)) return "holds a pattern; name the registry as images do";
  if (/[A-Z]/.test(text)) return "holds capital letters; images are named in small ones";
  if (text.endsWith("/")) return "ends with a slash; leave it out";
  const last = path.at(-1) ?? "";
  if (/[:@]/.test(last) || /:(?!\d+$)|@/.test(name))
    return "names a tag or a digest; name the registry alone";
  // Without either it would be the beginning of a path at Docker Hub, which is named docker.io.
  if (!/[.:]/.test(name) && name !== "localhost")
    return "names no host, such as contoso.azurecr.io; of Docker Hub it is docker.io";
  const isRegistry = host.test(name) && path.every((part) => pathPart.test(part));
  return isRegistry ? null : "is no registry, such as contoso.azurecr.io or contoso.azurecr.io/team";
}

/** Issuers are compared letter by letter, so an address is taken as it is written. OpenID Connect Discovery 1.0 allows them neither query nor fragment. */
function isIssuerAddress(text: string): boolean {
  return /^https:\/\/[^\s?#@\\]+$/.test(text) && URL.canParse(text);
}
