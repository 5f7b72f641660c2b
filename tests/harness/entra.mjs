// A real OpenID provider (oidc-provider), set up as Microsoft Entra ID is: over TLS, with the directory in the issuer's
// path, and tid, oid, preferred_username and roles in the id token.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Provider from "oidc-provider";

/** Whether this machine can make the certificate that the provider needs. */
export function canMakeCertificate() {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/**
 * @typedef {{ tid: string, oid: string, name: string, preferred_username: string, roles?: string[] }} EntraPerson
 * @param {{ port: number, tid: string, clientId: string, clientSecret: string, redirectUri: string,
 *   people: Record<string, EntraPerson> }} options people by what they type as their login
 * @returns {Promise<{ issuer: string, certificateFile: string, tokenRequests: () => number, close(): Promise<void> }>}
 */
export async function startEntra({ port, tid, clientId, clientSecret, redirectUri, people }) {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-entra-"));
  const [key, certificateFile] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      "2",
      "-subj",
      "/CN=localhost",
      "-addext",
      "subjectAltName=DNS:localhost",
      "-keyout",
      key,
      "-out",
      certificateFile,
    ],
    { stdio: "ignore" },
  );
  const mount = `/${tid}/v2.0`;
  const issuer = `https://localhost:${port}${mount}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ["sub", "tid", "oid", "roles"], profile: ["name", "preferred_username"], email: ["email"] },
    // As Entra does: what a scope gives is in the id token.
    conformIdTokenClaims: false,
    pkce: { required: () => false },
    findAccount: (_context, login) => {
      const person = people[login];
      return person && { accountId: login, claims: () => ({ sub: login, ...person }) };
    },
    // An administrator has consented for everybody.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
  });
  provider.proxy = false;
  let tokenRequests = 0;
  const handle = provider.callback();
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificateFile) }, (request, response) => {
    if (request.url === `${mount}/token`) tokenRequests += 1;
    request.originalUrl = request.url;
    request.url = request.url.startsWith(mount) ? request.url.slice(mount.length) || "/" : request.url;
    handle(request, response);
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    issuer,
    certificateFile,
    tokenRequests: () => tokenRequests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          rmSync(folder, { recursive: true, force: true });
          resolve();
        });
      }),
  };
}
