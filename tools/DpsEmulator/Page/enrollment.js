// One enrollment, individual or a group: what it is, its keys, its registrations, and the form that changes it.

import { facts, field, h, link, note, section, state, time } from './dom.js';
import { dps, orNull, own } from './api.js';
import { recheck, say, whileItem } from './message.js';
import { button, copyable, form, relabel, secret } from './actions.js';
import { describePair } from './certificates.js';
import { allocation, hubsOf, isEnabled, kinds, proof } from './enrollments.js';
import { enrollmentForm } from './enrollment-form.js';
import { groupRegistrations, registrationState } from './registrations.js';

const consoleLine = (info, id, key) =>
  `set_az_iotdps "DPSEndpoint=${info.dpsEndpoint};IdScope=${info.idScope};DeviceId=${id};SymmetricKey=${key}"`;

export async function openNew(root, info, kind) {
  root.append(enrollmentForm(kind, info, null, async (id, document) => {
    const made = await dps([kind.path, id], { method: 'PUT', body: document });
    location.hash = `#${kind.route}/${encodeURIComponent(made[kind.id])}`;
  }));
}

function keysSection(kind, info, id) {
  const shown = secret('Show keys', 'Hide keys', `of ${id}`, async () => {
    const { symmetricKey } = await dps([kind.path, id, 'attestationmechanism'], { method: 'POST' });
    return [facts([
      ['Primary key', ...copyable(symmetricKey.primaryKey, 'the primary key')],
      ['Secondary key', ...copyable(symmetricKey.secondaryKey, 'the secondary key')],
      kind === kinds.individual
        ? ['In the DevKit\'s console', ...copyable(consoleLine(info, id, symmetricKey.primaryKey), 'the console\'s line')] : null,
    ])];
  });
  return section('Keys', shown.toggle, shown.place);
}

// The key of one device of a group.
function derivedKeys(info, group) {
  const input = h('input', { type: 'text', name: 'device', required: true, maxlength: 128, autocomplete: 'off', spellcheck: 'false' });
  const place = h('div', { class: 'secret' });
  input.addEventListener('input', () => place.replaceChildren());
  const derive = form('Derive the key of a device', 'Derive', async () => {
    const keys = await own(['enrollmentGroups', group, 'keys', input.value.trim()]);
    place.replaceChildren(facts([
      ['Primary key of the device', ...copyable(keys.primaryKey, 'the device\'s primary key')],
      ['Secondary key of the device', ...copyable(keys.secondaryKey ?? '', 'the device\'s secondary key')],
      ['In the DevKit\'s console', ...copyable(consoleLine(info, keys.registrationId, keys.primaryKey), 'the console\'s line')],
    ]));
  }, field('Registration ID of the device', input, 'HMAC-SHA256 of it, under the group\'s key, is the device\'s key.'));
  return section('Key of a device', derive, place);
}

const summary = (kind, item) => facts([
  ['Status', state(isEnabled(item) ? 'enabled' : 'disabled', isEnabled(item))],
  ['Proof', proof(item)],
  kind === kinds.individual ? ['Device ID', item.deviceId ?? 'the registration ID'] : null,
  ['Hubs', hubsOf(item), note(allocation(item))],
  ['Operational certificates', item.credentialPolicyName ? `issued by the policy ${item.credentialPolicyName}` : 'not issued'],
  ['Made', time(item.createdDateTimeUtc)],
  ['Changed', time(item.lastUpdatedDateTimeUtc)],
  kind === kinds.individual ? ['Registration', ...registrationState(item.registrationState)] : null,
]);

class EnrollmentView {
  constructor(root, info, kind, id) {
    Object.assign(this, { root, info, kind, id });
    this.summary = h('div', null);
    this.certificates = h('div', null);
    this.edit = h('div', { class: 'edit' });
    this.toggle = button('Disable', id, () => this.setEnabled(!isEnabled(this.item)));
    this.remove = button('Remove', id, () => this.removeItem());
  }

  async open() {
    await this.load();
    if (!this.item) {
      this.root.append(h('p', null, `There is no ${this.kind.name} ${this.id}. `, link(this.kind.title, this.kind.list)));
      return;
    }

    const isKey = this.item.attestation.type === 'symmetricKey';
    const isGroup = this.kind === kinds.group;
    this.records = isGroup ? groupRegistrations(this.id) : null;
    this.root.append(
      section('State', this.summary, h('div', { class: 'buttons' }, this.toggle, this.remove)),
      ...(isKey ? [keysSection(this.kind, this.info, this.item[this.kind.id])] : [section('Certificates', this.certificates)]),
      ...(isKey && isGroup ? [derivedKeys(this.info, this.id)] : []),
      ...(this.records ? [section('Registration records', this.records.element)] : []),
      section('Change', this.edit));
    await this.records?.load();
  }

  async load() {
    this.show(await orNull(dps([this.kind.path, this.id])));
  }

  show(item) {
    const isOther = item?.etag !== this.item?.etag;
    this.item = item;
    recheck({ item });
    if (!item) {
      this.root.querySelectorAll('button, input, select, textarea').forEach(control => { control.disabled = true; });
      return;
    }

    const isOn = isEnabled(item);
    relabel(this.toggle, isOn ? 'Disable' : 'Enable', this.id);
    this.summary.replaceChildren(summary(this.kind, item));
    this.certificates.replaceChildren(...(item.attestation.x509 ? describePair(item.attestation.x509) : []));
    if (isOther && !this.edit.dataset.touched) {
      this.showForm();
    }
  }

  // What somebody has begun to type stays, and the service says when it was changed by another meanwhile.
  showForm() {
    const edit = enrollmentForm(this.kind, this.info, this.item, (id, document) => this.save(document, 'Saved.'));
    edit.addEventListener('input', () => { this.edit.dataset.touched = 'true'; });
    this.edit.replaceChildren(edit);
  }

  async save(document, text, holds) {
    const { etag } = document;
    const saved = await dps([this.kind.path, this.id], { method: 'PUT', body: document, headers: { 'If-Match': etag } });
    delete this.edit.dataset.touched;
    this.show(saved);
    say(text, 'done', whileItem(holds ?? (item => item?.etag === saved.etag)));
  }

  setEnabled(isOn) {
    const provisioningStatus = isOn ? 'enabled' : 'disabled';
    return this.save({ ...this.item, provisioningStatus }, `${this.id} is ${provisioningStatus}.`,
      item => item?.provisioningStatus === provisioningStatus);
  }

  async removeItem() {
    if (!confirm(`Remove the ${this.kind.name} ${this.id}?`)) {
      return;
    }

    await dps([this.kind.path, this.id], { method: 'DELETE', headers: { 'If-Match': this.item.etag } });
    location.hash = '#' + this.kind.list;
  }

  async changed(changes) {
    const isMine = change => change.kind === 'all'
      || (change.id?.toLowerCase() === this.id.toLowerCase() && [this.kind.change, 'registration'].includes(change.kind));
    if (this.item && changes.some(isMine)) {
      await this.load();
      if (!this.item) {
        say(`${this.id} was removed.`, 'error', whileItem(item => !item));
      }
    }

    await this.records?.changed(changes);
  }
}

async function openOne(root, info, kind, id) {
  const view = new EnrollmentView(root, info, kind, id);
  await view.open();
  return changes => view.changed(changes);
}

export const openIndividual = (root, info, id) => openOne(root, info, kinds.individual, id);
export const openGroup = (root, info, id) => openOne(root, info, kinds.group, id);
export const openNewIndividual = (root, info) => openNew(root, info, kinds.individual);
export const openNewGroup = (root, info) => openNew(root, info, kinds.group);
