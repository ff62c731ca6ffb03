// Lines of result, and a deadline for whatever is waited for.
'use strict';

let failures = 0;

/** Runs one named check; what it throws is why it failed. */
async function check(what, body, limitMillis = 20000) {
  try {
    await within(limitMillis, what, Promise.resolve().then(body));
    console.log(`PASS ${what}`);
  } catch (problem) {
    failures++;
    console.log(`FAIL ${what}: ${String(problem.message ?? problem).split('\n')[0]}`);
  }
}

/** The promise's value, or an error once the time is over. */
async function within(millis, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${millis} ms`)), millis);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function end() {
  process.exit(failures === 0 ? 0 : 1);
}

module.exports = { check, within, end };
