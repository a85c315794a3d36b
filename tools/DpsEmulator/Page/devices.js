// The devices of a hub as a list, and a device that is made by hand.

import { code, field, h, link, note, section, select, state, time } from './dom.js';
import { hub, orNull, queryHub } from './api.js';
import { fail } from './message.js';
import { form } from './actions.js';
import { List } from './list.js';

const kinds = ['device', 'connection', 'twin', 'telemetry'];

export const proofs = { sas: 'symmetric key', selfSigned: 'certificate', certificateAuthority: 'certificate of a CA' };

export const isConnected = item => item.connectionState === 'Connected';

export const connection = item => state(isConnected(item) ? 'connected' : 'not connected', isConnected(item));

const quoted = text => `'${text.replaceAll('\'', '\'\'')}'`;

// No character of a device ID stands behind the tilde.
const beginsWith = prefix => `SELECT * FROM devices WHERE deviceId >= ${quoted(prefix)} AND deviceId < ${quoted(prefix + '~')}`;

function reported(item) {
  const values = Object.fromEntries(Object.entries(item.properties.reported).filter(([name]) => !name.startsWith('$')));
  return Object.keys(values).length > 0 ? code(JSON.stringify(values)) : state('nothing', false);
}

function deviceList(name) {
  const columns = ['Device', 'Connection', 'Status', 'Proof', 'Reported'];
  return new List({
    caption: `Devices of ${name}`,
    columns,
    empty: 'This hub has no device.',
    page: (size, token) => queryHub(name, 'SELECT * FROM devices', size, token),
    find: id => orNull(hub(name, ['twins', id])),
    search: async prefix => (await queryHub(name, beginsWith(prefix), 50)).items,
    id: item => item.deviceId,
    order: id => id,
    concerns: change => (change.hub === name && kinds.includes(change.kind) ? change.id : null),
    cells: item => [
      link(item.deviceId, 'device', name, item.deviceId),
      [connection(item), note(`last activity ${time(item.lastActivityTime)}`)],
      state(item.status, item.status === 'enabled'),
      proofs[item.authenticationType],
      reported(item),
    ],
  });
}

// A device that connects without DPS, with a key that the hub makes.
function newDevice(chosen) {
  const input = h('input', { type: 'text', name: 'id', required: true, maxlength: 128, autocomplete: 'off', spellcheck: 'false' });
  return section('A device without DPS', form('Make a device', 'Make', async () => {
    const deviceId = input.value.trim();
    const symmetricKey = { primaryKey: '', secondaryKey: '' };
    await hub(chosen.value, ['devices', deviceId], {
      method: 'PUT', body: { deviceId, authentication: { type: 'sas', symmetricKey } },
    });
    location.hash = '#' + ['device', chosen.value, deviceId].map(encodeURIComponent).join('/');
  }, field('Device ID', input, 'Its keys are made; the device\'s page shows them.')));
}

export async function open(root, info, name) {
  const chosen = select('hub', info.hubs.map(hubName => [hubName, hubName]), name ?? info.hubs[0]);
  const place = h('div', null);
  let list = null;
  const show = async () => {
    list = deviceList(chosen.value);
    place.replaceChildren(list.element);
    await list.load();
  };
  chosen.addEventListener('change', () => show().catch(fail));
  root.append(...(info.hubs.length > 1 ? [field('Hub', chosen)] : []), place, newDevice(chosen));
  await show();
  return changes => list.changed(changes);
}
