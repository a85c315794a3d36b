"""Eclipse Paho for Python, from the registration to the twin, over TCP and over WebSockets."""

import base64
import hashlib
import hmac
import json
import queue
import sys
import time
import urllib.parse
import urllib.request

import paho.mqtt.client as mqtt

PATIENCE = 30  # seconds, for what does not come; nothing is measured with it

cloud = json.load(sys.stdin)


def sas_token(resource, key, key_name=None):
    resource = urllib.parse.quote(resource, safe="")
    end = str(int(time.time()) + 3600)
    signature = hmac.new(base64.b64decode(key), f"{resource}\n{end}".encode(), hashlib.sha256).digest()
    name = f"&skn={key_name}" if key_name else ""
    return f"SharedAccessSignature sr={resource}&sig={urllib.parse.quote(base64.b64encode(signature), safe='')}{name}&se={end}"


def page(method, path, body=None):
    """A request at the page's address, where the services' REST asks for no token."""
    request = urllib.request.Request(
        urllib.parse.urljoin(cloud["page"], path),
        None if body is None else json.dumps(body).encode(),
        {"Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request) as response:
        text = response.read()
        return json.loads(text) if text else None


class Connection:
    """A connection whose messages wait in a queue."""

    def __init__(self, host, client_id, user_name, device, transport):
        self.messages = queue.Queue()
        self.granted = queue.Queue()
        self.client = mqtt.Client(client_id, clean_session=True, protocol=mqtt.MQTTv311, transport=transport)
        self.client.on_message = lambda client, data, message: self.messages.put((message.topic, message.payload.decode()))
        self.client.on_subscribe = lambda client, data, mid, qos: self.granted.put(list(qos))
        connected = queue.Queue()
        self.client.on_connect = lambda client, data, flags, code: connected.put(code)
        self.client.username_pw_set(user_name, device.get("password"))
        self.client.tls_set(cloud["ca"], device.get("certFile"), device.get("certKeyFile"))
        if transport == "websockets":
            self.client.ws_set_options(path="/$iothub/websocket")
        self.client.connect(host, 443 if transport == "websockets" else 8883)
        self.client.loop_start()
        code = connected.get(timeout=PATIENCE)
        if code != 0:
            raise ConnectionRefusedError(mqtt.connack_string(code))

    def subscribe(self, *filters):
        self.client.subscribe(list(filters))
        return self.granted.get(timeout=PATIENCE)

    def publish(self, topic, text, qos=1):
        self.client.publish(topic, text, qos).wait_for_publish(PATIENCE)

    def receive(self):
        return self.messages.get(timeout=PATIENCE)

    def close(self):
        self.client.disconnect()
        self.client.loop_stop()


def register(device, transport):
    resource = f"{cloud['idScope']}/registrations/{device['id']}"
    login = dict(device, password=sas_token(resource, device["key"], "registration")) if "key" in device else device
    dps = Connection(cloud["global"], device["id"], f"{resource}/api-version=2021-06-01", login, transport)
    dps.subscribe(("$dps/registrations/res/#", 1))
    dps.publish("$dps/registrations/PUT/iotdps-register/?$rid=1", json.dumps({"registrationId": device["id"]}))
    topic, answer = dps.receive()
    while topic.startswith("$dps/registrations/res/202/"):
        operation = json.loads(answer)["operationId"]
        dps.publish(f"$dps/registrations/GET/iotdps-get-operationstatus/?$rid=2&operationId={operation}", "")
        topic, answer = dps.receive()
    dps.close()
    return json.loads(answer)["registrationState"]


def walk(device, transport):
    enrollment = {"registrationId": device["id"], "attestation": device["attestation"]}
    page("PUT", f"/dps/enrollments/{device['id']}?api-version=2021-10-01", enrollment)
    registration = register(device, transport)
    hub, name = registration["assignedHub"], registration["deviceId"]
    login = dict(device, password=sas_token(f"{hub}/devices/{name}", device["key"])) if "key" in device else device
    connection = Connection(hub, name, f"{hub}/{name}/?api-version=2021-04-12", login, transport)
    granted = connection.subscribe((f"devices/{name}/messages/devicebound/#", 1), ("$iothub/twin/res/#", 0))

    connection.publish(f"devices/{name}/messages/events/colour=a%26b", "hello")
    sent = page("GET", f"/api/hubs/{hub}/devices/{name}/telemetry?after=0&wait=30")["messages"][0]
    page("POST", f"/hubs/{hub}/devices/{name}/messages/deviceBound?api-version=2021-04-12", {"text": "good morning"})
    _, received = connection.receive()
    connection.publish('$iothub/twin/PATCH/properties/reported/?$rid=1', '{"fan":"on"}', 0)
    reported, _ = connection.receive()
    connection.close()
    return {
        "status": registration["status"],
        "granted": granted,
        "sent": {"text": sent["text"], "properties": sent["properties"]},
        "received": received,
        "reported": reported,
    }


for scenario, device in cloud["devices"].items():
    try:
        line = {"scenario": scenario, "saw": walk(device, device["transport"])}
    except Exception as error:  # what went wrong is the scenario's result
        line = {"scenario": scenario, "error": repr(error)}
    print(json.dumps(line))
