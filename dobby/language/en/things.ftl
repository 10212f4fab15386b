# What things are called: kinds of devices, alone and counted ($n), and devices in rooms.

kind =
    { $kind ->
        [light] light
        [switch] switch
        [outlet] outlet
        [speaker] speaker
        [tv] tv
        [thermostat] thermostat
        [aircon] aircon
        [heater] heater
        [boiler] boiler
        [shade] shade
        [window] window
        [lock] lock
        [door] door
        [garage] garage door
        [gate] gate
        [fan] fan
        [sensor] sensor
        [camera] camera
        [vacuum] vacuum
        [mower] mower
        [valve] valve
        [pool] pool
        [spa] spa
        [alarm] alarm
        [scene] scene
        [list] list
        [timer] timer
        [heating] heating
        [music] music
        [appliance] appliance
       *[unknown] unknown
    }
kinds =
    { $kind ->
        [light] lights
        [switch] switches
        [outlet] outlets
        [speaker] speakers
        [tv] tvs
        [thermostat] thermostats
        [aircon] aircons
        [heater] heaters
        [boiler] boilers
        [shade] shades
        [window] windows
        [lock] locks
        [door] doors
        [garage] garage doors
        [gate] gates
        [fan] fans
        [sensor] sensors
        [camera] cameras
        [vacuum] vacuums
        [mower] mowers
        [valve] valves
        [pool] pools
        [spa] spas
        [alarm] alarms
        [scene] scenes
        [list] lists
        [timer] timers
        [appliance] appliances
       *[unknown] unknowns
    }
kinds-counted =
    { $n ->
        [one] { $n } { kind }
       *[other] { $n } { kinds }
    }
# A device that is called like its room; rooms, within a sentence.
thing-of-room = the { $room } { kind }
crowd-in-rooms = { $crowd } in { $rooms }
some-more = { $n } more
# A device whose name does not tell what it is.
thing-in-full = the { kind }, called “{ $name }”
thing-in-full-in = the { kind } in “{ $room }”, called “{ $name }”
