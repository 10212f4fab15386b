// Publishes hap-nodejs' own example accessories on loopback, for as long as stdin is open.
// Usage: node hap_nodejs.js <package folder> <storage folder> <first five octets of the ids> <example>...
// Writes one JSON line per accessory that listens: {"example", "id", "port"}.
// Reads JSON lines, somebody in the room: {"example", "service", "characteristic", "values",
// "silent"}; the values one right after the other, and without an event where it is silent.
"use strict";
const [pkg, storage, octets, ...examples] = process.argv.slice(2);
const hap = require(pkg);
hap.HAPStorage.setCustomStoragePath(storage);
const accessories = new Map();

examples.forEach((example, index) => {
  const { accessory } = require(`${pkg}/dist/accessories/${example}_accessory.js`);
  const id = `${octets}:${index.toString(16).padStart(2, "0")}`.toUpperCase();
  accessories.set(example, accessory);
  accessory.on("listening", (port) => {
    process.stdout.write(`${JSON.stringify({ example, id, port })}\n`);
  });
  accessory.publish({
    username: id,
    pincode: "031-45-154",
    category: accessory.category,
    port: 0,
    bind: "127.0.0.1",
    advertiser: "ciao",
  });
});

require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { example, service, characteristic, values, silent } = JSON.parse(line);
    const room = accessories.get(example).getService(hap.Service[service]);
    const changed = room.getCharacteristic(hap.Characteristic[characteristic]);
    changed.removeAllListeners("get"); // the example would go on telling what it thinks itself
    for (const value of values) {
      if (silent) changed.value = value;
      else changed.updateValue(value);
    }
  })
  .on("close", () => process.exit(0));
