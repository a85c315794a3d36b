// What a device sends, as it comes: the latest on top.

import { code, fillRow, h, note, row, table, time } from './dom.js';
import { orNull, telemetry } from './api.js';

const most = 50;
const columns = ['Received', 'Message', 'Properties'];

function body(message) {
  if (message.text === null) {
    return [code(message.base64), note('base64: it is no text')];
  }

  return [code(message.text)];
}

const properties = message => Object.entries(message.properties).map(([name, value]) => note(`${name} = ${value}`));

export class TelemetryTable {
  constructor(name, id) {
    Object.assign(this, { name, id, last: 0 });
    this.table = table(`Telemetry of ${id}`, columns);
    this.none = h('p', { class: 'empty' }, 'It has sent nothing yet.');
    this.table.element.hidden = true;
    const scroll = { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Latest telemetry' };
    this.element = h('div', scroll, this.table.element, this.none);
  }

  // Only what came since is fetched; of many messages at once, the latest.
  async load() {
    const page = await orNull(telemetry(this.name, this.id, `latest=${most}&after=${this.last}`));
    for (const message of page?.messages ?? []) {
      const element = row();
      fillRow(element, columns, [[time(message.received), note(`number ${message.sequence}`)], body(message), properties(message)]);
      this.table.body.prepend(element);
      this.last = message.sequence;
    }

    while (this.table.body.rows.length > most) {
      this.table.body.lastChild.remove();
    }

    this.none.hidden = this.table.body.rows.length > 0;
    this.table.element.hidden = !this.none.hidden;
  }
}
