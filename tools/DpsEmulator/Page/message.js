// The one line that says what was done, or why not. It goes with the next action, the view, the emulator, or what it speaks of.

let holds = null;

const line = () => document.getElementById('message');

// With stillHolds, the message goes when that is false of what is heard next: { item }, as it was read again (null when it is gone),
// or { change }, an event.
export function say(text, kind, stillHolds) {
  line().textContent = text;
  line().className = kind;
  holds = stillHolds ?? null;
}

export function clear() {
  line().textContent = '';
  line().className = '';
  holds = null;
}

export function recheck(heard) {
  if (holds && !holds(heard)) {
    clear();
  }
}

export const whileItem = isTrue => ({ item }) => item === undefined || isTrue(item);
export const untilChange = isTrue => ({ change }) => change === undefined || !isTrue(change);

export const fail = (error, stillHolds) => say(error.message, 'error', stillHolds);
