import { AgentError } from "../errors";

/**
 * The address of a server as given by a person. Plain http is for this machine only, unless asked for by name: the
 * agent's secret and the scripts would cross the network readable.
 */
export function parseServerUrl(text: string, { allowHttp }: { allowHttp: boolean }): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new AgentError("usage", `"${text}" is not an address; give one like https://evenkeel.example.com.`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new AgentError("usage", `"${text}" must begin with https://.`);
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new AgentError("usage", "The server's address must have no user name, query or fragment.");
  }
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === "http:" && !loopback && !allowHttp) {
    throw new AgentError(
      "usage",
      `${url.origin} would carry secrets unencrypted; use https://, or add --allow-http in a network you trust.`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}
