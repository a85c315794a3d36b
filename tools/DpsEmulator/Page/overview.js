// What devices and back ends need to know, to be copied.

import { code, facts, h, section } from './dom.js';
import { own } from './api.js';
import { copyable, secret } from './actions.js';

const certificate = (file, fingerprint) => [
  h('a', { href: file, download: true }, file), ', SHA-256 ', code(fingerprint.toLowerCase()),
];

const quote = path => (/^[\w./:\\-]+$/.test(path) ? path : `"${path}"`);

function connectionStrings() {
  const shown = secret('Show', 'Hide', 'connection strings', async () => {
    const { provisioning, hubs } = await own(['connection-strings']);
    return [facts([
      ['DPS, policy provisioningserviceowner', ...copyable(provisioning, 'the connection string of DPS')],
      ...hubs.map(hub => [
        `${hub.hub}, policy iothubowner`, ...copyable(hub.connectionString, `the connection string of ${hub.hub}`),
      ]),
    ])];
  });
  return section('Connection strings',
    h('p', null, 'For the service SDKs and tools: whoever has one may do everything with that service.'), shown.toggle, shown.place);
}

export async function open(root, info) {
  const run = `dotnet run --project tools/DevKitSim -- run --hold-a --cloud ${info.mqtt} --ca ${quote(info.caFile)}`;
  root.append(
    section('Addresses', facts([
      ['Global device endpoint', ...copyable(info.dpsEndpoint, 'the global device endpoint')],
      ['ID scope', ...copyable(info.idScope, 'the ID scope')],
      ['Service endpoint', ...copyable(info.provisioningHost, 'the service endpoint')],
      ...info.hubs.map((hub, index) => [index === 0 ? 'IoT hub, the default' : 'IoT hub', ...copyable(hub, `the name of ${hub}`)]),
      ['MQTT over TLS', ...copyable(info.mqtt, 'the MQTT address')],
      ['HTTPS and WebSockets', ...copyable(info.https, 'the HTTPS address')],
      ['Version', info.version],
    ])),
    section('Certificates', facts([
      ['The servers\' CA, which a device has to trust', ...certificate('ca.pem', info.caFingerprint)],
      ['The CA of operational certificates', ...certificate('device-ca.pem', info.deviceCaFingerprint)],
    ])),
    section('A DevKit on this machine', h('p', null, 'The virtual DevKit, held in its console, where ',
      code('set_az_iotdps'), ' or the certificate of its identity is next:'), h('p', null, ...copyable(run, 'the command line'))),
    connectionStrings());
}
