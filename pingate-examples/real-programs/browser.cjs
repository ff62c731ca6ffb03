// Chromium, kept from calling home.
'use strict';

const { chromium } = require('playwright-core');

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page of a new browser. */
async function openPage(executablePath) {
  const browser = await chromium.launch({ executablePath, args: QUIET });
  const page = await browser.newPage({ viewport: { width: 900, height: 640 } });
  page.setDefaultTimeout(20000);
  return page;
}

/** Types the PIN into the form that the page shows. */
async function typePin(page, pin) {
  await page.fill('input[name=pin]', pin);
  await page.press('input[name=pin]', 'Enter');
}

module.exports = { openPage, typePin, QUIET };
