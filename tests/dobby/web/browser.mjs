// Chromium, driven line by line: each line in is a JSON string of statements with `page` and
// `context` in reach; each line out is what they returned. Arguments: a folder with
// playwright-core, the browser, and the page's address.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [folder, executablePath, url] = process.argv.slice(2);
const { chromium } = createRequire(`${folder}/`)("playwright-core");
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
});
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, baseURL: url });
context.setDefaultTimeout(15_000);
const page = await context.newPage();
const errors = [];
page.on("pageerror", (error) => errors.push(error.message));
const Deed = Object.getPrototypeOf(async () => {}).constructor;
for await (const line of createInterface({ input: process.stdin })) {
  let said;
  try {
    const value = await new Deed("page", "context", "errors", JSON.parse(line))(page, context, errors);
    said = { value: value ?? null };
  } catch (error) {
    said = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
await browser.close();
