import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import fc from 'fast-check';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../scripts/commands/main.ts';
import { html } from '../../scripts/report/html.ts';
import { visible } from '../../scripts/report/wording.ts';
import { findingOf, plain, reportOf } from '../report/reports.ts';
import { anyReport } from '../report/texts.ts';
import { copyRepository, edit, makeRepository } from '../repository.ts';
import { contrastScript } from './contrast.ts';

/** The browser of the machine: npm has none that needs no download. */
const program = process.env.PRESYNC_CHROMIUM || '/usr/bin/chromium';
const { exitCode } = await execa(program, ['--version'], { reject: false });

describe.skipIf(exitCode !== 0)('in Chromium', () => {
  let browser: Browser;
  let real: string;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
    const folder = copyRepository();
    const base = 'base/ai-assistant/deployment-blue.yaml';
    edit(folder, base, (text) =>
      text.replace('imagePullPolicy: Always', 'imagePullPolicy: Sometimes'),
    );
    edit(folder, 'overlays/prod/grading-system/kustomization.yaml', (text) =>
      text.replace('resources:\n', 'resources:\n  - nowhere.yaml\n'),
    );
    real = join(folder, 'report.html');
    await main(['validate', '--cwd', folder, '--reporter', `html=${real}`], {
      cwd: folder,
      colour: false,
      columns: 80,
      print() {},
      warn() {},
      progress() {},
      readInput: async () => '',
    });
  });

  afterAll(() => browser?.close());

  /** Opens a page and collects what a page of ours must never do. */
  async function open(file: string, look: Parameters<Browser['newPage']>[0] = {}) {
    const page = await browser.newPage(look);
    const faults: string[] = [];
    page.on('console', (message) => faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('dialog', (dialog) => faults.push(dialog.message()));
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(file).href) faults.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, faults };
  }

  const shown = (page: Page) => page.locator('.finding:visible .message').allTextContents();
  const count = (page: Page) => page.locator('#count').textContent();

  test('filters by severity, cluster, app, rule and text', async () => {
    const { page, faults } = await open(real);
    const all = await shown(page);
    const wrong = all.filter((message) => message.startsWith('imagePullPolicy must be'));
    expect(wrong).toHaveLength(1);
    expect(all.length).toBeGreaterThan(1);
    expect(await count(page)).toBe(`${all.length} of ${all.length}`);
    expect(await page.locator('#none').isVisible()).toBe(false);
    await page.selectOption('#system', 'ai-assistant');
    expect(await shown(page)).toEqual(wrong);
    await page.selectOption('#severity', 'warning');
    expect(await shown(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => shown(page)).toEqual(all);
    await page.selectOption('#rule', 'schema/valid');
    expect(await shown(page)).toEqual(wrong);
    await page.selectOption('#rule', '');
    await page.selectOption('#cluster', 'prod');
    await page.fill('#text', 'NOWHERE');
    const [only, ...others] = await shown(page);
    expect(only).toContain('nowhere.yaml');
    expect(others).toEqual([]);
    await page.selectOption('#cluster', 'dev');
    expect(await shown(page)).toEqual([]);
    expect(await count(page)).toBe(`0 of ${all.length}`);
    expect(await page.locator('#none').isVisible()).toBe(true);
    expect(faults).toEqual([]);
    await page.close();
  });

  test('the written line stands beside the rendered field', async () => {
    const { page } = await open(real, { viewport: { width: 1280, height: 900 } });
    const finding = page.locator('.finding', { hasText: 'imagePullPolicy must be' });
    const [source, rendered] = [finding.locator('figure').nth(0), finding.locator('figure').nth(1)];
    expect(await source.locator('mark').textContent()).toBe('Sometimes');
    expect(await rendered.locator('mark').textContent()).toBe('imagePullPolicy: Sometimes');
    const [left, right] = [await source.boundingBox(), await rendered.boundingBox()];
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThan(right?.x ?? 0);
    await page.close();
  });

  test('the matrix tells each app in each cluster, and filters by keyboard', async () => {
    const { page } = await open(real);
    const row = page.locator('tr', { hasText: 'grading-system' });
    const cells = await row.locator('td .cell').allTextContents();
    expect(cells[0]).toContain('no findings');
    expect(cells[2]).toContain('not rendered');
    await page.locator('body').press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    const cell = row.locator('button.cell');
    await cell.focus();
    await page.keyboard.press('Enter');
    expect(await cell.getAttribute('aria-pressed')).toBe('true');
    expect((await shown(page)).join()).toContain('nowhere.yaml');
    expect((await shown(page)).join()).not.toContain('imagePullPolicy');
    await page.keyboard.press('Enter');
    expect((await shown(page)).join()).toContain('imagePullPolicy');
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('text');
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
      const { page } = await open(real, { viewport: { width, height: 800 }, colorScheme });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      const contrasts = (await page.evaluate(contrastScript('true'))) as [string, number][];
      expect(contrasts.length).toBeGreaterThan(50);
      expect(contrasts.filter(([, contrast]) => contrast < 4.5)).toEqual([]);
      await page.close();
    },
  );

  test('suppressed findings are shown when asked for', async () => {
    const suppression = { kind: 'external', justification: 'known since May' } as const;
    const report = reportOf([findingOf(), findingOf({ message: 'second', suppression })]);
    const file = join(makeRepository({ 'r.html': html(report, plain) }), 'r.html');
    const { page } = await open(file);
    expect(await shown(page)).toHaveLength(1);
    await page.check('#suppressed');
    expect(await shown(page)).toHaveLength(2);
    expect(await count(page)).toBe('2 of 2');
    await page.close();
  });

  test('no text of any report runs, loads or is lost', async () => {
    const file = join(makeRepository({}), 'any.html');
    const { page, faults } = await open(real);
    await fc.assert(
      fc.asyncProperty(anyReport, async (report) => {
        writeFileSync(file, html(report, plain));
        await page.goto(pathToFileURL(file).href);
        expect(await page.evaluate('globalThis.owned')).toBeUndefined();
        const grouped = [...Map.groupBy(report.findings, ({ location }) => location.file).values()];
        const told = await page.locator('.finding .message').allTextContents();
        expect(told).toEqual(grouped.flat().map(({ message }) => visible(message)));
      }),
      { numRuns: 40 },
    );
    const elsewhere = faults.filter((fault) => fault !== pathToFileURL(file).href);
    expect(elsewhere).toEqual([]);
    await page.close();
  });
});
