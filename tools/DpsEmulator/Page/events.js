// What changed, as the emulator tells it: at most one change of a thing waits while the last ones are shown.

const key = change => `${change.kind} ${change.hub ?? ''} ${change.id ?? ''}`;

// EventSource tries again by itself after a connection that broke, and gives up after an answer that was none.
const retryAfter = 2000;

export function listen({ changed, gone }) {
  const waiting = new Map();
  let shown = null;

  const show = async () => {
    while (waiting.size > 0) {
      const changes = waiting.has(key({ kind: 'all' })) ? [{ kind: 'all' }] : [...waiting.values()];
      waiting.clear();
      await changed(changes);
    }

    shown = null;
  };

  const connect = () => {
    const events = new EventSource('api/events');
    events.addEventListener('change', event => {
      const change = JSON.parse(event.data);
      waiting.set(key(change), change);
      shown ??= show();
    });
    events.addEventListener('error', () => {
      gone();
      if (events.readyState === EventSource.CLOSED) {
        setTimeout(connect, retryAfter);
      }
    });
  };

  connect();
}
