import { expect, numberIn, test } from '../world.ts';

test.describe('the demo', () => {
  test('is tried from the first-run page, costs and blacklists too, and goes with one press', async ({
    fresh: { driver, simulators },
  }) => {
    const welcome = await driver.waitForTab((url) => url.endsWith('/welcome.html'));
    await welcome.element('button[name=demo-add]').click();
    const dashboard = await driver.waitForTab((url) => url.includes('/dashboard.html'));
    await dashboard.goto(`${driver.extensionOrigin}/dashboard.html#days=last7`);
    await dashboard.element('[data-demo]').waitForText(/Made-up data/);
    const row = dashboard.element('tbody tr', { hasText: 'Sweeps iPhone DE' });
    await row.waitForText(/\d/);
    await row.click();
    await dashboard.element('.details button[name=work]').click();

    await dashboard.element('[name=amount]').fill('300');
    // The last of these days is not over: that is confirmed twice.
    await dashboard.element('button[name=send-cost]').click();
    await dashboard.element('button[name=send-cost-again]').click();
    await dashboard.element('[data-state=verified]').waitForText(/\$300\.00/);
    await dashboard.element('button[name=undo-cost]').click();
    await dashboard.element('button[name=send-cost]').click();
    await dashboard.element('button[name=send-cost-again]').click();
    // A split is restored value by value, in some dozens of updates.
    await dashboard.element('[data-state=undone]').waitForText(/Undone/, 40_000);

    await dashboard.element('[data-tab=blacklist]').click();
    await dashboard.element('[data-head=blacklist]').waitForText(/[1-9]\d* to cut/);
    await dashboard.element('button[name=save-txt]').click();
    await dashboard.element('[data-result=saved]').waitForText(/IDs? saved/);
    await dashboard.close();

    const popup = await driver.extensionPage('popup.html');
    await popup.element('[data-demo]').waitForText(/Made-up data/);
    await popup
      .element('[data-connection="Demo tracker A"] [data-metric=profit]')
      .waitForText(/\d/);
    expect(Math.abs(numberIn(await popup.element('.big').text()))).toBeGreaterThan(0);
    await popup.close();

    const options = await driver.extensionPage('options.html');
    await options
      .element('.connections li', { hasText: 'Demo network' })
      .waitFor({ state: 'visible' });
    await options.element('button[name=demo-remove]').click();
    await options.element('.connections li').waitFor({ state: 'hidden' });
    expect(await options.element('[data-demo]').count()).toBe(0);
    for (const { requests } of simulators.all) expect(requests).toEqual([]);
  });
});
