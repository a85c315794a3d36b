'use strict';

const byId = id => document.getElementById(id);

function showMessage(text, kind) {
  const message = byId('message');
  message.textContent = text;
  message.className = kind ?? '';
}

async function request(path, options) {
  const response = await fetch(path, options);
  if (response.ok) {
    return response.status === 204 ? null : response.json();
  }

  const problem = await response.json().catch(() => null);
  const error = new Error(problem?.detail ?? problem?.title ?? `The emulator answered ${response.status}.`);
  error.status = response.status;
  throw error;
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

const formatTime = text => text ? new Date(text).toLocaleString() : '';

// A row is kept while its item is there and filled only when the item changed, so that the keyboard's focus stays where it is.
function showRow(table, key, item) {
  let row = table.rows.get(key);
  if (item) {
    row ??= insertRow(table, key);
    const state = JSON.stringify(item);
    if (row.dataset.state !== state) {
      row.dataset.state = state;
      table.fill(row, item);
    }
  } else {
    row?.remove();
    table.rows.delete(key);
  }

  byId('no-' + table.id).hidden = table.rows.size > 0;
}

// Rows stand in the order of their keys.
function insertRow(table, key) {
  const body = byId(table.id);
  let next = null;
  for (let row = body.lastElementChild; row && row.dataset.key > key; row = row.previousElementSibling) {
    next = row;
  }

  const row = document.createElement('tr');
  row.dataset.key = key;
  body.insertBefore(row, next);
  table.rows.set(key, row);
  return row;
}

async function loadTable(table) {
  const items = new Map((await request(table.path)).map(item => [item[table.key], item]));
  for (const key of new Set([...table.rows.keys(), ...items.keys()])) {
    showRow(table, key, items.get(key));
  }

  byId('no-' + table.id).hidden = table.rows.size > 0;
}

async function loadRow(table, key) {
  const item = await request(`${table.path}/${encodeURIComponent(key)}`).catch(error => {
    if (error.status !== 404) {
      throw error;
    }

    return null;
  });
  showRow(table, key, item);
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
      showMessage(error.message, 'error');
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
    const key = shown.textContent ? '' : 'set_az_iotdps ' + (await request(path + '/key')).connectionString;
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
  const assigned = element('small', item.assignedHub ? `assigned ${formatTime(item.lastRegistered)}` : 'not registered yet');
  const toggle = action(item.enabled ? 'Disable' : 'Enable', item.registrationId, async () => {
    await request(path, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ enabled: !item.enabled }),
    });
    showMessage(`${item.registrationId} is ${item.enabled ? 'disabled' : 'enabled'}.`, 'done');
  });
  const remove = action('Remove', item.registrationId, async () => {
    if (confirm(`Remove the enrollment ${item.registrationId}?`)) {
      await request(path, { method: 'DELETE' });
      showMessage(`${item.registrationId} is no longer enrolled.`, 'done');
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
  const beginning = `${item.registrationId ? 'registered' : 'made'} ${formatTime(item.lastRegistered)}`;
  const since = element('small', item.connected ? `since ${formatTime(item.connectedSince)}` : beginning);
  const reported = { ...item.reported };
  delete reported.$version;
  cell(row, 0, element('code', item.deviceId), element('small', item.assignedHub));
  cell(row, 1, state, since);
  cell(row, 2, ...(telemetry
    ? [
      element('code', telemetry.text ?? telemetry.base64),
      element('small', `${formatTime(telemetry.received)}, message ${telemetry.sequence}`),
    ]
    : [element('span', 'none', 'off')]));
  cell(row, 3, Object.keys(reported).length > 0 ? element('code', JSON.stringify(reported)) : element('span', 'nothing', 'off'));
}

const enrollments = {
  id: 'enrollments', path: 'api/enrollments', key: 'registrationId', fill: fillEnrollment, rows: new Map(),
};
const devices = { id: 'devices', path: 'api/devices', key: 'deviceId', fill: fillDevice, rows: new Map() };

// Which table a kind of change shows in. An enrollment and a device may be new; the other kinds are of rows that are there.
const tables = {
  enrollment: enrollments, registration: enrollments, device: devices, connection: devices, twin: devices, telemetry: devices,
};

async function showChange(change) {
  if (change.kind === 'all') {
    await Promise.all([loadTable(enrollments), loadTable(devices)]);
    return;
  }

  const table = tables[change.kind];
  if (change.removed) {
    showRow(table, change.id, null);
  } else if (change.kind === 'enrollment' || change.kind === 'device' || table.rows.has(change.id)) {
    await loadRow(table, change.id);
  }
}

async function loadInfo() {
  const info = await request('api/info');
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
    const enrollment = await request('api/enrollments', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-pem-file' },
      body: input.files[0],
    });
    showMessage(`${enrollment.registrationId} is enrolled.`, 'done');
    input.value = '';
  } catch (error) {
    showMessage(error.message, 'error');
  }

  input.focus();
});

byId('add-key').addEventListener('submit', async event => {
  event.preventDefault();
  const input = byId('registration-id');
  try {
    const enrollment = await request('api/enrollments', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ registrationId: input.value.trim(), attestation: 'symmetricKey' }),
    });
    showMessage(`${enrollment.registrationId} is enrolled; Show key gives what to type into its console.`, 'done');
    input.value = '';
  } catch (error) {
    showMessage(error.message, 'error');
  }

  input.focus();
});

// One change after another: an older answer never replaces a newer one.
let shown = Promise.resolve();
const events = new EventSource('api/events');
events.addEventListener('change', event => {
  shown = shown.then(() => showChange(JSON.parse(event.data))).catch(error => showMessage(error.message, 'error'));
});
events.addEventListener('open', () => loadInfo().catch(error => showMessage(error.message, 'error')));
events.addEventListener('error', () => showMessage('The emulator does not answer; this page tries again.', 'error'));
events.addEventListener('open', () => showMessage(''));
