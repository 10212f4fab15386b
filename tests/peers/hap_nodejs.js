// Publishes hap-nodejs' own example accessories on loopback, for as long as stdin is open.
// Usage: node hap_nodejs.js <package folder> <storage folder> <first five octets of the ids> <example>...
// Writes one JSON line per accessory that listens: {"example", "id", "port"}.
// Reads JSON lines, somebody in the room: {"example", "service", "characteristic", "value"}.
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
    const { example, service, characteristic, value } = JSON.parse(line);
    accessories
      .get(example)
      .getService(hap.Service[service])
      .updateCharacteristic(hap.Characteristic[characteristic], value);
  })
  .on("close", () => process.exit(0));
