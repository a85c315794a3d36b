'use strict';

// mqtt.js, with no SDK around it: the topics are written by hand.

const mqtt = require('mqtt');
const { addDevice, cloud, firstMessage, invoke, main, once, sasToken, scenario, sendTo } = require('./cloud');

const urls = { 'MQTT': `mqtts://${cloud.hub}:8883`, 'WebSockets': `wss://${cloud.hub}:443/$iothub/websocket` };

async function connect(id, url, options) {
  const client = mqtt.connect(url, {
    protocolVersion: 4,
    clientId: id,
    username: `${cloud.hub}/${id}/?api-version=2021-04-12`,
    password: sasToken(`${cloud.hub}/devices/${id}`, cloud.key),
    reconnectPeriod: 0,
    ...options,
  });
  const connack = await once(client, 'connect');
  return { client, connack };
}

/** The next message: topic and text. */
function next(client) {
  return new Promise((resolve) => client.once('message', (topic, payload) => resolve({ topic, text: payload.toString() })));
}

async function work(id, url) {
  await addDevice(id);
  const { client } = await connect(id, url);
  const granted = await client.subscribeAsync({
    [`devices/${id}/messages/devicebound/#`]: { qos: 2 },
    '$iothub/methods/POST/#': { qos: 0 },
    '$iothub/twin/res/#': { qos: 0 },
  });

  await client.publishAsync(`devices/${id}/messages/events/colour=a%26b`, 'hello', { qos: 1 });
  const sent = await firstMessage(id);

  let message = next(client);
  await sendTo(id, { text: 'good morning' });
  const { text: received } = await message;

  message = next(client);
  const call = invoke(id, 'blink', { times: 3 });
  const request = await message;
  await client.publishAsync(`$iothub/methods/res/200/?$rid=${request.topic.split('$rid=')[1]}`, request.text);

  message = next(client);
  await client.publishAsync('$iothub/twin/GET/?$rid=1', '');
  const twin = await message;
  await client.endAsync();
  return {
    granted: granted.map((one) => one.qos),
    sent,
    received,
    method: await call,
    twin: { topic: twin.topic, ...JSON.parse(twin.text) },
  };
}

async function resume(id) {
  await addDevice(id);
  const first = await connect(id, urls.MQTT, { clean: false });
  await first.client.subscribeAsync(`devices/${id}/messages/devicebound/#`, { qos: 1 });
  await first.client.endAsync();
  await sendTo(id, { text: 'while you were away' });

  const second = await connect(id, urls.MQTT, { clean: false });
  const { text } = await next(second.client);
  await second.client.endAsync();
  return { sessionPresent: [first.connack.sessionPresent, second.connack.sessionPresent], received: text };
}

async function overstep(id) {
  await addDevice(id);
  const { client } = await connect(id, urls.MQTT);
  const closed = new Promise((resolve) => client.once('close', resolve));
  client.publish(`devices/${id}/messages/events/`, 'hello', { qos: 2 });
  await closed;
  return 'closed';
}

main(async () => {
  await scenario('Telemetry, message, method and twin over MQTT', () => work('mqttjs', urls.MQTT));
  await scenario('Telemetry, message, method and twin over WebSockets', () => work('mqttjs-websockets', urls.WebSockets));
  await scenario('Clean session 0: its subscription stays, and so do messages', () => resume('mqttjs-session'));
  await scenario('QoS 2 closes the connection', () => overstep('mqttjs-qos-2'));
});
