# Réponses aux questions sur l'état.

nothing-known = Je ne connais rien de tel.
told-me-nothing = { $names } : je n'en ai rien appris.
cannot-tell = Je ne peux pas dire si c'est vrai : { $who }, { is-state }.
count-of = { number } sur { $total }.
count-of-named = { number } sur { $total } : { $names }.
yes-these = Oui : { $told }
no-these = Non. { $told }
none-of = Aucun sur { $total } : { is-state }.
yes-it = Oui. { $told }
no-it = Non. { $told }
yes-all = Oui, partout { is-state } : { $names }.
no-all = Non, partout { is-state } : { $names }.
in-part = En partie : { $having } { $lacking }
no-but = Non : { $told }
several = { $names } : { $what } ({ $n }).
several-within = { $names } : { $what } ({ $n }).
number =
    { $n ->
        [0] Aucun
       *[other] { $n }
    }
is-state =
    { $state ->
        [on] { verb-be } allumé
        [off] { verb-be } éteint
        [open] { verb-be } ouvert
        [closed] { verb-be } fermé
        [locked] { verb-be } verrouillé
        [unlocked] ce n'est pas verrouillé
        [playing] la lecture est en cours
        [not-playing] rien ne joue
        [paused] { verb-be } en pause
        [not-paused] ce n'est pas en pause
        [muted] le son est coupé
        [not-muted] le son n'est pas coupé
        [running] { verb-be } en marche
        [not-running] { verb-be } à l'arrêt
        [docked] { verb-be } à la base
        [not-docked] ce n'est pas à la base
        [armed] { verb-be } armé
        [disarmed] { verb-be } désarmé
        [heating] ça chauffe
        [not-heating] ça ne chauffe pas
        [cooling] ça refroidit
        [not-cooling] ça ne refroidit pas
        [moving] du mouvement
        [not-moving] aucun mouvement
        [occupied] { verb-be } occupé
        [empty] { verb-be } vide
        [triggered] { verb-be } déclenché
        [quiet] { verb-be } calme
        [leaking] de l'eau
        [dry] { verb-be } sec
        [smoking] de la fumée
        [smokeless] pas de fumée
        [offline] hors ligne
        [online] en ligne
        [low] pile presque vide
       *[not-low] pile en bon état
    }

somebody = Oui : selon { $who }, il y a quelqu'un.
motion = Il semble que oui : du mouvement selon { $who }.
stillness = Je ne peux pas le dire : aucun mouvement selon { $who }, mais qui reste assis ne bouge pas.
nobody = Non : selon { $who }, il n'y a personne.
presence-untold = Rien là-bas ne me le dit.

set-to = { verb-be } réglé sur { $temperature }
labelled = { $who } : { $value }.
shows-temperature = { $who } indique { $temperature }.
warm-in-rooms = { $rooms }.
warm-in-room = { $room } : { $temperature }
no-thermometer = Je ne vois aucun thermomètre qui le dise.
yes-no =
    { $state ->
        [yes] oui
       *[no] non
    }
part-percent = à { $percent }
part-volume = volume { $percent }
part-alarm =
    { $mode ->
        [disarmed] désarmé
       *[armed] armé : { alarm-mode }
    }
part-activity =
    { $activity ->
        [working] au travail
        [docked] à la base
        [paused] en pause
       *[stopped] à l'arrêt
    }
part-mode = mode { climate-word }
part-target = réglé sur { $temperature }
part-current = { $temperature } maintenant
part-reading =
    { $field ->
        [humidity] humidité
        [illuminance] éclairement
        [battery] pile
        [power] puissance
        [energy] énergie
        [co2] CO₂
        [flow] débit
        [motion] mouvement
        [occupancy] présence
        [leak] eau
       *[smoke] fumée
    } { $value }
nothing-playing = Rien ne joue.
nothing-playing-on = Rien ne joue sur { $who }.
is-playing-in = { $title } joue ({ $places }).
is-playing-on = { $title } joue sur { $places }.
something-plays = Quelque chose
title-by = { $title } de { $artist }
title-of = { $title } ({ $item })
list-of = { $name } : { $items }.
list-empty = { $who } : rien.
no-timer-running = Aucun minuteur ne tourne.
timer-has-left =
    { $named ->
        [yes] Minuteur « { $name } » : encore { $duration }
       *[no] Minuteur : encore { $duration }
    }{ $state ->
        [paused] , en pause
       *[running] {""}
    }.
is-in = { $who } : { $room }
where-unknown = Je ne sais pas où c'est : { $who }.

## Ce qu'il y a

there-are = { number } : { $names }.
there-are-none = Aucun.
warmest = Le plus chaud : { $who }, { $value }.
coldest = Le plus froid : { $who }, { $value }.
highest = Le plus haut : { $who }, { $value }.
lowest = Le plus bas : { $who }, { $value }.
on-list = Oui : { $item }, sur { $list }.
ticked-off = Non : { $item } est coché sur { $list }.
not-on = Non : { $item } n'est pas sur { $list }.
