# Antworten auf Fragen nach dem Zustand.

nothing-known = Davon weiß ich nichts.
told-me-nothing = { $names }: dazu habe ich nichts gehört.
cannot-tell = Ich kann nicht sagen, ob das stimmt: { $who } { is-state }.
count-of = { number } von { $total }.
count-of-named = { number } von { $total }: { $names }.
yes-these = Ja: { $told }
no-these = Nein. { $told }
none-of = Keins von { $total } { is-state }.
yes-it = Ja. { $told }
no-it = Nein. { $told }
yes-all = Ja, alle { is-state }: { $names }.
no-all = Nein, alle { is-state }: { $names }.
in-part = Zum Teil: { $having } { $lacking }
no-but = Nein: { $told }
several = { $n } { $what }: { $names }.
several-within = { $n } { $what }: { $names }.
number =
    { $n ->
        [0] Keins
       *[other] { $n }
    }
is-state =
    { $state ->
        [on] { verb-be } an
        [off] { verb-be } aus
        [open] { verb-be } offen
        [closed] { verb-be } geschlossen
        [locked] { verb-be } abgeschlossen
        [unlocked] { verb-be } nicht abgeschlossen
        [playing] { verb-play }
        [not-playing] { verb-be } still
        [paused] { verb-be } auf Pause
        [not-paused] { verb-be } nicht auf Pause
        [muted] { verb-be } stumm
        [not-muted] { verb-be } nicht stumm
        [running] { verb-be } in Betrieb
        [not-running] { verb-be } nicht in Betrieb
        [docked] { verb-be } in der Station
        [not-docked] { verb-be } nicht in der Station
        [armed] { verb-be } scharf
        [disarmed] { verb-be } unscharf
        [heating] { verb-be } am Heizen
        [not-heating] { verb-be } nicht am Heizen
        [cooling] { verb-be } am Kühlen
        [not-cooling] { verb-be } nicht am Kühlen
        [moving] { $count ->
            [one] sieht
           *[other] sehen
        } Bewegung
        [not-moving] { $count ->
            [one] sieht
           *[other] sehen
        } keine Bewegung
        [occupied] { verb-be } belegt
        [empty] { verb-be } leer
        [triggered] { verb-have } ausgelöst
        [quiet] { verb-be } ruhig
        [leaking] { $count ->
            [one] meldet
           *[other] melden
        } Wasser
        [dry] { verb-be } trocken
        [smoking] { $count ->
            [one] meldet
           *[other] melden
        } Rauch
        [smokeless] { $count ->
            [one] meldet
           *[other] melden
        } keinen Rauch
        [offline] { verb-be } nicht erreichbar
        [online] { verb-be } erreichbar
        [low] { verb-have } fast keine Batterie mehr
       *[not-low] { verb-have } noch genug Batterie
    }

## Ob jemand da ist

somebody =
    Ja: { $who } { $count ->
        [one] meldet
       *[other] melden
    }, dass jemand da ist.
motion =
    Es scheint so: { $who } { $count ->
        [one] sieht
       *[other] sehen
    } Bewegung.
stillness =
    Das kann ich nicht sagen: { $who } { $count ->
        [one] sieht
       *[other] sehen
    } keine Bewegung, aber wer still sitzt, bewegt nichts.
nobody =
    Nein: { $who } { $count ->
        [one] meldet
       *[other] melden
    }, dass niemand da ist.
presence-untold = Dort sagt mir das nichts.

## Werte

set-to = { verb-be } auf { $temperature } eingestellt
labelled = { $who }: { $value }.
shows-temperature = { $who } zeigt { $temperature }.
warm-in-rooms = { $rooms }.
warm-in-room = { $room }: { $temperature }
no-thermometer = Ich sehe kein Thermometer, das etwas sagt.
yes-no =
    { $state ->
        [yes] ja
       *[no] nein
    }
part-percent = auf { $percent }
part-volume = Lautstärke { $percent }
part-alarm =
    { $mode ->
        [disarmed] unscharf
       *[armed] scharf: { alarm-mode }
    }
part-activity =
    { $activity ->
        [working] bei der Arbeit
        [docked] in der Station
        [paused] auf Pause
       *[stopped] gestoppt
    }
part-mode = auf { climate-word }
part-target = auf { $temperature } eingestellt
part-current = jetzt bei { $temperature }
part-reading =
    { $field ->
        [humidity] Luftfeuchte
        [illuminance] Helligkeit
        [battery] Batterie
        [power] Leistung
        [energy] Energie
        [co2] CO₂
        [flow] Durchfluss
        [motion] Bewegung
        [occupancy] Anwesenheit
        [leak] Wasser
       *[smoke] Rauch
    } { $value }
nothing-playing = Es läuft nichts.
nothing-playing-on = Auf { $who } läuft nichts.
is-playing-in = Es läuft { $title } ({ $places }).
is-playing-on = Es läuft { $title } auf { $places }.
something-plays = etwas
title-by = { $title } von { $artist }
title-of = { $title } ({ $item })
list-of = { $name }: { $items }.
list-empty = { $who } ist leer.
no-timer-running = Es läuft kein Timer.
timer-has-left =
    { $named ->
        [yes] Timer „{ $name }“: noch { $duration }
       *[no] Der Timer läuft noch { $duration }
    }{ $state ->
        [paused] , angehalten
       *[running] {""}
    }.
is-in = { $who }: { $room }
where-unknown = Ich weiß nicht, wo das ist: { $who }.

## Was es gibt

there-are = { number }: { $names }.
there-are-none = Keine.
warmest = Am wärmsten ist es hier: { $who }, { $value }.
coldest = Am kältesten ist es hier: { $who }, { $value }.
highest = Am höchsten: { $who }, { $value }.
lowest = Am niedrigsten: { $who }, { $value }.
on-list = Ja: { $item } steht auf { $list }.
ticked-off = Nein: { $item } ist auf { $list } abgehakt.
not-on = Nein: { $item } steht nicht auf { $list }.
