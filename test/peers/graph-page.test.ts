import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphPage } from '../../scripts/plan/graph-page.ts';
import type { PlanReport, ReportedUnit } from '../../scripts/plan/plan-report.ts';
import { run } from '../commands/run.ts';
import { copyRepository, makeRepository } from '../repository.ts';
import { contrastScript } from './contrast.ts';

/** The browser of the machine: npm has none that needs no download. */
const program = process.env.PRESYNC_CHROMIUM || '/usr/bin/chromium';
const { exitCode } = await execa(program, ['--version'], { reject: false });

describe.skipIf(exitCode !== 0)('the graph in Chromium', () => {
  let browser: Browser;
  let file: string;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
    const folder = copyRepository();
    file = join(folder, 'graph.html');
    await run(folder, 'graph', '--format', 'html', '--output', file, '--cwd', folder);
  });

  afterAll(() => browser?.close());

  /** Opens a page and collects what a page of ours must never do. */
  async function open(path: string, look: Parameters<Browser['newPage']>[0] = {}) {
    const page = await browser.newPage(look);
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('dialog', (dialog) => faults.push(dialog.message()));
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(path).href) faults.push(request.url());
    });
    await page.goto(pathToFileURL(path).href);
    return { page, faults };
  }

  const names = (page: Page, of = '.unit') =>
    page.locator(`${of}:visible > button strong`).allTextContents();

  test('filters by cluster, engine, kind and text', async () => {
    const { page, faults } = await open(file);
    const all = await names(page);
    expect(all.length).toBeGreaterThan(90);
    await page.selectOption('#cluster', 'prod');
    await page.selectOption('#engine', 'flux');
    expect(await page.locator('section:visible h2').allTextContents()).toEqual([
      'prod, Flux (not live)',
    ]);
    await page.selectOption('#kind', 'HelmRelease');
    // What applies a unit stays in sight.
    expect((await names(page)).slice(0, 2)).toEqual([
      'platform-controllers',
      'kube-prometheus-stack',
    ]);
    await page.fill('#text', 'KEDA');
    expect(await names(page)).toEqual(['platform-controllers', 'keda']);
    expect(await page.locator('#count').textContent()).toBe(`1 of ${all.length}`);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => names(page)).toEqual(all);
    expect(faults).toEqual([]);
    await page.close();
  });

  test('the keyboard chooses a unit and shows what comes before and after it', async () => {
    const { page } = await open(file);
    await page.locator('body').press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('text');
    await page.selectOption('#cluster', 'prod');
    await page.selectOption('#engine', 'argocd');
    const unit = page
      .locator('.unit:visible', {
        has: page.locator('> button strong', { hasText: /^platform-configs$/ }),
      })
      .last();
    await unit.locator('> button').focus();
    await page.keyboard.press('Enter');
    expect(await unit.locator('> button').getAttribute('aria-pressed')).toBe('true');
    const before = await names(page, '.unit.before');
    expect(before).toEqual(
      expect.arrayContaining(['bootstrap', 'platform-crds', 'platform-controllers', 'keda']),
    );
    const after = await names(page, '.unit.after');
    expect(after).toEqual([
      'policies',
      'ai-assistant',
      'grading-system',
      'pdf-processor',
      'suoke-life',
    ]);
    expect(await page.locator('#told').textContent()).toBe(
      `platform-configs: ${before.length} come before it, 5 after it`,
    );
    await page.keyboard.press('Escape');
    expect(await names(page, '.unit.before')).toEqual([]);
    await page.close();
  });

  test.for([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)(
    'at %i pixels, %s, nothing sticks out and every text can be read',
    async ([width, colorScheme]) => {
      const { page } = await open(file, { viewport: { width, height: 800 }, colorScheme });
      await page.locator('.unit:visible > button', { hasText: 'policies' }).first().click();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      const contrasts = (await page.evaluate(contrastScript('element.checkVisibility()'))) as [
        string,
        number,
      ][];
      expect(contrasts.length).toBeGreaterThan(200);
      expect(contrasts.filter(([, contrast]) => contrast < 4.5)).toEqual([]);
      await page.close();
    },
  );

  test('no name runs, loads or is lost', async () => {
    const hostile = `</script><img src=x onerror="owned=1"> "'&<b>`;
    const unit: ReportedUnit = {
      id: hostile,
      kind: 'Application',
      namespace: hostile,
      name: hostile,
      stage: 1,
      waitsFor: [hostile, 'nowhere'],
      gate: 'ready',
      suspended: false,
      automated: true,
      prune: true,
      sources: [hostile],
      targets: [],
      objects: { [hostile]: 1 },
      steps: [],
      known: true,
    };
    const report: PlanReport = {
      version: 1,
      plans: [{ cluster: hostile, engine: 'argocd', live: true, complete: true, units: [unit] }],
    };
    const page = join(makeRepository({ 'g.html': graphPage(report) }), 'g.html');
    const { page: opened, faults } = await open(page);
    expect(await names(opened)).toEqual([hostile]);
    await opened.locator('.unit > button').click();
    expect(await opened.evaluate('globalThis.owned')).toBeUndefined();
    expect(faults).toEqual([]);
    await opened.close();
  });
});
