// The form of an enrollment, new or there already, and the document that it makes.

import { check, field, h, json, readJson, select } from './dom.js';
import { form } from './actions.js';
import { certificateField } from './certificates.js';
import { kinds } from './enrollments.js';

const reprovisioning = [
  ['migrate', 'to another hub if need be, and its twin goes along', { updateHubAssignment: true, migrateDeviceData: true }],
  ['reset', 'to another hub if need be, with the initial twin', { updateHubAssignment: true, migrateDeviceData: false }],
  ['never', 'never: it stays at its hub', { updateHubAssignment: false, migrateDeviceData: false }],
];

const allocationPolicies = [
  ['hashed', 'evenly over the hubs'], ['geoLatency', 'lowest latency: the first hub'], ['static', 'fixed: the hub that is chosen'],
];

const findReprovisioning = policy => (
  policy?.updateHubAssignment === false ? 'never' : policy?.migrateDeviceData === false ? 'reset' : 'migrate');

const textInput = (name, value, properties) => h('input', {
  type: 'text', name, value, autocomplete: 'off', spellcheck: 'false', maxlength: 128, ...properties,
});

const jsonInput = (name, value) => h('textarea', { name, rows: 4, spellcheck: 'false' }, value ? json(value) : '');

// Certificates: the first is needed where there is none; the second can be taken away.
function certificates(kind, present, chosen) {
  const pair = present ? Object.keys(present.attestation.x509)[0]
    : kind === kinds.group ? 'signingCertificates' : 'clientCertificates';
  const isAuthority = pair === 'signingCertificates';
  const old = present?.attestation.x509[pair];
  const name = isAuthority ? 'CA certificate' : 'Certificate';
  const primary = certificateField(old ? `${name}, another primary` : `${name}, primary`, 'primary', !old, isAuthority, chosen);
  const secondary = certificateField(old?.secondary ? `${name}, another secondary` : `${name}, secondary`, 'secondary', false, isAuthority);
  const drop = check('Remove the secondary certificate', false, 'drop');
  return {
    element: h('div', null, primary.element, secondary.element, old?.secondary ? drop.element : null),
    read: () => {
      const first = primary.value() ?? old?.primary;
      const second = secondary.value() ?? (drop.input.checked ? null : old?.secondary);
      if (!first) {
        throw new Error('Choose the file of the certificate.');
      }

      return { type: 'x509', x509: { [pair]: second ? { primary: first, secondary: second } : { primary: first } } };
    },
  };
}

function keys(present) {
  const hint = present ? 'Base64 of 16 to 64 bytes; empty: it stays.' : 'Base64 of 16 to 64 bytes; empty: one is made.';
  const primary = textInput('primaryKey', '');
  const secondary = textInput('secondaryKey', '');
  return {
    element: h('div', null, field('Primary key', primary, hint), field('Secondary key', secondary, hint)),
    read: () => ({
      type: 'symmetricKey', symmetricKey: { primaryKey: primary.value.trim(), secondaryKey: secondary.value.trim() },
    }),
  };
}

// The proof: chosen once, when the enrollment is made.
function attestation(kind, present, id) {
  const isX509 = present ? present.attestation.type === 'x509' : true;
  const place = h('div', null);
  let proof = null;
  const choose = type => {
    proof = type === 'x509'
      ? certificates(kind, present, view => {
        if (kind === kinds.individual && !present) {
          id.value = view.commonName ?? '';
        }
      })
      : keys(present);
    place.replaceChildren(proof.element);
    id.readOnly = Boolean(present) || (type === 'x509' && kind === kinds.individual);
  };
  const radio = (type, text) => h('label', { class: 'check' }, h('input', {
    type: 'radio', name: 'type', value: type, checked: (type === 'x509') === isX509, onchange: () => choose(type),
  }), ' ', text);
  choose(isX509 ? 'x509' : 'symmetricKey');
  const legend = h('legend', null, 'Proof');
  const x509 = kind === kinds.group ? 'X.509: a root or intermediate CA' : 'X.509: the device\'s certificate';
  return {
    element: h('fieldset', null, legend, ...(present ? [] : [radio('x509', x509), radio('symmetricKey', 'Symmetric key')]), place),
    read: () => proof.read(),
  };
}

function hubs(info, present) {
  const boxes = info.hubs.map(name => check(name, present?.iotHubs?.includes(name) ?? false, 'hub'));
  const policy = select('allocation', allocationPolicies, present?.allocationPolicy ?? 'hashed');
  return {
    element: h('fieldset', null, h('legend', null, 'Hub'),
      h('p', null, 'Which hubs its devices may be assigned to; none chosen: any.'),
      ...boxes.map(box => box.element), field('Allocation', policy)),
    read: () => {
      const chosen = info.hubs.filter((_, index) => boxes[index].input.checked);
      return { allocationPolicy: policy.value, ...(chosen.length > 0 ? { iotHubs: chosen } : {}) };
    },
  };
}

// The fields that the form has no place for stay as they are.
const kept = present => Object.fromEntries(Object.entries(present ?? {}).filter(([name]) =>
  ['capabilities', 'optionalDeviceInformation', 'etag'].includes(name)));

// save gets the ID and the document.
export function enrollmentForm(kind, info, present, save) {
  const id = textInput('id', present?.[kind.id] ?? '', { required: true, readonly: Boolean(present) });
  const idHint = kind === kinds.individual ? 'With a certificate, its common name.' : null;
  const proof = attestation(kind, present, id);
  const deviceId = textInput('deviceId', present?.deviceId ?? '');
  const tags = jsonInput('tags', present?.initialTwin?.tags);
  const desired = jsonInput('desired', present?.initialTwin?.properties?.desired);
  const place = hubs(info, present);
  const again = select('reprovision', reprovisioning, findReprovisioning(present?.reprovisionPolicy));
  const policy = check('Issue operational certificates to devices that ask for one (policy default)',
    Boolean(present?.credentialPolicyName), 'policy');
  const enabled = check('Enabled', present?.provisioningStatus !== 'disabled', 'enabled');

  const read = () => ({
    ...kept(present),
    [kind.id]: id.value.trim(),
    ...(deviceId.value.trim() && kind === kinds.individual ? { deviceId: deviceId.value.trim() } : {}),
    attestation: proof.read(),
    ...place.read(),
    initialTwin: { tags: readJson(tags, 'Tags', {}), properties: { desired: readJson(desired, 'Desired properties', {}) } },
    reprovisionPolicy: reprovisioning.find(([value]) => value === again.value)[2],
    provisioningStatus: enabled.input.checked ? 'enabled' : 'disabled',
    ...(policy.input.checked ? { credentialPolicyName: info.credentialPolicy } : {}),
  });

  return form(present ? `Change the ${kind.name}` : `Add the ${kind.name}`, present ? 'Save' : 'Enroll', () => {
    const document = read();
    return save(document[kind.id], document);
  },
  proof.element,
  field(kind.idName, id, idHint),
  kind === kinds.individual ? field('Device ID', deviceId, 'Its name at the hub; empty: the registration ID.') : null,
  place.element,
  h('fieldset', null, h('legend', null, 'Initial twin'),
    field('Tags', tags, 'JSON'), field('Desired properties', desired, 'JSON')),
  field('A device that registers again is assigned', again),
  policy.element,
  enabled.element);
}
