// A device's twin: what it reports, and its desired properties and tags, to be edited whole.

import { field, h, json, note, readJson } from './dom.js';
import { hub } from './api.js';
import { say, whileItem } from './message.js';
import { form } from './actions.js';

const withoutMetadata = properties => Object.fromEntries(Object.entries(properties).filter(([name]) => !name.startsWith('$')));

export class TwinEditor {
  constructor(name, id) {
    Object.assign(this, { name, id });
    this.reported = h('pre', { tabindex: '0', 'aria-label': 'Reported properties' });
    this.version = note('');
    this.desired = h('textarea', { name: 'desired', rows: 6, spellcheck: 'false' });
    this.tags = h('textarea', { name: 'tags', rows: 4, spellcheck: 'false' });
    this.form = form('Edit the twin', 'Save', () => this.save(),
      field('Desired properties', this.desired, 'JSON'), field('Tags', this.tags, 'JSON; the device does not see them'));
    this.form.addEventListener('input', () => { this.form.dataset.touched = 'true'; });
    this.element = h('div', null, h('h3', null, 'Reported properties'), this.reported, this.version, this.form);
  }

  // What somebody has begun to type stays, and the hub says when the twin was changed by another meanwhile.
  show(twin) {
    this.reported.textContent = json(withoutMetadata(twin.properties.reported));
    this.version.textContent = `version ${twin.properties.reported.$version}; desired, version ${twin.properties.desired.$version}`;
    if (!this.form.dataset.touched) {
      this.etag = twin.etag;
      this.desired.value = json(withoutMetadata(twin.properties.desired));
      this.tags.value = json(twin.tags ?? {});
    }
  }

  async save() {
    const desired = readJson(this.desired, 'Desired properties', {});
    const body = { properties: { desired }, tags: readJson(this.tags, 'Tags', {}) };
    const saved = await hub(this.name, ['twins', this.id], { method: 'PUT', body, headers: { 'If-Match': `"${this.etag}"` } });
    delete this.form.dataset.touched;
    this.show(saved);
    say('The twin is saved.', 'done', whileItem(device => device !== null));
  }
}
