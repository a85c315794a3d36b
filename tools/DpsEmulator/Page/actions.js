// Buttons and forms that do something, and what they say of it.

import { h } from './dom.js';
import { clear, fail, say } from './message.js';

// While the work lasts, it cannot be begun again. A button that were disabled meanwhile would lose the keyboard's focus.
async function run(trigger, work) {
  if (trigger.hasAttribute('aria-disabled')) {
    return;
  }

  clear();
  trigger.setAttribute('aria-disabled', 'true');
  try {
    await work();
  } catch (error) {
    fail(error);
  }

  trigger.removeAttribute('aria-disabled');
}

export function button(label, description, work) {
  const element = h('button', { type: 'button', 'aria-label': description ? `${label} ${description}` : null }, label);
  element.addEventListener('click', () => run(element, work));
  return element;
}

export function relabel(element, label, description) {
  element.textContent = label;
  element.setAttribute('aria-label', `${label} ${description}`);
}

// A form; a message about what was typed goes when something else is typed.
export function form(label, submit, work, ...fields) {
  const go = h('button', { type: 'submit' }, submit);
  const element = h('form', { 'aria-label': label, oninput: clear }, ...fields, h('div', { class: 'buttons' }, go));
  element.addEventListener('submit', event => {
    event.preventDefault();
    run(go, work);
  });
  return element;
}

async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }

  // Only pages of this machine or over HTTPS have a clipboard.
  const area = h('textarea', { readonly: true, class: 'offscreen', 'aria-hidden': 'true' }, text);
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

// A value with a button that copies it.
export const copyable = (text, what) => [
  h('code', null, text),
  ' ',
  button('Copy', what, async () => {
    await copy(text);
    say(`Copied ${what}.`, 'done');
  }),
];

// What is shown only while somebody wants to see it: it is asked for then, and forgotten when it is hidden.
export function secret(show, hide, description, load) {
  const place = h('div', { class: 'secret' });
  const toggle = button(show, description, async () => {
    const content = place.hasChildNodes() ? [] : await load();
    place.replaceChildren(...content);
    relabel(toggle, content.length > 0 ? hide : show, description);
  });
  return { toggle, place };
}
