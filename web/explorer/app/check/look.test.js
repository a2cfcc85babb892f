// Each state of the page, wide and on a phone, light and dark: accessible, within its width, without errors or requests
// to elsewhere.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { open, start, visit } from './browser.js';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

const STATES = {
  start: '',
  node: '?id=logius',
  'node with another chosen': '?id=demo-l-nalatenschap-in-code&sel=demo-p-erwin-ponskaart&lang=en',
  paths: '?from=logius&to=saxion&path=2&sel=bzk',
  'no paths': '?from=logius&to=logius',
  match: '?id=demo-v-verouderde-cobol-svb&show=match',
  fits: '?id=demo-p-erwin-ponskaart&show=match&lang=en',
  results: '?q=beveiliging',
  'no results': '?q=qqqzzz',
  gone: '?id=nobody',
};

let browser;
before(async () => { browser = await start(); });
after(() => browser.close());

for (const [name, where] of Object.entries(STATES)) {
  for (const size of [{ width: 1280, height: 900 }, { width: 390, height: 844, dark: true }]) {
    test(`${name}, ${size.width} wide`, async () => {
      const bare = await open(browser, size); // with the policy of the page in force
      await visit(bare.page, where);
      assert.equal(await bare.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
      await bare.close();
      const { page, close } = await open(browser, { ...size, free: true });
      await visit(page, where);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), []);
      await close();
    });
  }
}
