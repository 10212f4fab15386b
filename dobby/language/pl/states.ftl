# Jak mówi się o stanie urządzenia i co można z nim zrobić.
# Rodzaj nazw nie jest znany: stan stoi po dwukropku, w formie nijakiej; nazwy się nie odmieniają.

locale = pl
date-pattern = EEEE, d MMMM y
day-pattern = d MMMM
day-year-pattern = d MMMM y

verb-be = {""}
verb-play =
    { $count ->
        [one] gra
       *[other] grają
    }

told = { $who }: { $what }
and = { $first } i { $second }
being = { $parts }
percent = { $n }%
celsius = { $degrees } °C
fahrenheit = { $degrees } °F

power =
    { $state ->
        [on] włączone
       *[off] wyłączone
    }
brightness = jasność { $percent }
color = kolor { $color }
color-temperature = { $white } ({ $kelvin } K)
volume = głośność { $level }
mute =
    { $state ->
        [muted] wyciszone
       *[loud] już nie wyciszone
    }
playback =
    { $state ->
        [playing] { verb-play }
        [paused] wstrzymane
       *[stopped] zatrzymane
    }
media = { verb-play } { $title }
skip =
    { $to ->
        [next] następny utwór
       *[previous] poprzedni utwór
    }
play-mode = odtwarzanie { $modes }
play-mode-part =
    { $mode ->
        [shuffled] losowo
        [in-order] po kolei
        [repeat-off] bez powtarzania
        [repeat-one] z powtarzaniem utworu
       *[repeat-all] z powtarzaniem całości
    }
preset = widok { $name }
source = obraz z { $name }
group =
    { $count ->
        [one] gra razem z innymi
       *[other] grają razem z innymi
    }
climate = { $parts }
climate-mode =
    { $mode ->
        [off] wyłączone
        [heat] tryb ogrzewania
        [cool] tryb chłodzenia
        [auto] tryb automatyczny
        [dry] tryb osuszania
       *[fan] tryb wentylacji
    }
climate-target = ustawione na { $temperature }
climate-current = teraz { $temperature }
fan-speed =
    { $state ->
        [off] wyłączone
       *[on] praca na { $percent }
    }
position =
    { $state ->
        [closed] zamknięte
        [open] otwarte
       *[between] otwarte na { $percent }
    }
movement =
    { $state ->
        [moving] w ruchu
       *[still] zatrzymane
    }
tilt = przechylone na { $percent }
lock =
    { $state ->
        [locked] zamknięte na klucz
       *[unlocked] otwarte z klucza
    }
alarm =
    { $mode ->
        [disarmed] rozbrojone
       *[armed] uzbrojone ({ alarm-mode })
    }
alarm-mode =
    { $mode ->
        [home] w domu
        [away] poza domem
       *[night] noc
    }
chore =
    { $activity ->
        [working] przy pracy
        [docked] w stacji albo w drodze do niej
        [paused] wstrzymane
       *[stopped] zatrzymane
    }
chore-in = { chore } ({ $area })
scene =
    { $state ->
        [on] ustawione
       *[off] wyłączone
    }
todo = { $items }
todo-empty = nic nie ma
timers = { $timers }
timers-none = nic nie odlicza
timer-left =
    { $name }, zostało { $duration }{ $state ->
        [paused] {" "}(wstrzymane)
       *[running] {""}
    }
timer-nameless = minutnik
known = znane

media-title =
    { $title }{ $by ->
        [none] {""}
       *[artist] {" "}– { $artist }
    }{ $on ->
        [none] {""}
       *[item] {" "}({ $item })
    }
something = coś

color-name =
    { $hue ->
        [white] biały
        [orange] pomarańczowy
        [yellow] żółty
        [lime] limonkowy
        [green] zielony
        [turquoise] turkusowy
        [cyan] cyjanowy
        [blue] niebieski
        [purple] fioletowy
        [pink] różowy
        [crimson] karmazynowy
       *[red] czerwony
    }
white-name =
    { $white ->
        [candle] bardzo ciepła biel
        [warm] ciepła biel
        [neutral] neutralna biel
       *[daylight] światło dzienne
    }

do-lock =
    { $state ->
        [locked] zamknąć na klucz
       *[unlocked] otworzyć z klucza
    }: { $thing }
do-position =
    { $state ->
        [closed] zamknąć
        [open] otworzyć
       *[between] otworzyć na { $percent }
    }: { $thing }
do-alarm =
    { $mode ->
        [disarmed] rozbroić
       *[armed] uzbroić ({ alarm-mode })
    }: { $thing }
do-climate =
    ustawić { $how ->
        [target] na { $temperature }
        [mode] na { climate-word }
       *[both] na { $temperature }, { climate-word }
    }: { $thing }
climate-word =
    { $mode ->
        [off] wyłączone
        [heat] ogrzewanie
        [cool] chłodzenie
        [auto] automat
        [dry] osuszanie
       *[fan] wentylację
    }
do-power =
    { $state ->
        [on] włączyć
       *[off] wyłączyć
    }: { $thing }
do-percent = ustawić na { $percent }: { $thing }
do-volume = ustawić głośność na { $level }: { $thing }
do-mute =
    { $state ->
        [muted] wyciszyć
       *[loud] przywrócić dźwięk
    }: { $thing }
do-color = zmienić kolor na { $color }: { $thing }
do-playback =
    { $state ->
        [playing] włączyć odtwarzanie
        [paused] wstrzymać
       *[stopped] zatrzymać
    }: { $thing }
do-media = odtworzyć { $title }: { $thing }
do-source = przełączyć na { $name }: { $thing }
do-chore =
    { $activity ->
        [working] wysłać do pracy
        [docked] odesłać do stacji
        [paused] wstrzymać
       *[stopped] zatrzymać
    }: { $thing }
do-chore-in = { do-chore } ({ $area })
do-group = dołączyć do wspólnego grania: { $thing }
do-scene =
    { $state ->
        [on] ustawić
       *[off] zakończyć
    }: { $thing }
do-movement = zatrzymać: { $thing }
do-skip =
    przejść do { $to ->
        [next] następnego
       *[previous] poprzedniego
    } utworu: { $thing }
do-change = zmienić coś ({ $ability }): { $thing }

able =
    { $ability ->
        [power] włączać i wyłączać
        [brightness] ściemniać
        [color] zmieniać kolor
        [color_temperature] ocieplać i ochładzać
        [volume] podgłaśniać i ściszać
        [mute] wyciszać
        [playback] odtwarzać i wstrzymywać
        [source] przełączać na inne wejście
        [group] łączyć z innymi głośnikami
        [climate] ustawiać na temperaturę
        [fan_speed] ustawiać na prędkość
        [position] otwierać i zamykać
        [tilt] przechylać
        [lock] zamykać i otwierać na klucz
        [alarm] uzbrajać i rozbrajać
        [chore] wysyłać do pracy
        [scene] ustawiać
        [snapshot] oglądać
        [todo] uzupełniać
        [timers] nastawiać
        [preset] obracać na widok
       *[movement] zatrzymywać w drodze
    }

ability =
    { $ability ->
        [power] włączanie
        [brightness] jasność
        [color] kolor
        [color_temperature] temperatura barwy
        [volume] głośność
        [mute] wyciszenie
        [playback] odtwarzanie
        [skip] zmiana utworu
        [media] muzyka
        [play_mode] kolejność odtwarzania
        [source] wejście
        [preset] widok
        [group] grupa
        [climate] temperatura
        [fan_speed] prędkość
        [position] otwarcie
        [movement] ruch
        [tilt] przechylenie
        [lock] zamek
        [alarm] alarm
        [chore] praca
        [scene] scena
        [todo] lista
        [timers] minutniki
        [snapshot] obraz
       *[reading] pomiar
    }
