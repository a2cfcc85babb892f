// A browser for the checks. EXPLORER is the address of the page of a running service that has the demo; CHROMIUM is the
// browser's program, Chrome where it is not given.
import assert from 'node:assert/strict';
import puppeteer from 'puppeteer-core';

export const address = process.env.EXPLORER ?? 'http://127.0.0.1:8080/explorer/';

/** Starts the browser; the tests of a file share it. */
export function start() {
  const where = process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM } : { channel: 'chrome' };
  return puppeteer.launch({ ...where, args: ['--no-sandbox'] });
}

/** Opens a page, and collects what must not be: errors on the console, and requests to elsewhere. */
export async function open(browser, { width = 1280, height = 900, dark = false, free = false } = {}) {
  const page = await browser.newPage();
  await page.setBypassCSP(free); // axe is put into the page from outside
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }, { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  const faults = [];
  page.on('console', (message) => ['error', 'warn'].includes(message.type()) && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== new URL(address).origin && !['data:', 'blob:'].includes(url.protocol)) faults.push(`asked of elsewhere: ${url}`);
  });
  return { page, faults, close: async () => {
    await page.close();
    assert.deepEqual(faults, []);
  } };
}

/** Goes to an address of the page and waits until all is shown. */
export async function visit(page, search) {
  await page.goto(address + search);
  await settled(page);
}

/** Waits until what the address asks for is shown. */
export async function settled(page) {
  await page.waitForFunction(() => document.querySelector('main h1')?.textContent && !document.querySelector('main[aria-busy]'));
}

/** Waits until the text of an element holds a text. */
export async function says(page, selector, text) {
  await page.waitForFunction((s, t) => document.querySelector(s)?.textContent.includes(t), {}, selector, text);
}

/** Clicks the first element whose text holds a text. */
export async function click(page, selector, text) {
  await page.evaluate((s, t) => [...document.querySelectorAll(s)].find((e) => e.textContent.includes(t)).click(), selector, text);
}

/** How many elements there are. */
export async function count(page, selector) {
  return (await page.$$(selector)).length;
}

/** What stands after the path in the address. */
export function search(page) {
  return page.evaluate(() => location.search);
}
