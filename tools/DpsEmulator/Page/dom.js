// Elements, and the shapes that all views are made of.

let lastId = 0;

// An element: properties that begin with "on" are listeners, true and false are attributes without a value, null is none.
export function h(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (value === true) {
      element.setAttribute(key, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }

  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

export const code = text => h('code', null, text);
export const note = text => h('small', null, text);
export const state = (text, isGood) => h('span', { class: isGood ? 'on' : 'off' }, text);

// The beginning of time is the services' "never".
export const time = text => text && !text.startsWith('0001') ? new Date(text).toLocaleString() : 'never';

export const link = (text, ...route) => h('a', { href: '#' + route.map(encodeURIComponent).join('/') }, text);

// Values under their names; a note stands apart from what it is of.
export const facts = rows => h('dl', { class: 'facts' }, rows.filter(row => row).map(([name, ...value]) =>
  h('div', null, h('dt', null, name), h('dd', null, ...value.flatMap(part => part?.tagName === 'SMALL' ? [' ', part] : [part])))));

// A section under a heading that names it.
export function section(title, ...content) {
  const id = 'h' + ++lastId;
  return h('section', { 'aria-labelledby': id }, h('h2', { id }, title), ...content);
}

// An input under its label, with what is to be known of it.
export function field(label, input, hint) {
  input.id ||= 'f' + ++lastId;
  const parts = [h('label', { for: input.id }, label), input];
  if (hint) {
    const id = 'n' + ++lastId;
    input.setAttribute('aria-describedby', id);
    parts.push(h('small', { id }, hint));
  }

  return h('div', { class: 'field' }, ...parts);
}

export function check(label, isChecked, name) {
  const input = h('input', { type: 'checkbox', checked: isChecked, name });
  return { input, element: h('label', { class: 'check' }, input, ' ', label) };
}

// One of several: pairs of a value and what it is called.
export const select = (name, options, chosen) => h('select', { name },
  ...options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)));

// A table whose cells have their labels with them, for where there is no room for columns. The roles stay when it is no table to CSS.
export function table(caption, columns) {
  const body = h('tbody', { role: 'rowgroup' });
  const head = h('tr', { role: 'row' }, ...columns.map(column => h('th', { scope: 'col', role: 'columnheader' }, column)));
  const element = h('table', { role: 'table', 'aria-label': caption }, h('thead', { role: 'rowgroup' }, head), body);
  return { element, body };
}

export const row = () => h('tr', { role: 'row' });

export function fillRow(element, columns, cells) {
  const hadFocus = element.contains(document.activeElement);
  element.replaceChildren(...cells.map((content, index) =>
    h('td', { role: 'cell', 'data-label': columns[index] }, h('div', null, ...[content].flat()))));
  if (hadFocus) {
    element.querySelector('a, button')?.focus();
  }
}

// Text as JSON; what is wrong with it is said in the words of the field.
export function readJson(input, name, standard) {
  const text = input.value.trim();
  input.removeAttribute('aria-invalid');
  if (text === '') {
    return standard;
  }

  try {
    return JSON.parse(text);
  } catch (error) {
    input.setAttribute('aria-invalid', 'true');
    input.focus();
    throw new Error(`${name}: this is no JSON. ${error.message}`, { cause: error });
  }
}

export const json = value => JSON.stringify(value, null, 2);
