// Registration records: what became of each device that asked to be provisioned.

import { h, link, note, state, time } from './dom.js';
import { dps, orNull, own, queryDps, queryOwn, search } from './api.js';
import { say, untilChange } from './message.js';
import { button } from './actions.js';
import { List } from './list.js';

const substatuses = {
  initialAssignment: 'first assignment',
  deviceDataMigrated: 'another hub; its twin came along',
  deviceDataReset: 'another hub; its twin began anew',
  reprovisionedToInitialAssignment: 'the same hub again',
};

// What became of a registration; undefined when there was none.
export const registrationState = record => (!record ? ['not registered yet'] : [
  state(record.status, record.status === 'assigned'),
  ...(record.assignedHub
    ? [' to ', link(record.deviceId, 'device', record.assignedHub, record.deviceId), note(record.assignedHub)] : []),
  ...(record.substatus ? [note(substatuses[record.substatus] ?? record.substatus)] : []),
  ...(record.errorMessage ? [note(`${record.errorCode}: ${record.errorMessage}`)] : []),
]);

async function remove(record) {
  const id = record.registrationId;
  if (confirm(`Remove the registration record ${id}? The device stays at its hub, and can register again.`)) {
    await dps(['registrations', id], { method: 'DELETE', headers: { 'If-Match': `"${record.etag}"` } });
    say(`The record of ${id} is removed.`, 'done',
      untilChange(change => change.kind === 'registration' && change.id === id && !change.removed));
  }
}

const proofLink = record => (record.enrollmentGroupId
  ? link(record.enrollmentGroupId, 'group', record.enrollmentGroupId)
  : link('individual', 'enrollment', record.registrationId));

function recordList(caption, isOfGroup, page, searchRecords) {
  const columns = ['Registration ID', ...(isOfGroup ? [] : ['Enrollment']), 'Outcome', 'Last registered', 'Actions'];
  return new List({
    caption,
    columns,
    empty: 'No device has registered.',
    page,
    find: id => orNull(own(['registrations', id])),
    search: searchRecords,
    id: item => item.registrationId,
    order: id => id.toLowerCase(),
    concerns: change => (change.kind === 'registration' ? change.id : null),
    cells: item => [
      h('code', null, item.registrationId),
      ...(isOfGroup ? [] : [proofLink(item)]),
      registrationState(item),
      [time(item.lastUpdatedDateTimeUtc), note(`first ${time(item.createdDateTimeUtc)}`)],
      button('Remove', `the record of ${item.registrationId}`, () => remove(item)),
    ],
  });
}

export async function open(root) {
  const list = recordList('Registration records', false,
    (size, token) => queryOwn(['registrations'], size, token), prefix => search('registrations', prefix));
  root.append(list.element);
  await list.load();
  return changes => list.changed(changes);
}

// The records of one group.
export function groupRegistrations(group) {
  const isOfGroup = record => record?.enrollmentGroupId?.toLowerCase() === group.toLowerCase();
  const list = recordList(`Registration records of ${group}`, true,
    (size, token) => queryDps(['registrations', group], size, token),
    async prefix => (await search('registrations', prefix)).filter(isOfGroup));
  const find = list.source.find;
  list.source.find = async id => {
    const record = await find(id);
    return isOfGroup(record) ? record : null;
  };
  return list;
}
