// What can be sent to a device: a message, and a direct method with its answer.

import { facts, field, h, json, readJson } from './dom.js';
import { hub } from './api.js';
import { fail, say, untilChange } from './message.js';
import { form } from './actions.js';
import { isConnected } from './devices.js';

// One property a line.
function readProperties(input) {
  const lines = input.value.split('\n').map(line => line.trim()).filter(line => line !== '');
  return Object.fromEntries(lines.map(line => {
    const at = line.indexOf('=');
    if (at < 1) {
      throw new Error(`The property '${line}' has no name and value: write name=value.`);
    }

    return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  }));
}

const connects = (name, id) => untilChange(change => change.kind === 'connection' && change.hub === name && change.id === id);

// device gives what is known of the device.
export function messageForm(name, id, device) {
  const text = h('textarea', { name: 'text', rows: 2 });
  const properties = h('textarea', { name: 'properties', rows: 2, spellcheck: 'false' });
  return form('Send a message', 'Send', async () => {
    const message = { text: text.value, properties: readProperties(properties) };
    await hub(name, ['devices', id, 'messages', 'deviceBound'], { method: 'POST', body: message });
    const isThere = isConnected(device());
    say(isThere ? `The message is sent to ${id}.` : `${id} is not connected: the message waits for it.`, 'done',
      isThere ? undefined : connects(name, id));
    text.value = '';
  }, field('Text', text), field('Properties', properties, 'One a line: name=value'));
}

export function methodForm(name, id) {
  const method = h('input', { type: 'text', name: 'method', required: true, maxlength: 100, autocomplete: 'off', spellcheck: 'false' });
  const payload = h('textarea', { name: 'payload', rows: 2, spellcheck: 'false' });
  const timeout = h('input', { type: 'number', name: 'timeout', min: 5, max: 300, value: 30, required: true });
  const answer = h('div', { role: 'status' });
  const call = form('Call a method', 'Call', async () => {
    answer.replaceChildren();
    const value = readJson(payload, 'Payload');
    const body = {
      methodName: method.value.trim(),
      responseTimeoutInSeconds: Number(timeout.value),
      connectTimeoutInSeconds: 0,
      ...(value === undefined ? {} : { payload: value }),
    };
    try {
      const result = await hub(name, ['twins', id, 'methods'], { method: 'POST', body });
      answer.replaceChildren(facts([
        [`${body.methodName} answered`, `status ${result.status}`],
        ['Payload', result.payload === null || result.payload === undefined ? 'none' : h('pre', null, json(result.payload))],
      ]));
    } catch (error) {
      fail(error, connects(name, id));
    }
  },
  field('Method', method),
  field('Payload', payload, 'JSON; empty: none'),
  field('Seconds to wait for the answer', timeout));
  call.addEventListener('input', () => answer.replaceChildren());
  return h('div', null, call, answer);
}
