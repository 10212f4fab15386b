# Jak nazywają się rzeczy: rodzaje urządzeń, pojedynczo i policzone ($n), i urządzenia w pokojach.

kind =
    { $kind ->
        [light] światło
        [switch] przełącznik
        [outlet] gniazdko
        [speaker] głośnik
        [tv] telewizor
        [thermostat] termostat
        [aircon] klimatyzator
        [heater] grzejnik
        [boiler] bojler
        [shade] roleta
        [window] okno
        [lock] zamek
        [door] drzwi
        [garage] brama garażowa
        [gate] brama
        [fan] wentylator
        [sensor] czujnik
        [camera] kamera
        [vacuum] odkurzacz
        [mower] kosiarka
        [valve] zawór
        [pool] basen
        [spa] jacuzzi
        [alarm] alarm
        [scene] scena
        [list] lista
        [timer] minutnik
        [heating] ogrzewanie
        [music] muzyka
        [appliance] urządzenie
       *[unknown] urządzenie
    }
# Od dwóch do czterech: mianownik; od pięciu: dopełniacz.
kinds =
    { $kind ->
        [light] światła
        [switch] przełączniki
        [outlet] gniazdka
        [speaker] głośniki
        [tv] telewizory
        [thermostat] termostaty
        [aircon] klimatyzatory
        [heater] grzejniki
        [boiler] bojlery
        [shade] rolety
        [window] okna
        [lock] zamki
        [door] drzwi
        [garage] bramy garażowe
        [gate] bramy
        [fan] wentylatory
        [sensor] czujniki
        [camera] kamery
        [vacuum] odkurzacze
        [mower] kosiarki
        [valve] zawory
        [pool] baseny
        [spa] jacuzzi
        [alarm] alarmy
        [scene] sceny
        [list] listy
        [timer] minutniki
        [appliance] urządzenia
       *[unknown] urządzenia
    }
kinds-many =
    { $kind ->
        [light] świateł
        [switch] przełączników
        [outlet] gniazdek
        [speaker] głośników
        [tv] telewizorów
        [thermostat] termostatów
        [aircon] klimatyzatorów
        [heater] grzejników
        [boiler] bojlerów
        [shade] rolet
        [window] okien
        [lock] zamków
        [door] drzwi
        [garage] bram garażowych
        [gate] bram
        [fan] wentylatorów
        [sensor] czujników
        [camera] kamer
        [vacuum] odkurzaczy
        [mower] kosiarek
        [valve] zaworów
        [pool] basenów
        [spa] jacuzzi
        [alarm] alarmów
        [scene] scen
        [list] list
        [timer] minutników
        [appliance] urządzeń
       *[unknown] urządzeń
    }
kinds-counted =
    { $n ->
        [one] { $n } { kind }
        [few] { $n } { kinds }
       *[other] { $n } { kinds-many }
    }
thing-of-room = { kind } ({ $room })
crowd-in-rooms = { $crowd } ({ $rooms })
some-more = jeszcze { $n }
thing-in-full = { kind } o nazwie „{ $name }”
thing-in-full-in = { kind } o nazwie „{ $name }” (miejsce: { $room })
