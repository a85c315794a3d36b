// The enrollments, individual ones and groups, as lists.

import { h, link, note, state, time } from './dom.js';
import { dps, orNull, queryDps, search } from './api.js';
import { List } from './list.js';

export const kinds = {
  individual: {
    path: 'enrollments', change: 'enrollment', id: 'registrationId', route: 'enrollment', list: 'enrollments', create: 'new-enrollment',
    name: 'enrollment', title: 'Enrollments', idName: 'Registration ID', empty: 'No device is enrolled by itself.',
  },
  group: {
    path: 'enrollmentGroups', change: 'enrollmentGroup', id: 'enrollmentGroupId', route: 'group', list: 'groups', create: 'new-group',
    name: 'group', title: 'Enrollment groups', idName: 'Group', empty: 'There is no enrollment group.',
  },
};

export const proof = enrollment => (enrollment.attestation.type === 'symmetricKey' ? 'symmetric key'
  : enrollment.attestation.x509.clientCertificates ? 'certificate' : 'certificate of a CA');

export const isEnabled = enrollment => enrollment.provisioningStatus !== 'disabled';

export const hubsOf = enrollment => enrollment.iotHubs?.join(', ') ?? 'any';

const policies = { hashed: 'evenly over the hubs', geoLatency: 'lowest latency', static: 'fixed' };

export const allocation = enrollment => policies[enrollment.allocationPolicy];

async function openList(root, kind) {
  const isGroup = kind === kinds.group;
  const columns = isGroup ? [kind.idName, 'Proof', 'Hubs', 'Status'] : [kind.idName, 'Proof', 'Device ID', 'Hubs', 'Status'];
  const list = new List({
    caption: kind.title,
    columns,
    empty: kind.empty,
    page: (size, token) => queryDps([kind.path], size, token),
    find: id => orNull(dps([kind.path, id])),
    search: prefix => search(kind.path, prefix),
    id: item => item[kind.id],
    order: id => id.toLowerCase(),
    concerns: change => (change.kind === kind.change ? change.id : null),
    cells: item => [
      link(item[kind.id], kind.route, item[kind.id]),
      proof(item),
      ...(isGroup ? [] : [item.deviceId ?? 'the registration ID']),
      [hubsOf(item), note(allocation(item))],
      [state(isEnabled(item) ? 'enabled' : 'disabled', isEnabled(item)), note(`changed ${time(item.lastUpdatedDateTimeUtc)}`)],
    ],
  });
  const add = h('a', { class: 'button', href: '#' + kind.create }, isGroup ? 'Add an enrollment group' : 'Add an individual enrollment');
  root.append(h('div', { class: 'buttons' }, add), list.element);
  await list.load();
  return changes => list.changed(changes);
}

export const openIndividual = root => openList(root, kinds.individual);
export const openGroups = root => openList(root, kinds.group);
