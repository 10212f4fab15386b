# Le nom des choses : les genres d'appareils, seuls et comptés ($n), et les appareils des pièces.

kind =
    { $kind ->
        [light] lumière
        [switch] interrupteur
        [outlet] prise
        [speaker] enceinte
        [tv] télévision
        [thermostat] thermostat
        [aircon] climatisation
        [heater] chauffage
        [boiler] chaudière
        [shade] volet
        [window] fenêtre
        [lock] serrure
        [door] porte
        [garage] porte de garage
        [gate] portail
        [fan] ventilateur
        [sensor] capteur
        [camera] caméra
        [vacuum] aspirateur
        [mower] tondeuse
        [valve] vanne
        [pool] piscine
        [spa] spa
        [alarm] alarme
        [scene] ambiance
        [list] liste
        [timer] minuteur
        [heating] chauffage
        [music] musique
        [appliance] appareil
       *[unknown] appareil
    }
kinds =
    { $kind ->
        [light] lumières
        [switch] interrupteurs
        [outlet] prises
        [speaker] enceintes
        [tv] télévisions
        [thermostat] thermostats
        [aircon] climatisations
        [heater] chauffages
        [boiler] chaudières
        [shade] volets
        [window] fenêtres
        [lock] serrures
        [door] portes
        [garage] portes de garage
        [gate] portails
        [fan] ventilateurs
        [sensor] capteurs
        [camera] caméras
        [vacuum] aspirateurs
        [mower] tondeuses
        [valve] vannes
        [pool] piscines
        [spa] spas
        [alarm] alarmes
        [scene] ambiances
        [list] listes
        [timer] minuteurs
        [appliance] appareils
       *[unknown] appareils
    }
kinds-counted =
    { $n ->
        [one] { $n } { kind }
       *[other] { $n } { kinds }
    }
thing-of-room = { kind } ({ $room })
crowd-in-rooms = { $crowd } ({ $rooms })
some-more = { $n } de plus
thing-in-full = { kind } « { $name } »
thing-in-full-in = { kind } « { $name } » (pièce : { $room })
