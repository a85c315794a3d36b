// Faults on demand: what the services do wrong, for whom, and how long.

import { field, fillRow, h, note, row, section, select, table, time } from './dom.js';
import { own } from './api.js';
import { fail, recheck, say, whileItem } from './message.js';
import { button, form } from './actions.js';

const kinds = [
  ['status', 'answer with an error'], ['drop', 'drop the connection'], ['delay', 'answer late'], ['garbage', 'answer with garbage'],
  ['connack', 'refuse the connection'],
];
const services = [['', 'both'], ['dps', 'DPS'], ['hub', 'hubs']];
// What a timer takes.
const longest = 2 ** 31 - 1000;

const columns = ['Fault', 'For', 'Until', 'Hits', 'Actions'];

const describe = fault => ({
  status: () => `answer ${fault.status}${fault.retryAfter ? `, retry after ${fault.retryAfter} s` : ''}`,
  drop: () => 'drop the connection',
  delay: () => `answer ${fault.delay} s late`,
  garbage: () => 'answer with garbage',
  connack: () => `refuse the connection with code ${fault.returnCode}`,
})[fault.kind]();

const percent = share => `${Math.round(share * 100)} %`;

const number = (name, value, properties) => h('input', { type: 'number', name, value, min: 0, step: 'any', ...properties });

// The fields that a kind of fault has of its own.
const details = {
  status: () => [['status', 'Status', number('status', 429, { min: 400, max: 599, step: 1, required: true })],
    ['retryAfter', 'Seconds to retry after', number('retryAfter', 5, { step: 1 })]],
  drop: () => [],
  delay: () => [['delay', 'Seconds that it takes', number('delay', 5, { required: true })]],
  garbage: () => [],
  connack: () => [['returnCode', 'Return code of CONNACK', number('returnCode', 3, { min: 1, max: 5, step: 1, required: true })]],
};

function faultForm(add) {
  const kind = select('kind', kinds, 'status');
  const place = h('div', { class: 'row' });
  let inputs = [];
  const choose = () => {
    inputs = details[kind.value]();
    place.replaceChildren(...inputs.map(([, label, input]) => field(label, input)));
  };
  kind.addEventListener('change', choose);
  choose();
  const service = select('service', services, '');
  const device = h('input', { type: 'text', name: 'device', maxlength: 129, autocomplete: 'off', spellcheck: 'false' });
  const share = number('share', 100, { max: 100, required: true });
  const seconds = number('seconds', 60, { min: 1, step: 1 });
  const read = () => ({
    kind: kind.value,
    service: service.value || null,
    device: device.value.trim() || null,
    share: Number(share.value) / 100,
    seconds: seconds.value ? Number(seconds.value) : null,
    ...Object.fromEntries(inputs.filter(([, , input]) => input.value).map(([name, , input]) => [name, Number(input.value)])),
  });
  return form('Add a fault', 'Add', () => add(read()),
    field('What happens', kind), place, field('Service', service),
    field('Device', device, 'Its ID, or the beginning of it and a *; empty: all'),
    field('Share of the cases, %', share), field('Seconds', seconds, 'Empty: until it is removed'));
}

// The faults that are in force, each in a row that stays while it is.
class FaultTable {
  constructor() {
    this.table = table('Faults', columns);
    this.none = h('p', { class: 'empty' }, 'Nothing goes wrong on purpose.');
    this.element = h('div', null, this.table.element, this.none);
    this.rows = new Map();
  }

  async load() {
    const items = await own(['faults']);
    recheck({ item: items });
    const rows = new Map(items.map(fault => [fault.id, this.fill(this.rows.get(fault.id) ?? row(), fault)]));
    [...this.rows].filter(([id]) => !rows.has(id)).forEach(([, element]) => element.remove());
    [...rows].filter(([id]) => !this.rows.has(id)).forEach(([, element]) => this.table.body.append(element));
    this.rows = rows;
    this.none.hidden = items.length > 0;
    this.table.element.hidden = items.length === 0;
    this.lookAgain(items);
  }

  // Nothing tells of a fault whose time is over.
  lookAgain(items) {
    clearTimeout(this.timer);
    const ends = items.filter(fault => fault.ends).map(fault => new Date(fault.ends) - new Date());
    if (ends.length > 0) {
      this.timer = setTimeout(() => this.element.isConnected && this.load().catch(fail), Math.min(...ends, longest) + 100);
    }
  }

  fill(element, fault) {
    const state = JSON.stringify(fault);
    if (element.dataset.state !== state) {
      element.dataset.state = state;
      fillRow(element, columns, [
        [describe(fault), note(percent(fault.share))],
        [fault.device ?? 'all devices', note(services.find(([value]) => value === (fault.service ?? ''))[1])],
        fault.ends ? time(fault.ends) : 'it is removed',
        String(fault.hits),
        button('Remove', `fault ${fault.id}: ${describe(fault)}`, async () => {
          await own(['faults', String(fault.id)], { method: 'DELETE' });
          await this.load();
        }),
      ]);
    }

    return element;
  }
}

export async function open(root) {
  const faults = new FaultTable();
  const add = async fault => {
    const made = await own(['faults'], { method: 'POST', body: fault });
    await faults.load();
    say(`Added: ${describe(made)}.`, 'done', whileItem(items => items.some(fault => fault.id === made.id)));
  };
  root.append(faults.element, section('Another fault', faultForm(add)));
  await faults.load();
  return async changes => {
    // The log tells of each time that a fault strikes.
    if (changes.some(change => ['all', 'fault', 'log'].includes(change.kind))) {
      await faults.load();
    }
  };
}
