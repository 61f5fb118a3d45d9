// Drives a page in headless Chromium, by mouse and by keyboard, and prints what it saw as JSON.
// Run by test_page.py: node page.cjs CHROMIUM PAGE.html LARGE.html [FOLDER FOR SCREENSHOTS]
const { chromium } = require('playwright-core');
const { readFileSync } = require('fs');
const [, , executablePath, file, large, folder] = process.argv;
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const seen = { messages: [], requests: [] };

const at = (page, id) => page.locator('#' + id);
const labels = page => page.$$eval('.species', all => all.map(each => each.querySelector('title').textContent));
const lit = page => page.$$eval('.species.hi', all => all.map(each => each.querySelector('text').textContent));

// How long it takes until a step four further is laid out, the longest of all.
const slowest = page => page.evaluate(() => {
  const step = document.getElementById('step');
  let slowest = 0;
  for (let i = 0; i <= +step.max; i += 4) {
    const start = performance.now();
    step.value = i;
    step.dispatchEvent(new Event('input'));
    document.getElementById('map').getBoundingClientRect();
    slowest = Math.max(slowest, performance.now() - start);
  }
  return slowest;
});

(async () => {
  const browser = await chromium.launch({ executablePath, args });
  // The page as it is shipped, its policy in force.
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.on('console', message => seen.messages.push(message.text()));
  page.on('pageerror', error => seen.messages.push(error.message));
  page.on('request', request => { if (!request.url().startsWith('file:')) seen.requests.push(request.url()); });
  await page.goto('file://' + file);
  seen.title = await page.title();
  seen.ids = await page.$$eval('.species text:not(.share)', all => all.map(each => each.textContent));
  seen.offered = await page.$$eval('#names option', all => all.map(each => [each.value, each.textContent]));
  seen.late = await labels(page);
  seen.command = await at(page, 'command').textContent();
  seen.readouts = await page.$$eval('#readouts tr', all => all.map(row => [...row.children].map(cell => cell.textContent)));

  seen.tags = await page.$$eval('.tag', all => all.map(each => [...each.querySelectorAll('path,rect,text')].map(part => part.getAttribute('d') || part.textContent || part.getAttribute('x')).join()));

  // By mouse.
  const second = page.locator('.species').nth(1);
  await second.hover();
  seen.hovered = await page.locator('#card h2').textContent();
  seen.card = await at(page, 'card').textContent();
  await second.click();
  seen.clicked = await lit(page);
  await at(page, 'light').selectOption('down');
  seen.downstream = await lit(page);
  await at(page, 'light').selectOption('up');
  seen.upstream = await lit(page);
  await at(page, 'light').selectOption('next');
  await second.click();
  seen.unlit = await lit(page);
  await at(page, 'find').fill('first alias');
  seen.found = await lit(page);
  await at(page, 'find').fill('nothing of that name');
  seen.lost = await at(page, 'status').textContent();
  await at(page, 'find').fill('');
  const wide = () => page.$eval('#map svg', svg => +svg.getAttribute('width'));
  seen.zoom = [await wide()];
  for (const id of ['in', 'out', 'fit']) { await at(page, id).click(); seen.zoom.push(await wide()); }
  for (let i = 0; i < 8; i++) await at(page, 'in').click();
  const start = await page.$eval('#map', map => map.scrollTop);
  const box = await at(page, 'map').boundingBox();
  await page.mouse.move(box.x + 300, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 150, { steps: 4 });
  await page.mouse.up();
  seen.panned = await page.$eval('#map', map => map.scrollTop) - start;
  seen.afterPan = await lit(page);
  await at(page, 'scenario').selectOption('1');
  seen.switched = await labels(page);
  seen.switchedCommand = await at(page, 'command').textContent();
  await at(page, 'other').selectOption('0');
  seen.flipped = await page.$$eval('.species', all => all.filter(each => each.querySelector('title').textContent.includes('differs')).length);
  await second.hover();
  seen.both = await page.$$eval('#card p', all => all.map(each => each.textContent));
  seen.columns = await page.$$eval('#head th', all => all.map(each => each.textContent));
  await at(page, 'other').selectOption('-1');
  await at(page, 'scenario').selectOption('-1');
  seen.plain = await labels(page);
  seen.edges = await page.$$eval('.edges path', all => all.map(each => each.getAttribute('class')));
  await at(page, 'scenario').selectOption('0');
  await at(page, 'copy').click();
  await page.waitForFunction(() => document.getElementById('copied').textContent);

  // By keyboard alone.
  await at(page, 'find').focus();
  await page.keyboard.type('first alias');
  await page.keyboard.press('Enter');
  seen.focused = await page.evaluate(() => document.activeElement.querySelector('title').textContent);
  await page.keyboard.press('Escape');
  seen.escaped = await lit(page);
  await page.keyboard.press('ArrowDown');
  seen.moved = await page.evaluate(() => document.activeElement.querySelector('title').textContent);
  await page.keyboard.press('Enter');
  seen.entered = await lit(page);
  await page.keyboard.press('Escape');
  const before = await wide();
  await page.keyboard.press('-');
  seen.keyZoom = (await wide()) < before;
  seen.noteOfShares = await at(page, 'note').textContent();
  await at(page, 'step').focus();
  await page.keyboard.press('Home');
  seen.noteOfSteps = await at(page, 'note').textContent();
  seen.first = await labels(page);
  seen.when = await at(page, 'when').textContent();
  await page.keyboard.press('ArrowRight');
  seen.second = await labels(page);
  seen.status = await at(page, 'status').textContent();
  seen.stops = await page.$$eval('.species[tabindex="0"]', all => all.length);

  // What axe finds, in both colours, the dark one on a telephone.
  const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  seen.axe = [];
  for (const [width, height, colorScheme] of [[1280, 800, 'light'], [390, 844, 'dark']]) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.goto('file://' + file);
    await page.fill('#find', 'first alias');
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    seen.axe.push(...violations.map(each => `${width} ${colorScheme} ${each.id}: ${each.nodes.map(node => node.html.slice(0, 200)).join(' | ')}`));
    if (width === 390) {
      const card = await at(page, 'card').boundingBox(), map = await at(page, 'map').boundingBox();
      seen.above = card.y + card.height <= map.y + 1;
      seen.overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    }
    if (folder) await page.screenshot({ path: `${folder}/page_${width}_${colorScheme}.png` });
  }

  // A large page is stepped through.
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('file://' + large);
  seen.slowest = await slowest(page);
  if (seen.slowest > 200) seen.slowest = Math.min(seen.slowest, await slowest(page)); // a busy machine may be at fault
  seen.steps = await page.$eval('#step', step => +step.max);

  // What it begins with, and all.
  const shown = () => page.evaluate(() => ['.species', '.edges path'].map(kind => [...document.querySelectorAll(kind)].filter(each => getComputedStyle(each).display !== 'none').length));
  const stop = () => page.evaluate(() => document.querySelectorAll('.species[tabindex="0"]:not([hidden])').length);
  const told = () => at(page, 'status').textContent();
  await page.goto('file://' + large);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run({ exclude: ['#map'] }));
  seen.axe.push(...violations.map(each => 'large ' + each.id));
  seen.views = { said: await page.$$eval('#view option', all => all.map(each => each.textContent)), first: await shown(), firstStop: await stop() };
  const hidden = await page.$$eval('.species[hidden] text:not(.share)', all => all[0].textContent);
  await at(page, 'find').fill(hidden);
  seen.views.found = [await told(), ...await shown()];
  await page.keyboard.press('Enter');
  seen.views.entered = [await told(), ...await shown(), await page.evaluate(() => document.activeElement.querySelector('text:not(.share)').textContent) === hidden];
  await page.keyboard.press('Escape');
  await at(page, 'view').selectOption('1');
  seen.views.back = [...await shown(), await stop()];
  await at(page, 'find').fill('AKT');
  await page.keyboard.press('Enter');
  seen.views.walked = [];
  for (const key of ['ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowUp']) {
    await page.keyboard.press(key);
    seen.views.walked.push(await page.evaluate(() => !document.activeElement.hasAttribute('hidden') && document.activeElement.classList.contains('species')));
  }
  seen.views.lit = await page.$$eval('.species.hi[hidden], .edges path.hi[hidden]', all => all.length);
  await browser.close();
  console.log(JSON.stringify(seen));
})().catch(error => { console.error(error); process.exit(1); });
