'use strict';

// Microsoft's SDK for services that enroll devices: every call that it has.

const { ProvisioningDeviceClient } = require('azure-iot-provisioning-device');
const { Http } = require('azure-iot-provisioning-device-http');
const { ProvisioningServiceClient } = require('azure-iot-provisioning-service');
const { SymmetricKeySecurityClient } = require('azure-iot-security-symmetric-key');
const { cloud, deriveKey, main, otherAccess, pages, refusal, scenario } = require('./cloud');

const service = ProvisioningServiceClient.fromConnectionString(cloud.dpsConnection);
const keys = { type: 'symmetricKey', symmetricKey: { primaryKey: cloud.key, secondaryKey: cloud.key } };
const madeKeys = { type: 'symmetricKey', symmetricKey: { primaryKey: '', secondaryKey: '' } };

const individuals = {
  put: async (body) => (await service.createOrUpdateIndividualEnrollment(body)).responseBody,
  get: async (id) => (await service.getIndividualEnrollment(id)).responseBody,
  attestation: async (id) => (await service.getIndividualEnrollmentAttestationMechanism(id)).responseBody,
  remove: (body) => service.deleteIndividualEnrollment(body),
  query: (size) => service.createIndividualEnrollmentQuery({ query: 'SELECT * FROM enrollments' }, size),
  idField: 'registrationId',
};

const groups = {
  put: async (body) => (await service.createOrUpdateEnrollmentGroup(body)).responseBody,
  get: async (id) => (await service.getEnrollmentGroup(id)).responseBody,
  attestation: async (id) => (await service.getEnrollmentGroupAttestationMechanism(id)).responseBody,
  remove: (body) => service.deleteEnrollmentGroup(body),
  query: (size) => service.createEnrollmentGroupQuery({ query: '*' }, size),
  idField: 'enrollmentGroupId',
};

/** A refusal as the SDK tells it, with the code of the body. */
async function code(call) {
  const { error, cause } = await refusal(call);
  return `${error} ${JSON.parse(cause.responseBody).errorCode}`;
}

/** The same for what is not there, without the digits that tell an enrollment from a group. */
async function missing(call) {
  return (await code(call)).slice(0, 'Error 404'.length);
}

async function makeKeys(api) {
  const made = await api.put({ [api.idField]: 'made', attestation: madeKeys });
  const shown = (await api.attestation('made')).symmetricKey;
  await api.remove(made);
  return {
    hidden: made.attestation.symmetricKey?.primaryKey ?? null,
    lengths: [shown.primaryKey, shown.secondaryKey].map((key) => Buffer.from(key, 'base64').length),
    differ: shown.primaryKey !== shown.secondaryKey,
    gone: await missing(api.get('made')),
  };
}

async function certify(api, kind) {
  const sent = {
    [api.idField]: 'certified',
    attestation: { type: 'x509', x509: { [kind]: { primary: { certificate: cloud.certificate } } } },
    initialTwin: { tags: { floor: 2 }, properties: { desired: { interval: 60 } } },
    provisioningStatus: 'disabled',
    reprovisionPolicy: { updateHubAssignment: true, migrateDeviceData: false },
    allocationPolicy: 'static',
    iotHubHostName: cloud.hub,
  };
  const made = await api.put(sent);
  const info = made.attestation.x509[kind].primary.info;
  made.provisioningStatus = 'enabled';
  const changed = await api.put(made);
  await api.remove(changed);
  return {
    info: { subjectName: info.subjectName, version: info.version, thumbprint: info.sha256Thumbprint === cloud.thumbprint },
    twin: made.initialTwin,
    policy: made.reprovisionPolicy,
    allocation: [made.allocationPolicy, made.iotHubHostName],
    status: changed.provisioningStatus,
    sameCertificate: changed.attestation.x509[kind].primary.info.sha256Thumbprint === cloud.thumbprint,
  };
}

async function match(api) {
  const first = await api.put({ [api.idField]: 'matched', attestation: keys });
  const again = await code(api.put({ [api.idField]: 'matched', attestation: keys }));
  const second = await api.put({ ...first, provisioningStatus: 'disabled' });
  const stale = await code(api.put(first));
  const staleRemoval = await code(api.remove(first));
  const any = await api.put({ ...first, etag: '*' });
  await api.remove('matched');
  return {
    again, stale, staleRemoval, any: any.provisioningStatus, etags: new Set([first, second, any].map((one) => one.etag)).size,
    removedAgain: await missing(api.remove('matched')),
  };
}

async function page(api) {
  for (let i = 0; i < 5; i++) {
    await api.put({ [api.idField]: `paged-${i}`, attestation: keys });
  }
  const found = await pages(api.query(2));
  for (let i = 0; i < 5; i++) {
    await api.remove(`paged-${i}`);
  }
  return found.map((one) => one.map((item) => item[api.idField]));
}

/** The SDK's own promise never comes: its callback does. */
function runBulk(mode, enrollments) {
  return new Promise((resolve, reject) =>
    service.runBulkEnrollmentOperation({ mode, enrollments }, (error, result) => error ? reject(error) : resolve(result)));
}

async function bulk() {
  const two = ['bulk-1', 'bulk-2'].map((registrationId) => ({ registrationId, attestation: keys }));
  const created = await runBulk('create', two);
  const again = await runBulk('create', [two[0], { registrationId: 'bulk-3', attestation: keys }]);
  const updated = await runBulk('update', two.map((one) => ({ ...one, provisioningStatus: 'disabled' })));
  const stale = await runBulk('updateIfMatchEtag', [{ ...two[0], etag: '"stale"' }]);
  const fresh = await runBulk('updateIfMatchEtag', [await individuals.get('bulk-1')]);
  const removed = await runBulk('delete', [...two, { registrationId: 'bulk-3', attestation: keys }]);
  const tooMany = await code(runBulk('create', Array.from({ length: 11 }, (_, i) => ({ registrationId: `many-${i}`, attestation: keys }))));
  const brief = ({ isSuccessful, errors }) => ({ isSuccessful, errors: errors.map((one) => `${one.registrationId} ${one.errorCode}`) });
  return {
    created: brief(created),
    again: brief(again),
    updated: brief(updated),
    stale: brief(stale),
    fresh: brief(fresh),
    removed: brief(removed),
    tooMany,
  };
}

function register(id, key) {
  const security = new SymmetricKeySecurityClient(id, key);
  return ProvisioningDeviceClient.create(cloud.global, cloud.idScope, new Http(), security).register();
}

async function registrations() {
  await groups.put({ enrollmentGroupId: 'registering', attestation: keys });
  for (const id of ['registering-1', 'registering-2', 'registering-3']) {
    await register(id, deriveKey(cloud.key, id));
  }
  const { responseBody: state } = await service.getDeviceRegistrationState('registering-1');
  const found = await pages(service.createEnrollmentGroupDeviceRegistrationStateQuery({ query: '*' }, 'registering', 2));
  await service.deleteDeviceRegistrationState(state);
  const gone = await code(service.getDeviceRegistrationState('registering-1'));
  await groups.remove('registering');
  return {
    state: { status: state.status, substatus: state.substatus, hub: state.assignedHub, deviceId: state.deviceId },
    found: found.map((one) => one.map((item) => item.registrationId)),
    gone,
  };
}

async function move() {
  const enrollment = (hub, migrateDeviceData) => ({
    registrationId: 'moving',
    attestation: keys,
    allocationPolicy: 'static',
    iotHubs: [hub],
    iotHubHostName: hub,
    reprovisionPolicy: { updateHubAssignment: true, migrateDeviceData },
    initialTwin: { properties: { desired: { interval: 60 } } },
    etag: '*',
  });
  const seen = [];
  const { etag, ...first } = enrollment(cloud.hub, true);
  for (const body of [first, enrollment(cloud.secondHub, true), enrollment(cloud.hub, false)]) {
    await individuals.put(body);
    const { assignedHub } = await register('moving', cloud.key);
    const { registrationState } = await individuals.get('moving');
    seen.push(`${registrationState.substatus} ${assignedHub}`);
  }
  await individuals.remove('moving');
  return seen;
}

async function unauthorized() {
  const { key, policy } = otherAccess(cloud.dpsConnection);
  const read = (connection) => ProvisioningServiceClient.fromConnectionString(connection).getIndividualEnrollment('x');
  return { key: await code(read(key)), policy: await code(read(policy)) };
}

main(async () => {
  for (const [name, api] of [['Individual enrollment', individuals], ['Enrollment group', groups]]) {
    await scenario(`${name}: symmetric keys are made, and shown by the attestation mechanism alone`, () => makeKeys(api));
    await scenario(`${name}: X.509, initial twin, policies; read, changed and written back`,
      () => certify(api, api === groups ? 'signingCertificates' : 'clientCertificates'));
    await scenario(`${name}: ETags`, () => match(api));
    await scenario(`${name}: queries by pages`, () => page(api));
  }
  await scenario('Bulk: create, update, update by ETag, delete', bulk);
  await scenario('Registration states of a group: read, queried by pages, removed', registrations);
  await scenario('Moves to another hub: data migrated, and reset', move);
  await scenario('Another key or policy is unauthorized', unauthorized);
});
