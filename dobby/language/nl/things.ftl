# Hoe dingen heten: soorten apparaten, alleen en geteld ($n), en apparaten in kamers.

kind =
    { $kind ->
        [light] lamp
        [switch] schakelaar
        [outlet] stopcontact
        [speaker] luidspreker
        [tv] tv
        [thermostat] thermostaat
        [aircon] airco
        [heater] verwarming
        [boiler] boiler
        [shade] rolluik
        [window] raam
        [lock] slot
        [door] deur
        [garage] garagedeur
        [gate] poort
        [fan] ventilator
        [sensor] sensor
        [camera] camera
        [vacuum] robotstofzuiger
        [mower] robotmaaier
        [valve] klep
        [pool] zwembad
        [spa] bubbelbad
        [alarm] alarm
        [scene] scène
        [list] lijst
        [timer] timer
        [heating] verwarming
        [music] muziek
        [appliance] apparaat
       *[unknown] apparaat
    }
kinds =
    { $kind ->
        [light] lampen
        [switch] schakelaars
        [outlet] stopcontacten
        [speaker] luidsprekers
        [tv] tv's
        [thermostat] thermostaten
        [aircon] airco's
        [heater] verwarmingen
        [boiler] boilers
        [shade] rolluiken
        [window] ramen
        [lock] sloten
        [door] deuren
        [garage] garagedeuren
        [gate] poorten
        [fan] ventilatoren
        [sensor] sensoren
        [camera] camera's
        [vacuum] robotstofzuigers
        [mower] robotmaaiers
        [valve] kleppen
        [pool] zwembaden
        [spa] bubbelbaden
        [alarm] alarmen
        [scene] scènes
        [list] lijsten
        [timer] timers
        [appliance] apparaten
       *[unknown] apparaten
    }
kinds-counted =
    { $n ->
        [one] { $n } { kind }
       *[other] { $n } { kinds }
    }
thing-of-room = { kind } ({ $room })
crowd-in-rooms = { $crowd } ({ $rooms })
some-more = nog { $n }
thing-in-full = { kind } “{ $name }”
thing-in-full-in = { kind } “{ $name }” (kamer: { $room })
