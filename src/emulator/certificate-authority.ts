import { type GenerateResult, generate } from "selfsigned";

/** A certificate for loopback and the authority to trust for it, all PEM. */
export interface LoopbackCertificate {
  /** The authority's certificate; its key is thrown away. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const keys = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;

/** Makes a certificate authority of its own, of this name, and a certificate of it for `localhost` and the loopback addresses. */
export async function createLoopbackCertificate(name: string): Promise<LoopbackCertificate> {
  const authority = await generate([{ name: "commonName", value: name }], {
    ...keys,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf: GenerateResult = await generate([{ name: "commonName", value: "localhost" }], {
    ...keys,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
          { type: 7, ip: "::1" },
        ],
      },
    ],
  });
  return {
    authority: authority.cert,
    certificate: leaf.cert,
    key: leaf.private,
  };
}
