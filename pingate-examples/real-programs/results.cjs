// Lines of result, and a deadline for whatever is waited for.
'use strict';

/** Runs one named check; what it throws is why it failed. */
async function check(what, body, limitMillis = 20000) {
  try {
    await within(limitMillis, Promise.resolve().then(body));
    console.log(`PASS ${what}`);
  } catch (problem) {
    console.log(`FAIL ${what}: ${String(problem.message ?? problem).split('\n')[0]}`);
  }
}

/** The promise's value, or an error once the time is over. */
async function within(millis, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${millis} ms`)), millis);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Servers that still listen would keep the program going. */
function end() {
  process.exit(0);
}

module.exports = { check, within, end };
