// What the page says where the API refuses or does not answer, and where nothing can be drawn.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { address, count, open, start } from './browser.js';

const SAYS = {
  NOT_FOUND: /niet \(meer\)/, STORE_UNAVAILABLE: /niet bereikbaar/, TIMEOUT: /te lang/, QUERY_TOO_COMPLEX: /te veel/,
  BAD_USER_INPUT: /niet kan/, UNAUTHENTICATED: /token/, FORBIDDEN: /niet zien/, INTERNAL: /mis/, NETWORK: /geen antwoord/,
};

let browser;
before(async () => { browser = await start(); });
after(() => browser.close());

for (const [code, text] of Object.entries(SAYS)) {
  test(code, async () => {
    const { page } = await open(browser);
    await page.setRequestInterception(true);
    const body = JSON.stringify({ data: null, errors: [{ message: 'in English', extensions: { code } }] });
    page.on('request', (request) => {
      if (!request.url().endsWith('/graphql')) request.continue();
      else if (code === 'NETWORK') request.abort();
      else request.respond({ contentType: 'application/json', body });
    });
    await page.goto(`${address}?id=logius`);
    await page.waitForSelector('[role=alert]');
    assert.match(await page.$eval('[role=alert]', (e) => e.innerText), text);
    assert.equal(await count(page, '#token'), code === 'UNAUTHENTICATED' ? 1 : 0);
    await page.close();
  });
}

test('no canvas: the text is there', async () => {
  const { page } = await open(browser);
  await page.evaluateOnNewDocument(() => { HTMLCanvasElement.prototype.getContext = () => null; });
  await page.goto(`${address}?id=logius`);
  await page.waitForSelector('.text tbody tr');
  assert.match(await page.$eval('.stage', (e) => e.innerText), /niet worden getekend/);
  await page.close();
});
