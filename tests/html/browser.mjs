// Opens papers in headless Chromium and holds them to what the README promises of them: every link leads somewhere,
// nothing is fetched, nothing runs, nobody is shut out, and nothing is cut off on A4.
//
//   node browser.mjs FOLDER FILE…      screenshots and printed pages are left in the folder, to be looked at
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [folder, ...files] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const faults = [];

const VIEWS = {
  wide: { viewport: { width: 1280, height: 900 } },
  narrow: { viewport: { width: 390, height: 800 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
for (const file of files) {
  for (const [view, options] of Object.entries(VIEWS)) {
    await look(file, view, options);
  }
}
await browser.close();
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(`${files.length} papers, ${Object.keys(VIEWS).length} views of each: no faults`);

async function look(file, view, options) {
  const fault = (text) => faults.push(`${basename(file)}, ${view}: ${text}`);
  const address = pathToFileURL(file).href;
  const page = await browser.newPage(options);
  page.on("console", (message) => message.type() === "error" && fault(`the console says ${message.text()}`));
  page.on("pageerror", (error) => fault(`a script failed: ${error}`));
  page.on("dialog", (dialog) => fault(`a script ran: ${dialog.message()}`));
  page.on("request", (request) => request.url() !== address && fault(`asks for ${request.url()}`));
  await page.goto(address);
  await page.screenshot({ path: join(folder, `${basename(file, ".html")}-${view}.png`) });
  (await page.evaluate(structure)).forEach(fault);
  if (view === "wide") {
    await print(page, file, fault);
  }
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  for (const { impact, id, nodes } of violations) {
    if (impact === "serious" || impact === "critical") {
      fault(`${id} (${impact}), ${nodes.length} times, first ${nodes[0].html.slice(0, 200)}`);
    }
  }
  await page.close();
}

/** Faults of the document itself. Runs in the page. */
function structure() {
  const faults = [];
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  if (new Set(ids).size !== ids.length) {
    faults.push(`an id is used twice: ${ids.find((id, i) => ids.indexOf(id) !== i)}`);
  }
  for (const link of document.querySelectorAll("a")) {
    const to = link.getAttribute("href") ?? "";
    if (!to.startsWith("#") || document.getElementById(to.slice(1)) === null) {
      faults.push(`the link “${link.textContent}” leads nowhere: ${to}`);
    }
  }
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5")) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) {
      faults.push(`the heading “${heading.textContent}” skips a level`);
    }
    level = own;
  }
  if (document.querySelectorAll("script, iframe, object, link, img").length > 0) {
    faults.push("holds elements that load or run something");
  }
  if (document.documentElement.scrollWidth > innerWidth) {
    faults.push(`the page itself scrolls sideways, ${document.documentElement.scrollWidth} px`);
  }
  for (const picture of document.querySelectorAll("svg")) {
    const box = picture.viewBox.baseVal;
    for (const text of picture.querySelectorAll("text")) {
      const { x, width } = text.getBBox();
      if (x < -1 || x + width > box.width + 1) {
        faults.push(`a picture cuts off “${text.textContent}”`);
      }
    }
  }
  return faults;
}

/** On A4 no table is cut: rows stay whole, headings are repeated, and every word lies within the margins. */
async function print(page, file, fault) {
  const path = join(folder, `${basename(file, ".html")}.pdf`);
  await page.pdf({ path, preferCSSPageSize: true });
  await page.emulateMedia({ media: "print" });
  const cut = await page.evaluate(() => {
    const style = (selector, name) =>
      [...document.querySelectorAll(selector)].map((element) => getComputedStyle(element)[name]);
    return {
      rows: style("tbody tr", "breakInside").filter((value) => value !== "avoid").length,
      heads: style("thead", "display").filter((value) => value !== "table-header-group").length,
    };
  });
  await page.emulateMedia({ media: "screen" });
  if (cut.rows > 0) fault(`${cut.rows} rows may be broken over two pages`);
  if (cut.heads > 0) fault(`${cut.heads} table headings are not repeated`);
  const places = execFileSync("pdftotext", ["-bbox", path, "-"], { encoding: "utf8", maxBuffer: 1 << 28 });
  let width = 0;
  let number = 0;
  for (const line of places.split("\n")) {
    const sheet = line.match(/<page width="([\d.]+)" height="([\d.]+)"/);
    if (sheet) {
      number += 1;
      width = Number(sheet[1]);
      if (Math.round(width) !== 595 || Math.round(Number(sheet[2])) !== 842) fault(`page ${number} is not A4`);
    }
    const word = line.match(/xMin="(-?[\d.]+)".*xMax="([\d.]+)".*>(.*)<\/word>/);
    if (word && (Number(word[1]) < 20 || Number(word[2]) > width - 20)) {
      fault(`page ${number} cuts “${word[3]}” at ${word[2]} of ${width} points`);
    }
  }
}
