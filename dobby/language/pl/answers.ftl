# Odpowiedzi na pytania o stan.

nothing-known = Nic takiego nie znam.
told-me-nothing = { $names }: nic o tym nie wiem.
cannot-tell = Nie mogę powiedzieć, czy to prawda: { $who } – { is-state }.
count-of = { number } z { $total }.
count-of-named = { number } z { $total }: { $names }.
yes-these = Tak: { $told }
no-these = Nie. { $told }
none-of = Ani jedno z { $total }: { is-state }.
yes-it = Tak. { $told }
no-it = Nie. { $told }
yes-all = Tak, wszystko { is-state }: { $names }.
no-all = Nie, wszystko { is-state }: { $names }.
in-part = Częściowo: { $having } { $lacking }
no-but = Nie: { $told }
several = { $names }: { $what } ({ $n }).
several-within = { $names }: { $what } ({ $n }).
number =
    { $n ->
        [0] Zero
       *[other] { $n }
    }
is-state =
    { $state ->
        [on] włączone
        [off] wyłączone
        [open] otwarte
        [closed] zamknięte
        [locked] zamknięte na klucz
        [unlocked] nie zamknięte na klucz
        [playing] { verb-play }
        [not-playing] cisza
        [paused] wstrzymane
        [not-paused] nie wstrzymane
        [muted] wyciszone
        [not-muted] nie wyciszone
        [running] w pracy
        [not-running] nie pracuje
        [docked] w stacji
        [not-docked] poza stacją
        [armed] uzbrojone
        [disarmed] rozbrojone
        [heating] grzanie trwa
        [not-heating] nie grzeje
        [cooling] chłodzenie trwa
        [not-cooling] nie chłodzi
        [moving] ruch
        [not-moving] brak ruchu
        [occupied] zajęte
        [empty] puste
        [triggered] alarmuje
        [quiet] spokój
        [leaking] woda
        [dry] sucho
        [smoking] dym
        [smokeless] brak dymu
        [offline] brak połączenia
        [online] połączenie działa
        [low] bateria prawie pusta
       *[not-low] bateria w porządku
    }

somebody = Tak: ktoś tam jest ({ $who }).
motion = Na to wygląda: jest ruch ({ $who }).
stillness = Nie mogę powiedzieć: nie ma ruchu ({ $who }), ale kto siedzi spokojnie, niczym nie porusza.
nobody = Nie: nikogo tam nie ma ({ $who }).
presence-untold = Nic tam mi tego nie mówi.

set-to = ustawione na { $temperature }
labelled = { $who }: { $value }.
shows-temperature = { $who }: { $temperature }.
warm-in-rooms = { $rooms }.
warm-in-room = { $room }: { $temperature }
no-thermometer = Nie widzę termometru, który by to mówił.
yes-no =
    { $state ->
        [yes] tak
       *[no] nie
    }
part-percent = { $percent }
part-volume = głośność { $percent }
part-alarm =
    { $mode ->
        [disarmed] rozbrojone
       *[armed] uzbrojone: { alarm-mode }
    }
part-activity =
    { $activity ->
        [working] przy pracy
        [docked] w stacji
        [paused] wstrzymane
       *[stopped] zatrzymane
    }
part-mode =
    { $mode ->
        [off] wyłączone
        [heat] tryb ogrzewania
        [cool] tryb chłodzenia
        [auto] tryb automatyczny
        [dry] tryb osuszania
       *[fan] tryb wentylacji
    }
part-target = ustawione na { $temperature }
part-current = teraz { $temperature }
part-reading =
    { $field ->
        [humidity] wilgotność
        [illuminance] jasność
        [battery] bateria
        [power] moc
        [energy] energia
        [co2] CO₂
        [flow] przepływ
        [motion] ruch
        [occupancy] obecność
        [leak] woda
       *[smoke] dym
    } { $value }
nothing-playing = Nic nie gra.
nothing-playing-on = { $who }: nic nie gra.
is-playing-in = Gra { $title } ({ $places }).
is-playing-on = Gra { $title } ({ $places }).
something-plays = coś
title-by = { $title } – { $artist }
title-of = { $title } ({ $item })
list-of = { $name }: { $items }.
list-empty = { $who }: nic nie ma.
no-timer-running = Żaden minutnik nie odlicza.
timer-has-left =
    { $named ->
        [yes] Minutnik „{ $name }”: zostało { $duration }
       *[no] Minutnik: zostało { $duration }
    }{ $state ->
        [paused] , wstrzymane
       *[running] {""}
    }.
is-in = { $who }: { $room }
where-unknown = Nie wiem, gdzie to jest: { $who }.

## Co jest

there-are = { number }: { $names }.
there-are-none = Nie ma żadnych.
warmest = Najcieplej: { $who }, { $value }.
coldest = Najzimniej: { $who }, { $value }.
highest = Najwyżej: { $who }, { $value }.
lowest = Najniżej: { $who }, { $value }.
on-list = Tak: { $item } – jest na liście: { $list }.
ticked-off = Nie: { $item } – odhaczone na liście: { $list }.
not-on = Nie: { $item } – tego nie ma na liście: { $list }.
