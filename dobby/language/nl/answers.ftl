# Antwoorden op vragen naar de toestand.

nothing-known = Daar weet ik niets van.
told-me-nothing = { $names }: daarover heb ik niets gehoord.
cannot-tell = Ik kan niet zeggen of dit klopt: { $who } { is-state }.
count-of = { number } van { $total }.
count-of-named = { number } van { $total }: { $names }.
yes-these = Ja: { $told }
no-these = Nee. { $told }
none-of = Geen van { $total } { is-state }.
yes-it = Ja. { $told }
no-it = Nee. { $told }
yes-all = Ja, allemaal: { $names } { is-state }.
no-all = Nee, allemaal: { $names } { is-state }.
in-part = Deels: { $having } { $lacking }
no-but = Nee: { $told }
several = { $n } { $what }: { $names }.
several-within = { $n } { $what }: { $names }.
number =
    { $n ->
        [0] Geen
       *[other] { $n }
    }
is-state =
    { $state ->
        [on] { $count ->
            [one] staat
           *[other] staan
        } aan
        [off] { $count ->
            [one] staat
           *[other] staan
        } uit
        [open] { verb-be } open
        [closed] { verb-be } dicht
        [locked] { verb-be } op slot
        [unlocked] { verb-be } niet op slot
        [playing] { verb-play }
        [not-playing] { verb-play } niet
        [paused] { $count ->
            [one] staat
           *[other] staan
        } op pauze
        [not-paused] { $count ->
            [one] staat
           *[other] staan
        } niet op pauze
        [muted] { $count ->
            [one] staat
           *[other] staan
        } op stil
        [not-muted] { $count ->
            [one] staat
           *[other] staan
        } niet op stil
        [running] { verb-be } bezig
        [not-running] { verb-be } niet bezig
        [docked] { verb-be } in het station
        [not-docked] { verb-be } niet in het station
        [armed] { verb-be } ingeschakeld
        [disarmed] { verb-be } uitgeschakeld
        [heating] { verb-be } aan het verwarmen
        [not-heating] { verb-be } niet aan het verwarmen
        [cooling] { verb-be } aan het koelen
        [not-cooling] { verb-be } niet aan het koelen
        [moving] { $count ->
            [one] ziet
           *[other] zien
        } beweging
        [not-moving] { $count ->
            [one] ziet
           *[other] zien
        } geen beweging
        [occupied] { verb-be } bezet
        [empty] { verb-be } leeg
        [triggered] { verb-be } afgegaan
        [quiet] { verb-be } rustig
        [leaking] { $count ->
            [one] meldt
           *[other] melden
        } water
        [dry] { verb-be } droog
        [smoking] { $count ->
            [one] meldt
           *[other] melden
        } rook
        [smokeless] { $count ->
            [one] meldt
           *[other] melden
        } geen rook
        [offline] { verb-be } niet bereikbaar
        [online] { verb-be } bereikbaar
        [low] { verb-have } bijna geen batterij meer
       *[not-low] { verb-have } nog genoeg batterij
    }

somebody =
    Ja: { $who } { $count ->
        [one] meldt
       *[other] melden
    } dat er iemand is.
motion =
    Het lijkt erop: { $who } { $count ->
        [one] ziet
       *[other] zien
    } beweging.
stillness =
    Dat kan ik niet zeggen: { $who } { $count ->
        [one] ziet
       *[other] zien
    } geen beweging, maar wie stilzit, beweegt niets.
nobody =
    Nee: { $who } { $count ->
        [one] meldt
       *[other] melden
    } dat er niemand is.
presence-untold = Daar vertelt niets me dat.

set-to =
    { $count ->
        [one] staat
       *[other] staan
    } ingesteld op { $temperature }
labelled = { $who }: { $value }.
shows-temperature = { $who } geeft { $temperature } aan.
warm-in-rooms = { $rooms }.
warm-in-room = { $room }: { $temperature }
no-thermometer = Ik zie geen thermometer die iets zegt.
yes-no =
    { $state ->
        [yes] ja
       *[no] nee
    }
part-percent = op { $percent }
part-volume = volume { $percent }
part-alarm =
    { $mode ->
        [disarmed] uitgeschakeld
       *[armed] ingeschakeld: { alarm-mode }
    }
part-activity =
    { $activity ->
        [working] aan het werk
        [docked] in het station
        [paused] gepauzeerd
       *[stopped] gestopt
    }
part-mode = stand { climate-word }
part-target = ingesteld op { $temperature }
part-current = nu { $temperature }
part-reading =
    { $field ->
        [humidity] luchtvochtigheid
        [illuminance] lichtsterkte
        [battery] batterij
        [power] vermogen
        [energy] energie
        [co2] CO₂
        [flow] doorstroming
        [motion] beweging
        [occupancy] aanwezigheid
        [leak] water
       *[smoke] rook
    } { $value }
nothing-playing = Er speelt niets.
nothing-playing-on = Op { $who } speelt niets.
is-playing-in = { $title } speelt ({ $places }).
is-playing-on = { $title } speelt op { $places }.
something-plays = Iets
title-by = { $title } van { $artist }
title-of = { $title } ({ $item })
list-of = { $name }: { $items }.
list-empty = { $who } is leeg.
no-timer-running = Er loopt geen timer.
timer-has-left =
    { $named ->
        [yes] Timer “{ $name }”: nog { $duration }
       *[no] De timer loopt nog { $duration }
    }{ $state ->
        [paused] , gepauzeerd
       *[running] {""}
    }.
is-in = { $who }: { $room }
where-unknown = Ik weet niet waar dit is: { $who }.

## Wat er is

there-are = { number }: { $names }.
there-are-none = Geen.
warmest = Het warmst is het hier: { $who }, { $value }.
coldest = Het koudst is het hier: { $who }, { $value }.
highest = Het hoogst: { $who }, { $value }.
lowest = Het laagst: { $who }, { $value }.
on-list = Ja: { $item } staat op { $list }.
ticked-off = Nee: { $item } is afgevinkt op { $list }.
not-on = Nee: { $item } staat niet op { $list }.
