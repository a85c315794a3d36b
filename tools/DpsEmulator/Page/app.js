// The page: which view is open, and whether the emulator is there.

import { h } from './dom.js';
import { own } from './api.js';
import { clear, fail, recheck } from './message.js';
import { listen } from './events.js';
import * as overview from './overview.js';
import * as enrollments from './enrollments.js';
import * as enrollment from './enrollment.js';
import * as registrations from './registrations.js';
import * as devices from './devices.js';
import * as device from './device.js';
import * as faults from './faults.js';
import * as log from './log.js';

// How a view is opened, the section that it belongs to, and its title. It gets its element, the emulator's addresses, and what the
// address of the page says behind its name; it returns, where it is live, a function that hears of changes.
const views = {
  overview: [overview.open, 'overview', () => 'Overview'],
  enrollments: [enrollments.openIndividual, 'enrollments', () => 'Enrollments'],
  enrollment: [enrollment.openIndividual, 'enrollments', id => `Enrollment ${id}`],
  'new-enrollment': [enrollment.openNewIndividual, 'enrollments', () => 'New enrollment'],
  groups: [enrollments.openGroups, 'groups', () => 'Enrollment groups'],
  group: [enrollment.openGroup, 'groups', id => `Enrollment group ${id}`],
  'new-group': [enrollment.openNewGroup, 'groups', () => 'New enrollment group'],
  registrations: [registrations.open, 'registrations', () => 'Registration records'],
  devices: [devices.open, 'devices', () => 'Devices'],
  device: [device.open, 'devices', (_, id) => `Device ${id}`],
  faults: [faults.open, 'faults', () => 'Faults'],
  log: [log.open, 'log', () => 'Log'],
};

const byId = id => document.getElementById(id);

let info = null;
let changedView = null;
let focused = null;

// One after another: no older answer replaces a newer one, and no change is missed while a view is opened.
let last = Promise.resolve();
const inOrder = work => {
  last = last.then(work).catch(fail);
  return last;
};

function markSection(name) {
  for (const anchor of document.querySelectorAll('nav a')) {
    if (anchor.hash === '#' + name) {
      anchor.setAttribute('aria-current', 'page');
    } else {
      anchor.removeAttribute('aria-current');
    }
  }
}

// The heading takes the focus, so that a reader's next word is of the view that was asked for.
async function openView(takesFocus) {
  const [name, ...words] = location.hash.slice(1).split('/').map(decodeURIComponent);
  const [open, sectionName, title] = views[name] ?? views.overview;
  const root = h('div', null);
  clear();
  markSection(sectionName);
  byId('view').replaceChildren(root);
  byId('title').textContent = title(...words);
  document.title = `${title(...words)} - DPS emulator`;
  if (takesFocus) {
    byId('title').focus();
  }

  changedView = null;
  byId('view').setAttribute('aria-busy', 'true');
  try {
    changedView = await open(root, info, ...words);
  } finally {
    byId('view').removeAttribute('aria-busy');
  }
}

// What can be done needs the emulator; the title and the message stay, for whoever reads them.
const parts = () => [document.querySelector('nav ul'), byId('view')];

function showGone() {
  if (byId('live').classList.contains('gone')) {
    return;
  }

  clear();
  focused = document.activeElement;
  byId('live').classList.add('gone');
  parts().forEach(part => { part.inert = true; });
  byId('gone').textContent = 'The emulator does not answer; this page tries again.';
}

function showBack() {
  if (!byId('live').classList.contains('gone')) {
    return;
  }

  byId('live').classList.remove('gone');
  parts().forEach(part => { part.inert = false; });
  byId('gone').textContent = '';
  if (focused?.isConnected) {
    focused.focus();
  }
}

async function changed(changes) {
  changes.forEach(change => recheck({ change }));
  if (changes.some(change => change.kind === 'all')) {
    const before = JSON.stringify(info);
    info = await own(['info']);
    showBack();
    if (JSON.stringify(info) !== before) {
      await openView(false);
      return;
    }
  }

  await changedView?.(changes);
}

window.addEventListener('hashchange', () => {
  if (info) {
    inOrder(() => openView(true));
  }
});
document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  byId('main').focus();
});
listen({ changed: changes => inOrder(() => changed(changes)), gone: showGone });
