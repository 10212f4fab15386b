# Wie von einem Gerät gesagt wird, wie es steht, und was sich damit tun lässt.
# Namen stehen ohne Artikel, da ihr Geschlecht nicht bekannt ist.

locale = de
date-pattern = EEEE, d. MMMM y
day-pattern = d. MMMM
day-year-pattern = d. MMMM y

verb-be =
    { $count ->
        [one] ist
       *[other] sind
    }
verb-have =
    { $count ->
        [one] hat
       *[other] haben
    }
verb-play =
    { $count ->
        [one] spielt
       *[other] spielen
    }

told = { $who } { $what }
and = { $first } und { $second }
being = { verb-be } { $parts }
percent = { $n } %
celsius = { $degrees } °C
fahrenheit = { $degrees } °F

## Zustände

power =
    { verb-be } { $state ->
        [on] an
       *[off] aus
    }
brightness = { verb-be } auf { $percent }
color =
    { $count ->
        [one] leuchtet
       *[other] leuchten
    } { $color }
color-temperature =
    { $count ->
        [one] leuchtet
       *[other] leuchten
    } { $white } ({ $kelvin } K)
volume = { verb-be } auf Lautstärke { $level }
mute =
    { verb-be } { $state ->
        [muted] stumm
       *[loud] nicht mehr stumm
    }
playback =
    { $state ->
        [playing] { verb-play }
        [paused] { verb-be } auf Pause
       *[stopped] { verb-be } gestoppt
    }
media = { verb-play } { $title }
skip =
    { verb-be } beim { $to ->
        [next] nächsten
       *[previous] vorigen
    } Titel
play-mode = { verb-play } { $modes }
play-mode-part =
    { $mode ->
        [shuffled] in zufälliger Reihenfolge
        [in-order] der Reihe nach
        [repeat-off] ohne Wiederholung
        [repeat-one] den Titel immer wieder
       *[repeat-all] alles immer wieder
    }
preset =
    { $count ->
        [one] blickt
       *[other] blicken
    } auf { $name }
source =
    { $count ->
        [one] zeigt
       *[other] zeigen
    } { $name }
group = { verb-play } mit
climate = { verb-be } { $parts }
climate-mode =
    { $mode ->
        [off] aus
        [heat] im Heizbetrieb
        [cool] im Kühlbetrieb
        [auto] im Automatikbetrieb
        [dry] im Trockenbetrieb
       *[fan] im Lüfterbetrieb
    }
climate-target = auf { $temperature } eingestellt
climate-current = jetzt bei { $temperature }
fan-speed =
    { $state ->
        [off] { verb-be } aus
       *[on] { $count ->
            [one] läuft
           *[other] laufen
        } mit { $percent }
    }
position =
    { verb-be } { $state ->
        [closed] geschlossen
        [open] offen
       *[between] zu { $percent } offen
    }
movement =
    { $state ->
        [moving] { verb-be } in Bewegung
       *[still] { verb-have } angehalten
    }
tilt = { verb-be } auf { $percent } gekippt
lock =
    { verb-be } { $state ->
        [locked] abgeschlossen
       *[unlocked] aufgeschlossen
    }
alarm =
    { verb-be } { $mode ->
        [disarmed] unscharf
       *[armed] scharf ({ alarm-mode })
    }
alarm-mode =
    { $mode ->
        [home] zu Hause
        [away] abwesend
       *[night] Nacht
    }
chore =
    { verb-be } { $activity ->
        [working] bei der Arbeit
        [docked] in der Station oder auf dem Weg dorthin
        [paused] auf Pause
       *[stopped] gestoppt
    }
chore-in = { chore } ({ $area })
scene =
    { verb-be } { $state ->
        [on] eingestellt
       *[off] aus
    }
todo = enthält { $items }
todo-empty = ist leer
timers = hat { $timers }
timers-none = hat nichts laufen
timer-left =
    { $name } mit noch { $duration }{ $state ->
        [paused] {" "}(angehalten)
       *[running] {""}
    }
timer-nameless = einen Timer
known = { verb-be } bekannt

media-title =
    { $title }{ $by ->
        [none] {""}
       *[artist] {" "}von { $artist }
    }{ $on ->
        [none] {""}
       *[item] {" "}({ $item })
    }
something = etwas

color-name =
    { $hue ->
        [white] weiß
        [orange] orange
        [yellow] gelb
        [lime] limettengrün
        [green] grün
        [turquoise] türkis
        [cyan] cyan
        [blue] blau
        [purple] lila
        [pink] rosa
        [crimson] purpurrot
       *[red] rot
    }
white-name =
    { $white ->
        [candle] sehr warmweiß
        [warm] warmweiß
        [neutral] neutralweiß
       *[daylight] tageslichtweiß
    }

## Taten

do-lock =
    { $thing } { $state ->
        [locked] abschließen
       *[unlocked] aufschließen
    }
do-position =
    { $thing } { $state ->
        [closed] schließen
        [open] öffnen
       *[between] auf { $percent } öffnen
    }
do-alarm =
    { $thing } { $mode ->
        [disarmed] unscharf schalten
       *[armed] scharf schalten ({ alarm-mode })
    }
do-climate =
    { $thing } { $how ->
        [target] auf { $temperature } stellen
        [mode] auf { climate-word } stellen
       *[both] auf { $temperature } und { climate-word } stellen
    }
climate-word =
    { $mode ->
        [off] Aus
        [heat] Heizen
        [cool] Kühlen
        [auto] Automatik
        [dry] Trocknen
       *[fan] Lüften
    }
do-power =
    { $thing } { $state ->
        [on] einschalten
       *[off] ausschalten
    }
do-percent = { $thing } auf { $percent } stellen
do-volume = die Lautstärke von { $thing } auf { $level } stellen
do-mute =
    { $state ->
        [muted] { $thing } stumm schalten
       *[loud] bei { $thing } den Ton wieder einschalten
    }
do-color = { $thing } { $color } leuchten lassen
do-playback =
    { $thing } { $state ->
        [playing] spielen lassen
        [paused] auf Pause stellen
       *[stopped] stoppen
    }
do-media = { $title } auf { $thing } spielen
do-source = { $thing } auf { $name } umschalten
do-chore =
    { $thing } { $activity ->
        [working] an die Arbeit schicken
        [docked] zurückschicken
        [paused] auf Pause stellen
       *[stopped] stoppen
    }
do-chore-in = { do-chore } ({ $area })
do-group = { $thing } mitspielen lassen
do-scene =
    { $thing } { $state ->
        [on] einstellen
       *[off] beenden
    }
do-movement = { $thing } anhalten
do-skip =
    auf { $thing } zum { $to ->
        [next] nächsten
       *[previous] vorigen
    } Titel springen
do-change = bei { $thing } etwas ändern: { $ability }

able =
    { $ability ->
        [power] ein- und ausschalten
        [brightness] dimmen
        [color] färben
        [color_temperature] wärmer oder kälter stellen
        [volume] lauter und leiser stellen
        [mute] stumm schalten
        [playback] abspielen und anhalten
        [source] auf einen anderen Eingang stellen
        [group] mit anderen Lautsprechern verbinden
        [climate] auf eine Temperatur stellen
        [fan_speed] auf eine Stufe stellen
        [position] öffnen und schließen
        [tilt] kippen
        [lock] ab- und aufschließen
        [alarm] scharf und unscharf schalten
        [chore] an die Arbeit schicken
        [scene] einstellen
        [snapshot] ansehen
        [todo] ergänzen
        [timers] stellen
        [preset] auf eine Ansicht drehen
       *[movement] unterwegs anhalten
    }

ability =
    { $ability ->
        [power] Schalten
        [brightness] Helligkeit
        [color] Farbe
        [color_temperature] Farbtemperatur
        [volume] Lautstärke
        [mute] Stummschalten
        [playback] Wiedergabe
        [skip] Titelwechsel
        [media] Musik
        [play_mode] Reihenfolge
        [source] Eingang
        [preset] Ansicht
        [group] Gruppe
        [climate] Temperatur
        [fan_speed] Stufe
        [position] Öffnung
        [movement] Bewegung
        [tilt] Kippen
        [lock] Schloss
        [alarm] Alarm
        [chore] Arbeit
        [scene] Szene
        [todo] Liste
        [timers] Timer
        [snapshot] Bild
       *[reading] Messwert
    }
