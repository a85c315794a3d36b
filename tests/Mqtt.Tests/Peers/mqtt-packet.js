// Decodes and encodes packets for MqttJsPeer: a request a line, an answer a line, both in JSON.
// A packet is written as System.Text.Json writes DevKit.Mqtt's: camel case, numbers for enumerations, base64 for bytes.
'use strict'

const readline = require('readline')
const mqtt = require('mqtt-packet')

const types = [
  'connect', 'connack', 'publish', 'puback', 'pubrec', 'pubrel', 'pubcomp',
  'subscribe', 'suback', 'unsubscribe', 'unsuback', 'pingreq', 'pingresp', 'disconnect'
]

const base64 = (bytes) => bytes == null ? null : bytes.toString('base64')
const buffer = (text) => text == null ? undefined : Buffer.from(text, 'base64')

// What mqtt-packet read, in our shape. A field that it did not read is left out, so that nothing is made up for it here.
const read = {
  connect: (p) => ({
    clientId: p.clientId,
    cleanSession: p.clean,
    keepAliveSeconds: p.keepalive,
    will: p.will && {
      topic: p.will.topic,
      message: base64(p.will.payload),
      qualityOfService: p.will.qos,
      retain: p.will.retain
    },
    userName: p.username,
    password: base64(p.password)
  }),
  connack: (p) => ({ sessionPresent: p.sessionPresent, returnCode: p.returnCode }),
  publish: (p) => ({
    topic: p.topic,
    payload: base64(p.payload),
    qualityOfService: p.qos,
    retain: p.retain,
    duplicate: p.dup,
    packetId: p.messageId
  }),
  subscribe: (p) => ({
    packetId: p.messageId,
    subscriptions: p.subscriptions.map((s) => ({ filter: s.topic, qualityOfService: s.qos }))
  }),
  suback: (p) => ({ packetId: p.messageId, returnCodes: p.granted }),
  unsubscribe: (p) => ({ packetId: p.messageId, filters: p.unsubscriptions }),
  pingreq: () => ({}),
  pingresp: () => ({}),
  disconnect: () => ({})
}

// What mqtt-packet is to write.
const write = {
  connect: (p) => ({
    clientId: p.clientId,
    clean: p.cleanSession,
    keepalive: p.keepAliveSeconds,
    will: p.will && {
      topic: p.will.topic,
      payload: buffer(p.will.message),
      qos: p.will.qualityOfService,
      retain: p.will.retain
    },
    username: p.userName,
    password: buffer(p.password)
  }),
  connack: (p) => ({ sessionPresent: p.sessionPresent, returnCode: p.returnCode }),
  publish: (p) => ({
    topic: p.topic,
    payload: buffer(p.payload),
    qos: p.qualityOfService,
    retain: p.retain,
    dup: p.duplicate,
    messageId: p.packetId
  }),
  subscribe: (p) => ({
    messageId: p.packetId,
    subscriptions: p.subscriptions.map((s) => ({ topic: s.filter, qos: s.qualityOfService }))
  }),
  suback: (p) => ({ messageId: p.packetId, granted: p.returnCodes }),
  unsubscribe: (p) => ({ messageId: p.packetId, unsubscriptions: p.filters }),
  pingreq: () => ({}),
  pingresp: () => ({}),
  disconnect: () => ({})
}

const identifierOnly = ['puback', 'pubrec', 'pubrel', 'pubcomp', 'unsuback']
for (const cmd of identifierOnly) {
  read[cmd] = (p) => ({ packetId: p.messageId })
  write[cmd] = (p) => ({ messageId: p.packetId })
}

function decode (bytes) {
  const packets = []
  const parser = mqtt.parser({ protocolVersion: 4 })
  parser.on('packet', (packet) => packets.push(packet))
  parser.on('error', (error) => { throw error })
  const left = parser.parse(bytes)
  if (packets.length !== 1 || left !== 0) {
    throw new Error(`${packets.length} packets and ${left} bytes`)
  }

  const [packet] = packets
  return { type: types.indexOf(packet.cmd) + 1, packet: read[packet.cmd](packet) }
}

function encode ({ type, packet }) {
  const cmd = types[type - 1]
  return { bytes: base64(mqtt.generate({ cmd, ...write[cmd](packet) }, { protocolVersion: 4 })) }
}

function answer (request) {
  try {
    return request.decode != null ? decode(buffer(request.decode)) : encode(request.encode)
  } catch (error) {
    return { error: error.message }
  }
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  process.stdout.write(JSON.stringify(answer(JSON.parse(line))) + '\n')
})
