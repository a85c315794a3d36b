// Certificates in words, and as files that somebody chooses.

import { facts, field, h } from './dom.js';
import { describeFile } from './api.js';
import { fail } from './message.js';

// The last date that there is (RFC 5280, 4.1.2.5) stands for none.
const day = text => (text.startsWith('9999') ? 'no end' : new Date(text).toLocaleDateString(undefined, { timeZone: 'UTC' }));

// The distinguished name's attribute (RFC 4514), which may stand in quotes.
const commonName = name => /(?:^|, ?)CN=("[^"]*"|[^,]*)/.exec(name)?.[1].replaceAll('"', '') ?? null;

const isPast = text => new Date(text) < new Date();

function warnings(info) {
  const name = commonName(info.subjectName);
  return [
    name?.length > 64 ? `The common name has ${name.length} characters: X.509 allows 64 (RFC 5280), and some tools refuse more.` : null,
    isPast(info.notAfterUtc) ? 'The certificate has expired.' : null,
  ].filter(text => text);
}

export const inWords = info => [
  facts([
    ['Subject', info.subjectName],
    ['Issued by', info.issuerName === info.subjectName ? 'itself' : info.issuerName],
    ['Valid', `${day(info.notBeforeUtc)} to ${day(info.notAfterUtc)}`],
    ['Serial number', h('code', null, info.serialNumber)],
    ['SHA-256', h('code', null, info.sha256Thumbprint.toLowerCase())],
    ['SHA-1', h('code', null, info.sha1Thumbprint.toLowerCase())],
  ]),
  ...warnings(info).map(text => h('p', { class: 'warning' }, text)),
];

// A field for a certificate's file. What the file says is shown as soon as it is chosen; value() is what the service takes, null for
// none. chosen hears of each certificate.
export function certificateField(label, name, isRequired, isGroup, chosen) {
  const input = h('input', { type: 'file', name, required: isRequired, accept: '.pem,.crt,.cer,.der,.p7b,.p7c,.txt' });
  const place = h('div', { 'aria-live': 'polite' });
  let certificate = null;
  input.addEventListener('change', async () => {
    certificate = null;
    place.replaceChildren();
    if (input.files.length === 0) {
      return;
    }

    try {
      const view = await describeFile(input.files[0]);
      const problem = isGroup && !view.isAuthority
        ? 'This is no certificate of a CA: a group takes that of the CA which issued its devices\' certificates.'
        : isGroup ? null : view.problem;
      place.replaceChildren(...inWords(view.info), ...(problem ? [h('p', { class: 'problem' }, problem)] : []));
      certificate = view;
      chosen?.(view);
    } catch (error) {
      input.value = '';
      fail(error);
    }
  });

  return {
    element: h('div', null, field(label, input, 'PEM, DER, PKCS#7 with one certificate, or base64'), place),
    value: () => certificate && { certificate: certificate.certificate },
  };
}

// The certificates of an attestation, in words.
export function describePair(x509) {
  const pair = x509.clientCertificates ?? x509.signingCertificates;
  return [['Primary', pair.primary], ['Secondary', pair.secondary]]
    .filter(([, one]) => one)
    .map(([name, one]) => h('div', null, h('h3', null, `${name} certificate`), ...inWords(one.info)));
}
