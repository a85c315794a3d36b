// One device of a hub: its state, keys, certificate, telemetry, commands and twin.

import { facts, h, link, note, section, state, time } from './dom.js';
import { dps, hub, orNull, own } from './api.js';
import { recheck, say, whileItem } from './message.js';
import { button, copyable, relabel, secret } from './actions.js';
import { describePair } from './certificates.js';
import { connection, proofs } from './devices.js';
import { messageForm, methodForm } from './commands.js';
import { TelemetryTable } from './telemetry.js';
import { TwinEditor } from './twin.js';

class DeviceView {
  constructor(root, name, id) {
    Object.assign(this, { root, name, id });
    this.summary = h('div', null);
    this.proof = h('div', null);
    this.toggle = button('Disable', id, () => this.setStatus(this.device.status === 'enabled' ? 'disabled' : 'enabled'));
    this.remove = button('Remove', id, () => this.removeDevice());
    this.telemetry = new TelemetryTable(name, id);
    this.twin = new TwinEditor(name, id);
  }

  async open() {
    await this.load();
    if (!this.device) {
      this.root.append(h('p', null, `The hub ${this.name} has no device ${this.id}. `, link('Devices', 'devices', this.name)));
      return;
    }

    this.root.append(
      section('State', this.summary, h('div', { class: 'buttons' }, this.toggle, this.remove)),
      section('Telemetry', this.telemetry.element),
      section('Message to the device', messageForm(this.name, this.id, () => this.device)),
      section('Direct method', methodForm(this.name, this.id)),
      section('Twin', this.twin.element),
      section('Proof', this.proof));
    await this.telemetry.load();
  }

  async load() {
    await Promise.all([this.loadDevice(), this.loadTwin()]);
  }

  async loadTwin() {
    const twin = await orNull(hub(this.name, ['twins', this.id]));
    if (twin) {
      this.twin.show(twin);
    }
  }

  async loadDevice() {
    const [device, origin] = await Promise.all([
      orNull(hub(this.name, ['devices', this.id])), orNull(own(['hubs', this.name, 'devices', this.id])),
    ]);
    this.device = origin && device;
    recheck({ item: this.device });
    if (!this.device) {
      this.root.querySelectorAll('button, input, select, textarea').forEach(control => { control.disabled = true; });
      return;
    }

    relabel(this.toggle, device.status === 'enabled' ? 'Disable' : 'Enable', this.id);
    this.summary.replaceChildren(this.describe(device, origin));
    await this.showProof(device, origin);
  }

  describe(device, origin) {
    return facts([
      ['Hub', this.name],
      ['Connection', connection(device), note(origin.connectedSince ? `since ${time(origin.connectedSince)}` : '')],
      ['Last activity', time(device.lastActivityTime)],
      ['Status', state(device.status, device.status === 'enabled'), note(device.statusReason ?? '')],
      ['Registration', ...(origin.registrationId
        ? [link(origin.registrationId, 'enrollment', origin.registrationId), note(`last ${time(origin.lastRegistered)}`)]
        : ['none: it was made by hand'])],
      ['Messages waiting for it', String(device.cloudToDeviceMessageCount)],
    ]);
  }

  // Shown anew only when it is another: keys that somebody looks at stay.
  async showProof(device, origin) {
    const { authentication } = device;
    if (this.proof.dataset.etag === device.etag) {
      return;
    }

    this.proof.dataset.etag = device.etag;
    const { x509Thumbprint: thumbprints } = authentication;
    this.proof.replaceChildren(facts([
      ['Proof', proofs[authentication.type]],
      thumbprints?.primaryThumbprint ? ['Thumbprint, primary', h('code', null, thumbprints.primaryThumbprint.toLowerCase())] : null,
      thumbprints?.secondaryThumbprint ? ['Thumbprint, secondary', h('code', null, thumbprints.secondaryThumbprint.toLowerCase())] : null,
    ]), ...(authentication.type === 'sas' ? this.keys() : await this.certificate(origin)));
  }

  keys() {
    const shown = secret('Show keys', 'Hide keys', `of ${this.id}`, async () => {
      const { primaryKey, secondaryKey } = (await hub(this.name, ['devices', this.id])).authentication.symmetricKey;
      const connectionString = `HostName=${this.name};DeviceId=${this.id};SharedAccessKey=${primaryKey}`;
      return [facts([
        ['Primary key', ...copyable(primaryKey, 'the primary key')],
        ['Secondary key', ...copyable(secondaryKey, 'the secondary key')],
        ['In the DevKit\'s console', ...copyable(`set_az_iothub "${connectionString}"`, 'the console\'s line')],
      ])];
    });
    return [shown.toggle, shown.place];
  }

  // A hub knows thumbprints alone: what the certificates say stands in the enrollment that the device came by.
  async certificate({ registrationId }) {
    if (!registrationId) {
      return [];
    }

    const record = await orNull(own(['registrations', registrationId]));
    const group = record?.enrollmentGroupId;
    const enrollment = await orNull(dps(group ? ['enrollmentGroups', group] : ['enrollments', registrationId]));
    const from = group ? link(group, 'group', group) : link(registrationId, 'enrollment', registrationId);
    return enrollment?.attestation.x509
      ? [h('p', null, 'As enrolled: ', from), ...describePair(enrollment.attestation.x509)]
      : [];
  }

  async setStatus(status) {
    const headers = { 'If-Match': `"${this.device.etag}"` };
    await hub(this.name, ['devices', this.id], { method: 'PUT', body: { ...this.device, status }, headers });
    await this.load();
    say(`${this.id} is ${status}.`, 'done', whileItem(device => device?.status === status));
  }

  async removeDevice() {
    if (!confirm(`Remove the device ${this.id}, with its twin and its messages?`)) {
      return;
    }

    await hub(this.name, ['devices', this.id], { method: 'DELETE', headers: { 'If-Match': '"*"' } });
    location.hash = '#devices/' + encodeURIComponent(this.name);
  }

  async changed(changes) {
    const isMine = change => change.hub === this.name && change.id === this.id;
    const kinds = new Set(changes.filter(change => change.kind === 'all' || isMine(change)).map(change => change.kind));
    if (!this.device || kinds.size === 0) {
      return;
    }

    const isAll = kinds.has('all') || kinds.has('device');
    await Promise.all([
      isAll || kinds.has('telemetry') ? this.telemetry.load() : null,
      isAll || kinds.has('twin') ? this.loadTwin() : null,
      isAll || ['telemetry', 'connection', 'message'].some(kind => kinds.has(kind)) ? this.loadDevice() : null,
    ]);
    if (!this.device) {
      say(`The device ${this.id} was removed.`, 'error', whileItem(device => !device));
    }
  }
}

export async function open(root, info, name, id) {
  const view = new DeviceView(root, name, id);
  await view.open();
  return changes => view.changed(changes);
}
