// What one can do with the page, by keyboard and by links, and that the address keeps it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { click, count, open, says, search, settled, start, visit } from './browser.js';

let browser;
let page;
let close;
before(async () => {
  browser = await start();
  ({ page, close } = await open(browser));
});
after(async () => {
  await close();
  await browser.close();
});

const ROWS = '.text tbody tr';

async function choose(field, text) {
  await page.focus(field);
  await page.keyboard.type(text);
  await page.waitForSelector('[role=option][id]', { visible: true });
  await page.keyboard.press('ArrowDown');
  const active = await page.$eval(field, (e) => document.getElementById(e.getAttribute('aria-activedescendant'))?.textContent);
  await page.keyboard.press('Enter');
  return active;
}

test('a node is found and opened by keyboard', async () => {
  await visit(page, '');
  assert.match(await choose('.search input', 'logi'), /Logius/);
  await says(page, 'main h1', 'Logius');
  await settled(page);
  assert.equal(await search(page), '?id=logius');
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  assert.match(await page.$eval('.stage', (e) => e.getAttribute('aria-label')), /Logius/);
  assert.ok(await count(page, '.stage canvas'));
});

test('a neighbour is looked at and its neighbours are added; reload and back keep to the address', async () => {
  await visit(page, '?id=logius');
  const rows = await count(page, ROWS);
  await click(page, `${ROWS} a`, 'Wachtkamer');
  await says(page, '#panel-name', 'Wachtkamer');
  await settled(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'panel-name');
  await click(page, '.actions a', 'buren');
  await page.waitForFunction((s, n) => document.querySelectorAll(s).length > n, {}, ROWS, rows);
  await settled(page);
  const text = await page.$eval('main', (e) => e.innerText);
  await page.reload();
  await settled(page);
  assert.equal(await page.$eval('main', (e) => e.innerText), text);
  await page.goBack();
  await page.waitForFunction((s, n) => document.querySelectorAll(s).length === n, {}, ROWS, rows);
});

test('the legend hides a type', async () => {
  await visit(page, '?id=logius');
  const rows = await count(page, ROWS);
  await page.click('.legend input[value=Project]');
  await page.waitForFunction((s, n) => document.querySelectorAll(s).length < n, {}, ROWS, rows);
  await settled(page);
  assert.match(await search(page), /types=/);
  assert.equal(await page.evaluate(() => document.activeElement.value), 'Project');
});

test('a connection is chosen in the panel, highlighted, and told in English', async () => {
  await visit(page, '?id=logius');
  await choose('.panel .combobox input', 'saxion');
  await page.waitForSelector('.paths li');
  await settled(page);
  assert.equal(await search(page), '?from=logius&to=saxion');
  await page.click('.paths a.action');
  await page.waitForSelector('.paths li.on');
  await page.click('header nav a[hreflang=en]');
  await says(page, 'main h1', 'How are');
  assert.match(await page.$eval('.paths', (e) => e.innerText), /is part of/);
  assert.equal(await search(page), '?from=logius&to=saxion&path=1&lang=en');
});

test('who fits changes with the kind of candidate', async () => {
  await visit(page, '?show=match&q=Hoe+beschermen+we+persoonsgegevens%3F');
  assert.equal(await count(page, '.matches > li'), 10);
  await page.select('[name=supply]', 'OFFER');
  await says(page, '.matches .kind', 'Aanbod');
  assert.match(await search(page), /supply=OFFER/);
});

test('the day and no types at all', async () => {
  await visit(page, '?id=logius');
  const rows = await count(page, ROWS);
  await visit(page, '?id=logius&asOf=2009-01-01');
  assert.ok((await count(page, ROWS)) < rows);
  await visit(page, '?id=logius&types=');
  assert.equal(await count(page, ROWS), 1);
});

test('a newer question wins from an older one that answers later', async () => {
  await visit(page, '');
  let held;
  const hold = (request) => {
    if (request.url().endsWith('/graphql') && request.postData()?.includes('"id":"logius"')) held = request;
    else request.continue();
  };
  await page.setRequestInterception(true);
  page.on('request', hold);
  const go = (to) => page.evaluate((a) => { history.pushState(null, '', a); dispatchEvent(new PopStateEvent('popstate')); }, to);
  await go('?id=logius');
  await page.waitForFunction(() => document.querySelector('main[aria-busy]'));
  await go('?id=saxion');
  await says(page, 'main h1', 'Saxion');
  assert.ok(held);
  await held.continue().catch(() => {}); // it was given up meanwhile
  page.off('request', hold);
  await page.setRequestInterception(false);
  await settled(page);
  assert.match(await page.$eval('main h1', (e) => e.textContent), /Saxion/);
});
