// The log, as it is written.

import { h } from './dom.js';
import { log } from './api.js';

const most = 500;

export async function open(root) {
  const lines = h('ol', null);
  const frame = h('div', { class: 'log', tabindex: '0', role: 'log', 'aria-live': 'off', 'aria-label': 'Latest lines' }, lines);
  let last = 0;
  const load = async () => {
    const isAtEnd = frame.scrollTop + frame.clientHeight >= frame.scrollHeight - 4;
    for (const line of await log(last)) {
      lines.append(h('li', null, h('time', { datetime: line.time }, new Date(line.time).toLocaleTimeString()), ' ', line.text));
      last = line.number;
    }

    while (lines.children.length > most) {
      lines.firstChild.remove();
    }

    if (isAtEnd) {
      frame.scrollTop = frame.scrollHeight;
    }
  };
  root.append(frame);
  await load();
  return async changes => {
    // An emulator that was started anew counts from 1 again.
    if (changes.some(change => change.kind === 'all')) {
      last = 0;
      lines.replaceChildren();
    }

    if (changes.some(change => ['all', 'log'].includes(change.kind))) {
      await load();
    }
  };
}
