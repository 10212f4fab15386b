# Wie Dinge heißen: die Arten von Geräten, einzeln und gezählt ($n), und Geräte in Räumen.

kind =
    { $kind ->
        [light] Licht
        [switch] Schalter
        [outlet] Steckdose
        [speaker] Lautsprecher
        [tv] Fernseher
        [thermostat] Thermostat
        [aircon] Klimaanlage
        [heater] Heizung
        [boiler] Boiler
        [shade] Rollladen
        [window] Fenster
        [lock] Schloss
        [door] Tür
        [garage] Garagentor
        [gate] Tor
        [fan] Ventilator
        [sensor] Sensor
        [camera] Kamera
        [vacuum] Saugroboter
        [mower] Mähroboter
        [valve] Ventil
        [pool] Pool
        [spa] Whirlpool
        [alarm] Alarmanlage
        [scene] Szene
        [list] Liste
        [timer] Timer
        [heating] Heizung
        [music] Musik
        [appliance] Gerät
       *[unknown] Gerät
    }
kinds =
    { $kind ->
        [light] Lichter
        [switch] Schalter
        [outlet] Steckdosen
        [speaker] Lautsprecher
        [tv] Fernseher
        [thermostat] Thermostate
        [aircon] Klimaanlagen
        [heater] Heizungen
        [boiler] Boiler
        [shade] Rollläden
        [window] Fenster
        [lock] Schlösser
        [door] Türen
        [garage] Garagentore
        [gate] Tore
        [fan] Ventilatoren
        [sensor] Sensoren
        [camera] Kameras
        [vacuum] Saugroboter
        [mower] Mähroboter
        [valve] Ventile
        [pool] Pools
        [spa] Whirlpools
        [alarm] Alarmanlagen
        [scene] Szenen
        [list] Listen
        [timer] Timer
        [appliance] Geräte
       *[unknown] Geräte
    }
kinds-counted =
    { $n ->
        [one] { $n } { kind }
       *[other] { $n } { kinds }
    }
thing-of-room = { kind } ({ $room })
crowd-in-rooms = { $crowd } ({ $rooms })
some-more = { $n } weitere
thing-in-full = { kind } „{ $name }“
thing-in-full-in = { kind } „{ $name }“ (Raum: { $room })
