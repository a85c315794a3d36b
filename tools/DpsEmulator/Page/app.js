'use strict';

const byId = id => document.getElementById(id);

function say(text, kind) {
  const message = byId('message');
  message.textContent = text;
  message.className = kind ?? '';
}

async function ask(path, options) {
  const response = await fetch(path, options);
  if (response.ok) {
    return response.status === 204 ? null : response.json();
  }

  const problem = await response.json().catch(() => null);
  throw new Error(problem?.detail ?? problem?.title ?? `The emulator answered ${response.status}.`);
}

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) {
    made.className = className;
  }

  return made;
}

function cell(row, index, ...content) {
  while (row.cells.length <= index) {
    row.insertCell();
  }

  row.cells[index].replaceChildren(...content);
}

const time = text => text ? new Date(text).toLocaleString() : '';

// Rows are kept while their item is there and changed only when it changed, so that the keyboard's focus stays where it is.
function show(body, items, key, fill) {
  const rows = new Map([...body.rows].map(row => [row.dataset.key, row]));
  for (const item of items) {
    const id = item[key];
    const row = rows.get(id) ?? body.insertRow();
    rows.delete(id);
    const state = JSON.stringify(item);
    if (row.dataset.state !== state) {
      row.dataset.key = id;
      row.dataset.state = state;
      fill(row, item);
    }

    body.append(row);
  }

  for (const row of rows.values()) {
    row.remove();
  }

  byId('no-' + body.id).hidden = items.length > 0;
}

// A button that is disabled loses the keyboard's focus: it gets it back, unless the work has put it elsewhere.
function action(label, description, work) {
  const button = element('button', label);
  button.type = 'button';
  button.setAttribute('aria-label', `${label} ${description}`);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await work();
    } catch (error) {
      say(error.message, 'error');
    }

    button.disabled = false;
    if (document.activeElement === document.body) {
      button.focus();
    }
  });
  return button;
}

const certificateProof = item => [
  element('code', item.certificateFingerprint.toLowerCase()),
  element('small', `SHA-256 of the certificate; valid until ${new Date(item.notAfter).getUTCFullYear()}`),
];

// The key is fetched when it is asked for, and stands in this page until it is hidden or the row changes.
function keyProof(path, item) {
  const shown = element('small', '');
  const show = action('Show key', item.registrationId, async () => {
    const key = shown.textContent ? '' : 'set_az_iotdps ' + (await ask(path + '/key')).connectionString;
    shown.replaceChildren(...(key ? [element('code', key)] : []));
    show.textContent = key ? 'Hide key' : 'Show key';
    show.setAttribute('aria-label', `${show.textContent} ${item.registrationId}`);
  });
  return [element('span', 'symmetric key '), show, shown];
}

function fillEnrollment(row, item) {
  const path = 'api/enrollments/' + encodeURIComponent(item.registrationId);
  const name = element('code', item.registrationId);
  const state = element('span', item.enabled ? 'enabled' : 'disabled', item.enabled ? 'on' : 'off');
  const assigned = element('small', item.assignedHub ? `assigned ${time(item.lastRegistered)}` : 'not registered yet');
  const toggle = action(item.enabled ? 'Disable' : 'Enable', item.registrationId, async () => {
    await ask(path, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ enabled: !item.enabled }),
    });
    say(`${item.registrationId} is ${item.enabled ? 'disabled' : 'enabled'}.`, 'done');
  });
  const remove = action('Remove', item.registrationId, async () => {
    if (confirm(`Remove the enrollment ${item.registrationId}?`)) {
      await ask(path, { method: 'DELETE' });
      say(`${item.registrationId} is no longer enrolled.`, 'done');
      byId('file').focus();
    }
  });
  cell(row, 0, name);
  cell(row, 1, ...(item.attestation === 'symmetricKey' ? keyProof(path, item) : certificateProof(item)));
  cell(row, 2, state, assigned);
  cell(row, 3, toggle, remove);
}

function fillDevice(row, item) {
  const telemetry = item.lastTelemetry;
  const state = element('span', item.connected ? 'connected' : 'not connected', item.connected ? 'on' : 'off');
  const beginning = `${item.registrationId ? 'registered' : 'made'} ${time(item.lastRegistered)}`;
  const since = element('small', item.connected ? `since ${time(item.connectedSince)}` : beginning);
  const reported = { ...item.reported };
  delete reported.$version;
  cell(row, 0, element('code', item.deviceId), element('small', item.assignedHub));
  cell(row, 1, state, since);
  cell(row, 2, ...(telemetry
    ? [element('code', telemetry.text ?? telemetry.base64), element('small', `${time(telemetry.received)}, message ${telemetry.sequence}`)]
    : [element('span', 'none', 'off')]));
  cell(row, 3, Object.keys(reported).length > 0 ? element('code', JSON.stringify(reported)) : element('span', 'nothing', 'off'));
}

async function look() {
  const [enrollments, devices] = await Promise.all([ask('api/enrollments'), ask('api/devices')]);
  show(byId('enrollments'), enrollments, 'registrationId', fillEnrollment);
  show(byId('devices'), devices, 'deviceId', fillDevice);
}

async function showInfo() {
  const info = await ask('api/info');
  byId('id-scope').textContent = info.idScope;
  byId('endpoint').textContent = info.dpsEndpoint;
  byId('hub').textContent = info.hub;
  byId('mqtt').textContent = info.mqtt;
  byId('ca').textContent = info.caFingerprint.toLowerCase();
}

byId('upload').addEventListener('submit', async event => {
  event.preventDefault();
  const input = byId('file');
  try {
    const enrollment = await ask('api/enrollments', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-pem-file' },
      body: input.files[0],
    });
    say(`${enrollment.registrationId} is enrolled.`, 'done');
    input.value = '';
  } catch (error) {
    say(error.message, 'error');
  }

  input.focus();
});

byId('add-key').addEventListener('submit', async event => {
  event.preventDefault();
  const input = byId('registration-id');
  try {
    const enrollment = await ask('api/enrollments', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ registrationId: input.value.trim(), attestation: 'symmetricKey' }),
    });
    say(`${enrollment.registrationId} is enrolled; Show key gives what to type into its console.`, 'done');
    input.value = '';
  } catch (error) {
    say(error.message, 'error');
  }

  input.focus();
});

const events = new EventSource('api/events');
events.addEventListener('change', () => look().catch(error => say(error.message, 'error')));
events.addEventListener('open', () => showInfo().catch(error => say(error.message, 'error')));
events.addEventListener('error', () => say('The emulator does not answer; this page tries again.', 'error'));
events.addEventListener('open', () => say(''));
