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
  const opened = async options => {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })).newPage();
    page.on('console', message => seen.messages.push(message.text()));
    page.on('pageerror', error => seen.messages.push(error.message));
    page.on('request', request => { if (!request.url().startsWith('file:')) seen.requests.push(request.url()); });
    return page;
  };

  // The page as it is shipped, its policy in force.
  const strict = await opened({});
  await strict.goto('file://' + file);
  seen.title = await strict.title();
  seen.ids = await strict.$$eval('.species text:not(.share)', all => all.map(each => each.textContent));
  seen.offered = await strict.$$eval('#names option', all => all.map(each => [each.value, each.textContent]));
  seen.late = await labels(strict);
  seen.command = await at(strict, 'command').textContent();
  seen.readouts = await strict.$$eval('#readouts tr', all => all.map(row => [...row.children].map(cell => cell.textContent)));

  // By mouse.
  const second = strict.locator('.species').nth(1);
  await second.hover();
  seen.hovered = await strict.locator('#card h2').textContent();
  seen.card = await at(strict, 'card').textContent();
  await second.click();
  seen.clicked = await lit(strict);
  await at(strict, 'light').selectOption('down');
  seen.downstream = await lit(strict);
  await at(strict, 'light').selectOption('up');
  seen.upstream = await lit(strict);
  await at(strict, 'light').selectOption('next');
  await second.click();
  seen.unlit = await lit(strict);
  await at(strict, 'find').fill('first alias');
  seen.found = await lit(strict);
  await at(strict, 'find').fill('nothing of that name');
  seen.lost = await at(strict, 'status').textContent();
  await at(strict, 'find').fill('');
  const wide = () => strict.$eval('#map svg', svg => +svg.getAttribute('width'));
  seen.zoom = [await wide()];
  for (const id of ['in', 'out', 'fit']) { await at(strict, id).click(); seen.zoom.push(await wide()); }
  for (let i = 0; i < 8; i++) await at(strict, 'in').click();
  const start = await strict.$eval('#map', map => map.scrollTop);
  const box = await at(strict, 'map').boundingBox();
  await strict.mouse.move(box.x + 300, box.y + 200);
  await strict.mouse.down();
  await strict.mouse.move(box.x + 200, box.y + 150, { steps: 4 });
  await strict.mouse.up();
  seen.panned = await strict.$eval('#map', map => map.scrollTop) - start;
  seen.afterPan = await lit(strict);
  await at(strict, 'scenario').selectOption('1');
  seen.switched = await labels(strict);
  seen.switchedCommand = await at(strict, 'command').textContent();
  await at(strict, 'other').selectOption('0');
  seen.flipped = await strict.$$eval('.species', all => all.filter(each => each.querySelector('title').textContent.includes('differs')).length);
  seen.columns = await strict.$$eval('#head th', all => all.map(each => each.textContent));
  await at(strict, 'other').selectOption('-1');
  await at(strict, 'scenario').selectOption('-1');
  seen.plain = await labels(strict);
  seen.edges = await strict.$$eval('.edges path', all => all.map(each => each.getAttribute('class')));
  await at(strict, 'scenario').selectOption('0');
  await at(strict, 'copy').click();
  await strict.waitForFunction(() => document.getElementById('copied').textContent);

  // By keyboard alone.
  await at(strict, 'find').focus();
  await strict.keyboard.type('first alias');
  await strict.keyboard.press('Enter');
  seen.focused = await strict.evaluate(() => document.activeElement.querySelector('title').textContent);
  await strict.keyboard.press('Escape');
  seen.escaped = await lit(strict);
  await strict.keyboard.press('ArrowDown');
  seen.moved = await strict.evaluate(() => document.activeElement.querySelector('title').textContent);
  await strict.keyboard.press('Enter');
  seen.entered = await lit(strict);
  await strict.keyboard.press('Escape');
  const before = await wide();
  await strict.keyboard.press('-');
  seen.keyZoom = (await wide()) < before;
  await at(strict, 'step').focus();
  await strict.keyboard.press('Home');
  seen.first = await labels(strict);
  seen.when = await at(strict, 'when').textContent();
  await strict.keyboard.press('ArrowRight');
  seen.second = await labels(strict);
  seen.status = await at(strict, 'status').textContent();
  seen.stops = await strict.$$eval('.species[tabindex="0"]', all => all.length);

  // What axe finds, in both colours, the dark one on a telephone.
  const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  seen.axe = [];
  const page = await opened({ bypassCSP: true });
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
  await browser.close();
  console.log(JSON.stringify(seen));
})().catch(error => { console.error(error); process.exit(1); });
