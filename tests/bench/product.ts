import { copyCheckout, findFreePort, type Product, removeCopy, startProduct } from "../harness/product";

let prepared: Promise<{ folder: string; port: number }> | undefined;

/** A copy of the checkout, installed, built and started once before; shared by the benches of one run. */
function prepareCopy(): Promise<{ folder: string; port: number }> {
  prepared ??= (async () => {
    const folder = copyCheckout();
    process.once("exit", () => removeCopy(folder));
    const port = await findFreePort();
    const first = await startProduct(folder, { port });
    await first.stop();
    return { folder, port };
  })();
  return prepared;
}

/** The product, started warm: installed and built, with its database and this machine enrolled. */
export async function startWarm(): Promise<Product & { port: number }> {
  const { folder, port } = await prepareCopy();
  return { ...(await startProduct(folder, { port })), port };
}
