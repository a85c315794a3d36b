'use strict';

// Microsoft's device SDKs: every proof by every transport, from the registration to the twin.

const { Client, Message } = require('azure-iot-device');
const hubTransports = require('azure-iot-device-mqtt');
const { ProvisioningDeviceClient } = require('azure-iot-provisioning-device');
const { Http } = require('azure-iot-provisioning-device-http');
const { Mqtt, MqttWs } = require('azure-iot-provisioning-device-mqtt');
const { ProvisioningServiceClient } = require('azure-iot-provisioning-service');
const { SymmetricKeySecurityClient } = require('azure-iot-security-symmetric-key');
const { X509Security } = require('azure-iot-security-x509');
const { cloud, deriveKey, firstMessage, hub, invoke, main, once, refusal, scenario, sendTo } = require('./cloud');

const transports = {
  'MQTT': { dps: Mqtt, hub: hubTransports.Mqtt },
  'WebSockets': { dps: MqttWs, hub: hubTransports.MqttWs },
  'HTTPS': { dps: Http, hub: hubTransports.Mqtt },
};

const service = ProvisioningServiceClient.fromConnectionString(cloud.dpsConnection);
const keys = { type: 'symmetricKey', symmetricKey: { primaryKey: cloud.key, secondaryKey: cloud.key } };

async function enrollGroups() {
  const signingCertificates = { primary: { certificate: cloud.authority } };
  await service.createOrUpdateEnrollmentGroup({
    enrollmentGroupId: 'by-certificate', attestation: { type: 'x509', x509: { signingCertificates } },
  });
  await service.createOrUpdateEnrollmentGroup({ enrollmentGroupId: 'by-key', attestation: keys });
}

/** Enrolls a device of its own, or gives it its group's key. */
async function enroll(device) {
  if (!device.cert) {
    device.key = device.group ? deriveKey(cloud.key, device.id) : cloud.key;
  }
  if (!device.group) {
    const attestation = device.cert ? { type: 'x509', x509: { clientCertificates: { primary: { certificate: device.cert } } } } : keys;
    await service.createOrUpdateIndividualEnrollment({ registrationId: device.id, attestation });
  }
}

async function register(device, transport) {
  const security = device.key
    ? new SymmetricKeySecurityClient(device.id, device.key)
    : new X509Security(device.id, { cert: device.cert, key: device.certKey });
  return await ProvisioningDeviceClient.create(cloud.global, cloud.idScope, new transport.dps(), security).register();
}

/** Registers a device and opens its client. */
async function open(device) {
  const transport = transports[device.transport];
  const registration = await register(device, transport);
  const name = `HostName=${registration.assignedHub};DeviceId=${registration.deviceId};`;
  const client = Client.fromConnectionString(name + (device.key ? `SharedAccessKey=${device.key}` : 'x509=true'), transport.hub);
  if (!device.key) {
    await client.setOptions({ cert: device.cert, key: device.certKey });
  }
  await client.open();
  return { registration, client };
}

async function send(client, id) {
  const message = new Message('hello');
  message.messageId = '1';
  message.contentType = 'text/plain';
  message.contentEncoding = 'utf-8';
  message.properties.add('colour', 'a&b=c/d');
  await client.sendEvent(message);
  return await firstMessage(id);
}

async function receive(client, id, arrival = once(client, 'message')) {
  await sendTo(id, { text: 'good morning', messageId: '7', properties: { colour: 'a&b=c/d' } });
  const message = await arrival;
  await client.complete(message);
  return { text: message.getData().toString(), messageId: message.messageId, colour: message.properties.getValue('colour') };
}

/** The SDK subscribes without a word: a question that goes out behind that is answered when the subscription stands. */
async function settle(client) {
  await client.getTwin();
}

async function listen(client) {
  client.onDeviceMethod('blink', (request, response) => response.send(201, { took: request.payload }));
  await settle(client);
}

function report(twin, patch) {
  return new Promise((resolve, reject) => twin.properties.reported.update(patch, (error) => error ? reject(error) : resolve()));
}

async function followTwin(client, id) {
  const twin = await client.getTwin();
  await report(twin, { fan: 'on' });
  const { error: tooLong } = await refusal(report(twin, { fan: 'x'.repeat(5000) }));
  const changed = new Promise((resolve) => twin.on('properties.desired.interval', resolve));
  await settle(client);
  await hub('PATCH', `/twins/${id}`, { properties: { desired: { interval: 5 } } });
  const interval = await changed;
  const { properties: { reported } } = await hub('GET', `/twins/${id}`);
  return { interval, tooLong, reported: { fan: reported.fan, version: reported.$version } };
}

/** From the registration to the twin. */
async function walk(device) {
  const { registration, client } = await open(device);
  const id = registration.deviceId;
  const sent = await send(client, id);
  const received = await receive(client, id);
  await listen(client);
  const method = await invoke(id, 'blink', { times: 3 });
  const twin = await followTwin(client, id);
  await client.close();
  return {
    registration: { status: registration.status, substatus: registration.substatus, hub: registration.assignedHub },
    sent,
    received,
    method,
    twin,
  };
}

/** A new token means a new connection; the SDK takes it that the hub has kept what it subscribed to. */
async function renew(device) {
  const { registration, client } = await open(device);
  const id = registration.deviceId;
  const arrival = once(client, 'message');
  await listen(client);
  const { connectionStateUpdatedTime: before } = await hub('GET', `/devices/${id}`);
  client.setOptions({ tokenRenewal: { tokenValidTimeInSeconds: 1800, tokenRenewalMarginInSeconds: 600 } });
  await send(client, id);
  const { connectionStateUpdatedTime: after } = await hub('GET', `/devices/${id}`);
  const method = await invoke(id, 'blink', { times: 3 });
  const received = await receive(client, id, arrival);
  await client.close();
  return { renewed: before !== after, method, received };
}

/** Registers by the secondary of an enrollment's two proofs. */
async function second(device) {
  const other = device.other ?? Buffer.alloc(32).toString('base64');
  const attestation = device.cert
    ? { type: 'x509', x509: { clientCertificates: { primary: { certificate: other }, secondary: { certificate: device.cert } } } }
    : { type: 'symmetricKey', symmetricKey: { primaryKey: other, secondaryKey: cloud.key } };
  await service.createOrUpdateIndividualEnrollment({ registrationId: device.id, attestation });
  const proof = device.cert ? device : { ...device, key: cloud.key };
  return (await register(proof, transports.MQTT)).status;
}

/** The SDK's error, and the service's code in it. */
async function refused(registration) {
  const { error, cause } = await refusal(registration);
  return { error, code: (cause.result ?? JSON.parse(cause.responseBody)).errorCode };
}

async function refuse(transport) {
  const device = { id: `refused-${transport.toLowerCase()}`, key: cloud.key };
  const enrollment = { registrationId: device.id, attestation: keys };
  const unknown = await refused(register(device, transports[transport]));
  const { responseBody: { etag } } = await service.createOrUpdateIndividualEnrollment(enrollment);
  const wrongKey = await refused(register({ ...device, key: Buffer.alloc(32).toString('base64') }, transports[transport]));
  await service.createOrUpdateIndividualEnrollment({ ...enrollment, provisioningStatus: 'disabled', etag });
  const { message: disabled } = await refusal(register(device, transports[transport]));
  return { unknown, wrongKey, disabled };
}

main(async () => {
  for (const transport of Object.keys(transports)) {
    await scenario(`Refused over ${transport}: unknown, with a wrong key, disabled`, () => refuse(transport));
  }
  for (const device of cloud.seconds) {
    await scenario(`Registered by the secondary ${device.cert ? 'certificate' : 'key'} of an enrollment`, () => second(device));
  }
  await enrollGroups();
  for (const [name, device] of Object.entries(cloud.devices)) {
    await enroll(device);
    await scenario(name, () => device.renews ? renew(device) : walk(device));
  }
});
