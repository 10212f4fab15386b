"""The services that tell what a player is and whom it plays with."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from devices.virtual.sonos.soap import Answer, Arguments, Service, UpnpError, action

if TYPE_CHECKING:
    from devices.virtual.sonos.player import Player

SOFTWARE = "83.1-61210"
_MUSIC_SERVICES = (
    '<Services SchemaVersion="1"><Service Id="254" Name="Radio Example" Version="1.1" '
    'Uri="http://radio.example/smapi" SecureUri="https://radio.example/smapi" '
    'ContainerType="MService" Capabilities="0"><Policy Auth="Anonymous" PollInterval="30"/>'
    "</Service></Services>"
)


class ZoneGroupTopology(Service):
    name = "ZoneGroupTopology"
    path = "/ZoneGroupTopology"

    def __init__(self, player: Player) -> None:
        self.player = player

    @action("GetZoneGroupState", outputs="ZoneGroupState")
    def state(self, a: Arguments) -> Answer:
        return {"ZoneGroupState": self.player.household.topology()}

    @action(
        "GetZoneGroupAttributes",
        outputs="CurrentZoneGroupName CurrentZoneGroupID CurrentZonePlayerUUIDsInGroup "
        "CurrentMuseHouseholdId",
    )
    def attributes(self, a: Arguments) -> Answer:
        lead = self.player.coordinator
        members = ",".join(m.uid for m in lead.members)
        return {
            "CurrentZoneGroupName": lead.zone.name,
            "CurrentZoneGroupID": lead.group_id,
            "CurrentZonePlayerUUIDsInGroup": members,
            "CurrentMuseHouseholdId": self.player.household.id,
        }

    def evented(self) -> dict[str, str]:
        return {
            "ZoneGroupState": self.player.household.topology(),
            "AvailableSoftwareUpdate": "",
            "ThirdPartyMediaServersX": "",
            "ZoneGroupName": self.player.coordinator.zone.name,
            "ZoneGroupID": self.player.coordinator.group_id,
            "ZonePlayerUUIDsInGroup": ",".join(m.uid for m in self.player.coordinator.members),
        }


class DeviceProperties(Service):
    name = "DeviceProperties"
    path = "/DeviceProperties"

    def __init__(self, player: Player) -> None:
        self.player = player
        self._led = "On"
        self._buttons = "Off"

    @action("GetHouseholdID", outputs="CurrentHouseholdID")
    def household(self, a: Arguments) -> Answer:
        return {"CurrentHouseholdID": self.player.household.id}

    @action(
        "GetZoneAttributes",
        outputs="CurrentZoneName CurrentIcon CurrentConfiguration CurrentTargetRoomName",
    )
    def attributes(self, a: Arguments) -> Answer:
        return {"CurrentZoneName": self.player.zone.name, "CurrentConfiguration": 1}

    @action(
        "GetZoneInfo",
        outputs="SerialNumber SoftwareVersion DisplaySoftwareVersion HardwareVersion IPAddress "
        "MACAddress CopyrightInfo ExtraInfo HTAudioIn Flags",
    )
    def info(self, a: Arguments) -> Answer:
        player = self.player
        return {
            "SerialNumber": player.serial,
            "SoftwareVersion": SOFTWARE,
            "DisplaySoftwareVersion": "16.3",
            "HardwareVersion": "1.26.1.7-2.1",
            "IPAddress": player.host,
            "MACAddress": player.mac,
            "HTAudioIn": 0,
            "Flags": 0,
        }

    @action("GetLEDState", outputs="CurrentLEDState")
    def led(self, a: Arguments) -> Answer:
        return {"CurrentLEDState": self._led}

    @action("SetLEDState", "DesiredLEDState")
    def set_led(self, a: Arguments) -> Answer:
        self._led = _on_off(a["DesiredLEDState"])

    @action("GetButtonLockState", outputs="CurrentButtonLockState")
    def buttons(self, a: Arguments) -> Answer:
        return {"CurrentButtonLockState": self._buttons}

    @action("SetButtonLockState", "DesiredButtonLockState")
    def set_buttons(self, a: Arguments) -> Answer:
        self._buttons = _on_off(a["DesiredButtonLockState"])

    def evented(self) -> dict[str, str]:
        hidden = str(int(self.player.zone.bonded is not None))
        return {
            "ZoneName": self.player.zone.name,
            "Icon": "",
            "Configuration": "1",
            "Invisible": hidden,
            "SettingsReplicationState": "",
        }


class SystemProperties(Service):
    name = "SystemProperties"
    path = "/SystemProperties"

    def __init__(self, player: Player) -> None:
        self._strings = {"R_TrialZPSerial": player.serial}

    @action("GetString", "VariableName", "StringValue")
    def string(self, a: Arguments) -> Answer:
        if a["VariableName"] not in self._strings:
            raise UpnpError(800, "no such variable")
        return {"StringValue": self._strings[a["VariableName"]]}

    @action("SetString", "VariableName StringValue")
    def set_string(self, a: Arguments) -> Answer:
        self._strings[a["VariableName"][:64]] = a["StringValue"][:1024]


class MusicServices(Service):
    name = "MusicServices"
    path = "/MusicServices"

    @action(
        "ListAvailableServices",
        outputs="AvailableServiceDescriptorList AvailableServiceTypeList "
        "AvailableServiceListVersion",
    )
    def available(self, a: Arguments) -> Answer:
        return {
            "AvailableServiceDescriptorList": _MUSIC_SERVICES,
            "AvailableServiceTypeList": "65031",
            "AvailableServiceListVersion": "RINCON_000000000000:1",
        }

    @action("GetSessionId", "ServiceId Username", "SessionId")
    def session(self, a: Arguments) -> Answer:
        return {"SessionId": base64.b64encode(a["ServiceId"].encode()).decode()}

    def evented(self) -> dict[str, str]:
        return {"ServiceListVersion": "RINCON_000000000000:1"}


class AlarmClock(Service):
    """A household without alarms."""

    name = "AlarmClock"
    path = "/AlarmClock"

    @action("ListAlarms", outputs="CurrentAlarmList CurrentAlarmListVersion")
    def alarms(self, a: Arguments) -> Answer:
        return {"CurrentAlarmList": "<Alarms></Alarms>", "CurrentAlarmListVersion": "RINCON_0:1"}

    def evented(self) -> dict[str, str]:
        return {"AlarmListVersion": "RINCON_0:1", "TimeFormat": "INV", "DateFormat": "INV"}


def description(player: Player) -> str:
    """``/xml/device_description.xml``."""
    services = "".join(
        f"<service><serviceType>{s.type}</serviceType>"
        f"<serviceId>urn:upnp-org:serviceId:{s.name}</serviceId>"
        f"<controlURL>{s.path}/Control</controlURL><eventSubURL>{s.path}/Event</eventSubURL>"
        f"<SCPDURL>/xml/{s.name}1.xml</SCPDURL></service>"
        for s in player.services.values()
    )
    model, name = escape(player.zone.model), escape(player.zone.name)
    return (
        '<?xml version="1.0" encoding="utf-8"?><root xmlns="urn:schemas-upnp-org:device-1-0">'
        "<specVersion><major>1</major><minor>0</minor></specVersion><device>"
        "<deviceType>urn:schemas-upnp-org:device:ZonePlayer:1</deviceType>"
        f"<friendlyName>{player.host} - Sonos {model} - {player.uid}</friendlyName>"
        "<manufacturer>Sonos, Inc.</manufacturer><manufacturerURL>http://www.sonos.com"
        f"</manufacturerURL><modelNumber>S18</modelNumber><modelDescription>Sonos {model}"
        f"</modelDescription><modelName>Sonos {model}</modelName>"
        f"<softwareVersion>{SOFTWARE}</softwareVersion><swGen>2</swGen>"
        f"<hardwareVersion>1.26.1.7-2.1</hardwareVersion><serialNum>{player.serial}</serialNum>"
        f"<MACAddress>{player.mac}</MACAddress><UDN>uuid:{player.uid}</UDN>"
        "<iconList><icon><id>0</id><mimetype>image/png</mimetype><width>48</width>"
        "<height>48</height><depth>24</depth><url>/img/icon-S18.png</url></icon></iconList>"
        "<minCompatibleVersion>82.0-00000</minCompatibleVersion><legacyCompatibleVersion>58.0-00000"
        f"</legacyCompatibleVersion><displayVersion>16.3</displayVersion><roomName>{name}</roomName>"
        f"<displayName>{model}</displayName><zoneType>20</zoneType><serviceList>{services}"
        "</serviceList></device></root>"
    )


def zone_group_member(player: Player, boot: int) -> str:
    """One member in the zone group state."""
    hidden = ' Invisible="1"' if player.zone.bonded is not None else ""
    return (
        f'<ZoneGroupMember UUID="{player.uid}" Location="{player.location}" '
        f'ZoneName={quoteattr(player.zone.name)} Icon="" Configuration="1"{hidden} '
        f'SoftwareVersion="{SOFTWARE}" SWGen="2" MinCompatibleVersion="82.0-00000" '
        f'LegacyCompatibleVersion="58.0-00000" BootSeq="{boot}" TVConfigurationError="0" '
        'HdmiCecAvailable="0" WirelessMode="0" WirelessLeafOnly="0" ChannelFreq="2412" '
        'BehindWifiExtender="0" WifiEnabled="1" EthLink="0" Orientation="0" '
        'RoomCalibrationState="4" SecureRegState="3" VoiceConfigState="0" MicEnabled="0" '
        'AirPlayEnabled="1" IdleState="0" MoreInfo="" SSLPort="1443" HHSSLPort="1843"/>'
    )


def _on_off(value: str) -> str:
    if value not in {"On", "Off"}:
        raise UpnpError(402, "On or Off")
    return value
