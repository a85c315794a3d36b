'use strict';

// Microsoft's SDK for services that use a hub: every call of it that goes over HTTPS.

const { NoRetry } = require('azure-iot-common');
const device = require('azure-iot-device');
const { Mqtt } = require('azure-iot-device-mqtt');
const { AmqpWs, Client, Registry } = require('azure-iothub');
const { cloud, main, once, otherAccess, pages, refusal, scenario } = require('./cloud');

const registry = Registry.fromConnectionString(cloud.hubConnection);
const service = Client.fromConnectionString(cloud.hubConnection);

const get = async (id) => (await registry.get(id)).responseBody;
const getTwin = async (id) => (await registry.getTwin(id)).responseBody;

async function addDevice(id, more) {
  const symmetricKey = { primaryKey: cloud.key, secondaryKey: cloud.key };
  return (await registry.create({ deviceId: id, authentication: { symmetricKey }, ...more })).responseBody;
}

function connect(id) {
  const client = device.Client.fromConnectionString(`HostName=${cloud.hub};DeviceId=${id};SharedAccessKey=${cloud.key}`, Mqtt);
  client.setRetryPolicy(new NoRetry());
  return client;
}

async function manage() {
  const { responseBody: made } = await registry.create({ deviceId: 'managed' });
  const lengths = Object.values(made.authentication.symmetricKey).map((key) => Buffer.from(key, 'base64').length);
  const again = await refusal(registry.create({ deviceId: 'managed' }));
  const { responseBody: changed } = await registry.update({ ...await get('managed'), status: 'disabled', statusReason: 'lost' });
  await registry.delete('managed');
  return {
    made: { status: made.status, connectionState: made.connectionState, type: made.authentication.type, lengths },
    again: again.error,
    changed: { status: changed.status, statusReason: changed.statusReason, sameGeneration: changed.generationId === made.generationId },
    sameKeys: changed.authentication.symmetricKey.primaryKey === made.authentication.symmetricKey.primaryKey,
    gone: (await refusal(get('managed'))).error,
    removedAgain: (await refusal(registry.delete('managed'))).error,
    updatedWhenGone: (await refusal(registry.update({ deviceId: 'managed' }))).error,
  };
}

async function certify() {
  const thumbprints = { primaryThumbprint: cloud.thumbprint, secondaryThumbprint: cloud.sha1 };
  await registry.create({ deviceId: 'by-thumbprint', authentication: { x509Thumbprint: thumbprints } });
  await registry.create({ deviceId: 'by-authority', authentication: { type: 'certificateAuthority' } });
  const { authentication } = await get('by-thumbprint');
  const client = device.Client.fromConnectionString(`HostName=${cloud.hub};DeviceId=by-thumbprint;x509=true`, Mqtt);
  await client.setOptions({ cert: cloud.cert, key: cloud.certKey });
  await client.open();
  const { connectionState } = await get('by-thumbprint');
  await client.close();
  return {
    type: authentication.type,
    thumbprints: authentication.x509Thumbprint.primaryThumbprint === cloud.thumbprint
      && authentication.x509Thumbprint.secondaryThumbprint === cloud.sha1,
    connectionState,
    authority: (await get('by-authority')).authentication.type,
  };
}

async function list() {
  await addDevice('listed');
  const { responseBody } = await registry.list();
  return responseBody.filter((one) => one.deviceId === 'listed').map((one) => one.status);
}

async function bulk() {
  const ids = ['bulk-1', 'bulk-2'];
  const { responseBody: added } = await registry.addDevices(ids.map((deviceId) => ({ deviceId })));
  const again = await refusal(registry.addDevices([{ deviceId: 'bulk-1' }]));
  const devices = await Promise.all(ids.map(get));
  const { responseBody: updated } = await registry.updateDevices(devices.map((one) => ({ ...one, status: 'disabled' })), false);
  const stale = await refusal(registry.updateDevices(devices, false));
  const { responseBody: forced } = await registry.updateDevices(devices, true);
  const { responseBody: removed } = await registry.removeDevices(ids.map((deviceId) => ({ deviceId })), true);
  const errors = ({ cause }) => JSON.parse(cause.responseBody).errors.map((one) => `${one.deviceId} ${one.errorCode}`);
  return {
    added: added.isSuccessful, again: errors(again), updated: updated.isSuccessful, stale: errors(stale), forced: forced.isSuccessful,
    removed: removed.isSuccessful,
  };
}

async function twin() {
  await addDevice('twin');
  const first = await getTwin('twin');
  const { responseBody: second } = await registry.updateTwin(
    'twin', { tags: { floor: 2 }, properties: { desired: { interval: 60, colour: 'red' } } }, first.etag);
  const stale = await refusal(registry.updateTwin('twin', { tags: { floor: 3 } }, first.etag));
  const { responseBody: third } = await registry.updateTwin('twin', { properties: { desired: { colour: null } } }, '*');
  await second.get();
  const { result: fourth } = await second.update({ tags: { floor: null, room: 'a' } });
  return {
    first: first.properties.desired.$version,
    stale: stale.error,
    desired: { interval: third.properties.desired.interval, colour: third.properties.desired.colour ?? null },
    version: third.properties.desired.$version,
    tags: fourth.tags,
    missing: (await refusal(getTwin('nobody'))).error,
  };
}

async function query() {
  for (let i = 0; i < 5; i++) {
    await addDevice(`queried-${i}`);
    await registry.updateTwin(`queried-${i}`, { tags: { site: 'queried', floor: i } }, '*');
  }
  const run = async (text) => (await registry.createQuery(text).next()).result;
  const found = await pages(registry.createQuery("SELECT * FROM devices WHERE tags.site = 'queried'", 2));
  const { result: twins } = await registry.createQuery("SELECT * FROM devices WHERE deviceId = 'queried-1'").nextAsTwin();
  return {
    sizes: found.map((page) => page.length),
    ids: found.flat().map((one) => one.deviceId).sort(),
    twin: twins.map((one) => one.tags),
    above: (await run("SELECT * FROM devices WHERE tags.site = 'queried' AND tags.floor > 2")).length,
    among: (await run("SELECT * FROM devices WHERE deviceId IN ['queried-0', 'queried-4']")).length,
    count: await run("SELECT COUNT() AS devices FROM devices WHERE tags.site = 'queried'"),
    some: await run("SELECT deviceId, tags.floor FROM devices WHERE deviceId = 'queried-3'"),
    wrong: (await refusal(run('SELECT FROM devices'))).error,
  };
}

async function invoke() {
  await addDevice('invoked');
  const invoked = (parameters) => service.invokeDeviceMethod('invoked', { methodName: 'blink', ...parameters });
  const away = await refusal(invoked({ payload: 1 }));
  const client = connect('invoked');
  await client.open();
  client.onDeviceMethod('blink', (request, response) => response.send(201, { took: request.payload }));
  client.onDeviceMethod('silent', () => {});
  await client.getTwin();
  const { result: answered } = await invoked({ payload: { times: 3 } });
  const { result: bare } = await invoked({});
  const silent = await refusal(service.invokeDeviceMethod('invoked', { methodName: 'silent', responseTimeoutInSeconds: 5 }));
  await client.close();
  const nested = JSON.parse(JSON.parse(away.cause.responseBody).Message);
  return {
    away: `${away.message} ${nested.errorCode}`, answered, bare,
    silent: `${silent.error} ${JSON.parse(JSON.parse(silent.cause.responseBody).Message).errorCode}`,
    nobody: (await refusal(service.invokeDeviceMethod('nobody', { methodName: 'blink' }))).error,
  };
}

async function disable() {
  const made = await addDevice('disabled');
  const client = connect('disabled');
  await client.open();
  const lost = once(client, 'disconnect');
  await registry.update({ ...made, status: 'disabled' });
  await lost;
  const { error } = await refusal(connect('disabled').open());
  await registry.update({ ...made, status: 'enabled' });
  const again = connect('disabled');
  await again.open();
  await again.close();
  return { lost: true, refused: error, again: true };
}

async function count() {
  await addDevice('counted', { status: 'disabled' });
  const { responseBody: all } = await registry.getRegistryStatistics();
  return {
    adds: all.totalDeviceCount === all.enabledDeviceCount + all.disabledDeviceCount,
    some: all.enabledDeviceCount > 0 && all.disabledDeviceCount > 0,
  };
}

async function unauthorized() {
  const { key, policy } = otherAccess(cloud.hubConnection);
  const read = (connection) => Registry.fromConnectionString(connection).get('x');
  return { key: (await refusal(read(key))).error, policy: (await refusal(read(policy))).error };
}

async function amqp() {
  const client = Client.fromConnectionString(cloud.hubConnection, AmqpWs);
  client.setRetryPolicy(new NoRetry());
  return (await refusal(client.open())).message;
}

main(async () => {
  await scenario('Device by symmetric key: made, read, changed, removed', manage);
  await scenario('Device by X.509 thumbprint, and by certificate authority', certify);
  await scenario('Devices listed', list);
  await scenario('Bulk: added, updated by ETag and by force, removed', bulk);
  await scenario('Twin: tags and desired properties, with ETags', twin);
  await scenario('Queries: pages, tags, counts, projections', query);
  await scenario('Direct methods: answered, without a payload, device away, silent', invoke);
  await scenario('A disabled device loses its connection and is refused', disable);
  await scenario('Statistics', count);
  await scenario('Another key or policy is unauthorized', unauthorized);
  await scenario('AMQP over WebSockets is not here', amqp);
});
