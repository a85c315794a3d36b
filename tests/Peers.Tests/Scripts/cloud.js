'use strict';

// What all scripts share: what the test says about the emulator, and how a script answers, one line a scenario.

const { createHmac } = require('node:crypto');
const fs = require('node:fs');

/** The emulator: names, keys, certificates, and the address of its page; one JSON object on standard input. */
const cloud = JSON.parse(fs.readFileSync(0, 'utf8'));

/** Ends a scenario that waits for what does not come; nothing is measured with it. */
const patience = 15_000;

/** An error with its place, and with what a service said. */
function describe(error) {
  return `${error.stack}\n${error.responseBody ?? ''}`;
}

/** Runs a scenario and prints what it saw, or how it failed. */
async function scenario(name, run) {
  let line;
  let limit;
  const late = new Promise((_, reject) => {
    limit = setTimeout(() => reject(new Error('It did not end.')), patience);
  });
  try {
    line = { scenario: name, saw: await Promise.race([run(), late]) };
  } catch (error) {
    line = { scenario: name, error: describe(error) };
  }
  clearTimeout(limit);
  console.log(JSON.stringify(line));
}

/** Runs a script, and ends it although a scenario that failed may have left a connection open. */
function main(run) {
  run().then(() => process.exit(0), (error) => {
    console.error(describe(error));
    process.exit(1);
  });
}

/** The error that a call is to end with. */
async function refusal(call) {
  try {
    await call;
  } catch (error) {
    return { error: error.name, message: error.message, cause: error };
  }
  return { error: 'none' };
}

/** A request of the emulator's page, whose API has what back ends read from Event Hubs. */
async function page(method, path, body) {
  const response = await fetch(new URL(path, cloud.page), {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

/** A request of the hub's REST, at the page's address, which asks for no token. */
function hub(method, path, body) {
  return page(method, `/hubs/${cloud.hub}${path}?api-version=2021-04-12`, body);
}

/** Makes a device of the hub, which proves itself by the key of all devices here. */
function addDevice(id) {
  return hub('PUT', `/devices/${id}`, {
    deviceId: id, authentication: { type: 'sas', symmetricKey: { primaryKey: cloud.key, secondaryKey: cloud.key } },
  });
}

/** Sends a message to a device, as Azure lets a back end do by AMQP. */
function sendTo(id, message) {
  return hub('POST', `/devices/${id}/messages/deviceBound`, message);
}

/** Calls a method of a device. */
function invoke(id, methodName, payload) {
  return hub('POST', `/twins/${id}/methods`, { methodName, payload });
}

/** The first message of a device, as its back end sees it. */
async function firstMessage(id) {
  const { messages: [{ text, properties }] } = await page('GET', `/api/hubs/${cloud.hub}/devices/${id}/telemetry?after=0&wait=10`);
  return { text, properties };
}

/** A token that ends in an hour. */
function sasToken(resource, key, keyName) {
  const sr = encodeURIComponent(resource);
  const se = Math.floor(Date.now() / 1000) + 3600;
  const sig = createHmac('sha256', Buffer.from(key, 'base64')).update(`${sr}\n${se}`).digest('base64');
  const skn = keyName === undefined ? '' : `&skn=${keyName}`;
  return `SharedAccessSignature sr=${sr}&sig=${encodeURIComponent(sig)}${skn}&se=${se}`;
}

/** The key of a group's device. */
function deriveKey(groupKey, registrationId) {
  return createHmac('sha256', Buffer.from(groupKey, 'base64')).update(registrationId).digest('base64');
}

/** Two connection strings that open nothing: one with another key, and one with another policy. */
function otherAccess(connection) {
  return {
    key: connection.replace(/SharedAccessKey=.*/, `SharedAccessKey=${cloud.key}`),
    policy: connection.replace(/SharedAccessKeyName=[^;]*/, 'SharedAccessKeyName=other'),
  };
}

/** All pages of a query that an SDK made. */
async function pages(query) {
  const all = [];
  while (query.hasMoreResults) {
    // Without its token, the promise's form begins anew.
    const page = await query.next(query.continuationToken);
    all.push(page.responseBody ?? page.result);
  }
  return all;
}

/** Waits for an event, once. */
function once(emitter, name) {
  return new Promise((resolve, reject) => {
    emitter.once(name, resolve);
    emitter.once('error', reject);
  });
}

module.exports = {
  addDevice, cloud, deriveKey, firstMessage, hub, invoke, main, once, otherAccess, pages, refusal, sasToken, scenario, sendTo,
};
