# Hoe van een apparaat gezegd wordt hoe het ervoor staat, en wat ermee te doen is.
# Namen staan zonder lidwoord.

locale = nl
date-pattern = EEEE d MMMM y
day-pattern = d MMMM
day-year-pattern = d MMMM y

verb-be =
    { $count ->
        [one] is
       *[other] zijn
    }
verb-have =
    { $count ->
        [one] heeft
       *[other] hebben
    }
verb-play =
    { $count ->
        [one] speelt
       *[other] spelen
    }

told = { $who } { $what }
and = { $first } en { $second }
being = { verb-be } { $parts }
percent = { $n }%
celsius = { $degrees } °C
fahrenheit = { $degrees } °F

power =
    { $count ->
        [one] staat
       *[other] staan
    } { $state ->
        [on] aan
       *[off] uit
    }
brightness =
    { $count ->
        [one] staat
       *[other] staan
    } op { $percent }
color = { verb-be } { $color }
color-temperature = { verb-be } { $white } ({ $kelvin } K)
volume =
    { $count ->
        [one] staat
       *[other] staan
    } op volume { $level }
mute =
    { $count ->
        [one] staat
       *[other] staan
    } { $state ->
        [muted] op stil
       *[loud] niet meer op stil
    }
playback =
    { $state ->
        [playing] { verb-play }
        [paused] { $count ->
            [one] staat
           *[other] staan
        } op pauze
       *[stopped] { verb-be } gestopt
    }
media = { verb-play } { $title }
skip =
    { verb-be } naar het { $to ->
        [next] volgende
       *[previous] vorige
    } nummer gegaan
play-mode = { verb-play } { $modes }
play-mode-part =
    { $mode ->
        [shuffled] in willekeurige volgorde
        [in-order] op volgorde
        [repeat-off] zonder herhaling
        [repeat-one] steeds hetzelfde nummer
       *[repeat-all] alles steeds opnieuw
    }
preset =
    { $count ->
        [one] kijkt
       *[other] kijken
    } naar { $name }
source =
    { $count ->
        [one] toont
       *[other] tonen
    } { $name }
group = { verb-play } mee
climate =
    { $count ->
        [one] staat
       *[other] staan
    } { $parts }
climate-mode =
    { $mode ->
        [off] uit
        [heat] op verwarmen
        [cool] op koelen
        [auto] op automatisch
        [dry] op ontvochtigen
       *[fan] op ventileren
    }
climate-target = op { $temperature }
climate-current = nu { $temperature }
fan-speed =
    { $count ->
        [one] { $state ->
            [off] staat uit
           *[on] draait op { $percent }
        }
       *[other] { $state ->
            [off] staan uit
           *[on] draaien op { $percent }
        }
    }
position =
    { verb-be } { $state ->
        [closed] dicht
        [open] open
       *[between] voor { $percent } open
    }
movement =
    { $state ->
        [moving] { verb-be } in beweging
       *[still] { verb-be } gestopt
    }
tilt = { verb-be } gekanteld tot { $percent }
lock =
    { verb-be } { $state ->
        [locked] op slot
       *[unlocked] van het slot
    }
alarm =
    { verb-be } { $mode ->
        [disarmed] uitgeschakeld
       *[armed] ingeschakeld ({ alarm-mode })
    }
alarm-mode =
    { $mode ->
        [home] thuis
        [away] afwezig
       *[night] nacht
    }
chore =
    { verb-be } { $activity ->
        [working] aan het werk
        [docked] in het station of op weg daarheen
        [paused] gepauzeerd
       *[stopped] gestopt
    }
chore-in = { chore } ({ $area })
scene =
    { $count ->
        [one] staat
       *[other] staan
    } { $state ->
        [on] aan
       *[off] uit
    }
todo = bevat { $items }
todo-empty = is leeg
timers = heeft { $timers }
timers-none = heeft niets lopen
timer-left =
    { $name } met nog { $duration }{ $state ->
        [paused] {" "}(gepauzeerd)
       *[running] {""}
    }
timer-nameless = een timer
known = { verb-be } bekend

media-title =
    { $title }{ $by ->
        [none] {""}
       *[artist] {" "}van { $artist }
    }{ $on ->
        [none] {""}
       *[item] {" "}({ $item })
    }
something = iets

color-name =
    { $hue ->
        [white] wit
        [orange] oranje
        [yellow] geel
        [lime] limoengroen
        [green] groen
        [turquoise] turquoise
        [cyan] cyaan
        [blue] blauw
        [purple] paars
        [pink] roze
        [crimson] karmijnrood
       *[red] rood
    }
white-name =
    { $white ->
        [candle] zeer warm wit
        [warm] warm wit
        [neutral] neutraal wit
       *[daylight] daglichtwit
    }

do-lock =
    { $thing } { $state ->
        [locked] op slot doen
       *[unlocked] van het slot halen
    }
do-position =
    { $thing } { $state ->
        [closed] dichtdoen
        [open] openen
       *[between] voor { $percent } openen
    }
do-alarm =
    { $thing } { $mode ->
        [disarmed] uitschakelen
       *[armed] inschakelen ({ alarm-mode })
    }
do-climate =
    { $thing } { $how ->
        [target] op { $temperature } zetten
        [mode] op { climate-word } zetten
       *[both] op { $temperature } en { climate-word } zetten
    }
climate-word =
    { $mode ->
        [off] uit
        [heat] verwarmen
        [cool] koelen
        [auto] automatisch
        [dry] ontvochtigen
       *[fan] ventileren
    }
do-power =
    { $thing } { $state ->
        [on] aanzetten
       *[off] uitzetten
    }
do-percent = { $thing } op { $percent } zetten
do-volume = het volume van { $thing } op { $level } zetten
do-mute =
    { $state ->
        [muted] { $thing } op stil zetten
       *[loud] het geluid van { $thing } weer aanzetten
    }
do-color = { $thing } { $color } maken
do-playback =
    { $thing } { $state ->
        [playing] laten spelen
        [paused] pauzeren
       *[stopped] stoppen
    }
do-media = { $title } op { $thing } afspelen
do-source = { $thing } op { $name } zetten
do-chore =
    { $thing } { $activity ->
        [working] aan het werk zetten
        [docked] terugsturen
        [paused] pauzeren
       *[stopped] stoppen
    }
do-chore-in = { do-chore } ({ $area })
do-group = { $thing } laten meespelen
do-scene =
    { $thing } { $state ->
        [on] aanzetten
       *[off] beëindigen
    }
do-movement = { $thing } stoppen
do-skip =
    op { $thing } naar het { $to ->
        [next] volgende
       *[previous] vorige
    } nummer gaan
do-change = bij { $thing } iets veranderen: { $ability }

able =
    { $ability ->
        [power] aan- en uitzetten
        [brightness] dimmen
        [color] kleuren
        [color_temperature] warmer of koeler maken
        [volume] harder en zachter zetten
        [mute] op stil zetten
        [playback] afspelen en pauzeren
        [source] op een andere ingang zetten
        [group] met andere luidsprekers koppelen
        [climate] op een temperatuur zetten
        [fan_speed] op een snelheid zetten
        [position] openen en sluiten
        [tilt] kantelen
        [lock] op slot doen en van het slot halen
        [alarm] in- en uitschakelen
        [chore] aan het werk zetten
        [scene] aanzetten
        [snapshot] bekijken
        [todo] aanvullen
        [timers] zetten
        [preset] naar een stand draaien
       *[movement] onderweg stoppen
    }

ability =
    { $ability ->
        [power] schakelen
        [brightness] helderheid
        [color] kleur
        [color_temperature] kleurtemperatuur
        [volume] volume
        [mute] geluid uit
        [playback] afspelen
        [skip] van nummer wisselen
        [media] muziek
        [play_mode] volgorde
        [source] ingang
        [preset] stand
        [group] groep
        [climate] temperatuur
        [fan_speed] snelheid
        [position] opening
        [movement] beweging
        [tilt] kantelen
        [lock] slot
        [alarm] alarm
        [chore] werk
        [scene] scène
        [todo] lijst
        [timers] timers
        [snapshot] beeld
       *[reading] meetwaarde
    }
