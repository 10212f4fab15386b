// Drives a household with @svrooij/sonos and prints what it saw as one line of JSON.
// node svrooij.cjs NODE_MODULES HOST
const [, , modules, host] = process.argv;
process.env.SONOS_LISTENER_HOST = "127.0.0.1";
process.env.SONOS_LISTENER_PORT = String(33000 + (process.pid % 20000));
const { SonosManager, SonosEvents } = require(`${modules}/@svrooij/sonos`);

const within = (ms, promise, what) =>
  Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error(`no ${what} in ${ms} ms`)), ms)),
  ]);

async function main() {
  const manager = new SonosManager();
  await manager.InitializeFromDevice(host);
  const kitchen = manager.Devices.find((d) => d.Name === "Kitchen");
  const living = manager.Devices.find((d) => d.Name === "Living Room");
  const told = { devices: manager.Devices.map((d) => d.Name) };
  await kitchen.LoadDeviceData();

  const favourites = (await kitchen.GetFavorites()).Result;
  told.favourites = favourites.length;
  told.queue = (await kitchen.GetQueue()).Result.length;
  told.state = (await kitchen.AVTransportService.GetTransportInfo()).CurrentTransportState;
  await kitchen.GetDeviceDescription();
  await kitchen.GetState();
  await kitchen.AVTransportService.GetCurrentTransportActions({ InstanceID: 0 });
  await kitchen.ZoneGroupTopologyService.GetZoneGroupAttributes();

  await kitchen.SetVolume(31);
  told.volume = (await kitchen.RenderingControlService.GetVolume({ InstanceID: 0, Channel: "Master" })).CurrentVolume;
  const pushed = new Promise((resolve) =>
    kitchen.Events.on(SonosEvents.Volume, (volume) => volume === 42 && resolve(volume)));
  await new Promise((resolve) => setTimeout(resolve, 300));
  await kitchen.RenderingControlService.SetVolume({ InstanceID: 0, Channel: "Master", DesiredVolume: 42 });
  told.pushedVolume = await within(4000, pushed, "volume event");

  await kitchen.Next();
  await kitchen.Pause();
  await kitchen.Play();
  try {
    await kitchen.SeekTrack(99);
  } catch (error) {
    told.errorCode = error.UpnpErrorCode;
  }
  await living.JoinGroup("Kitchen");
  told.joined = (await living.GetZoneGroupState()).find((g) => g.members.some((m) => m.name === "Living Room")).coordinator.name;
  await living.AVTransportService.BecomeCoordinatorOfStandaloneGroup();

  const jazz = favourites.find((f) => f.Title === "Blue Lantern Jazz");
  await kitchen.SetAVTransportURI(jazz.TrackUri);
  await kitchen.Play();
  told.station = (await kitchen.AVTransportService.GetMediaInfo()).CurrentURI;

  kitchen.CancelEvents();
  manager.CancelSubscription();
  console.log(JSON.stringify(told));
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
