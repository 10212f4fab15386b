# Co kamery widzą teraz i co widziały: odpowiedzi na pytania.

not-a-camera = To nie jest kamera.
no-camera-yet = Nie znam jeszcze żadnej kamery.
camera-sees = { $camera }: { $state }
sight-state =
    { $state ->
        [private] tryb prywatny
        [silent] nie odpowiada
        [unwatched] nie pilnuję jej
        [blind] nic nie widzi, nie mam detektora
        [offline] nic nie widzi, nie odpowiada
        [refused] nic nie widzi, odrzuca moje hasło
        [frozen] nic nie widzi, jej obraz stoi w miejscu
        [nothing] nikogo i niczego nie widać
       *[unseen] jeszcze nie widziana
    }
in-view = widać: { $things }
cameras-private =
    { $count ->
        [one] { $cameras } – tryb prywatny: nie patrzę
       *[other] { $cameras } – tryb prywatny: nie patrzę
    }
more-pictures =
    { $count ->
        [one] Jest jeszcze 1; zapytaj o nią po nazwie.
        [few] Są jeszcze { $count }; zapytaj o nie po nazwie.
       *[many] Jest jeszcze { $count }; zapytaj o nie po nazwie.
    }
things-are = widać: { $things } ({ $where })
picture-now = { $place }, teraz
picture-now-with = { $place }, teraz: { $things }
picture-now-nobody = { $place }, teraz: nikogo nie ma
no-older-picture = { $why } Nie mam starszego zdjęcia: { $place }
last-picture = { $why } Ostatnie zdjęcie: { $day } o { $time }

## Nikt, nic

nobody-is-there = nikogo teraz nie ma ({ $where })
nobody-is-seen = nikogo teraz nie widać
none-is-there = teraz nie ma { $things } ({ $where })
none-is-seen = teraz nie widać { $things }
cannot-see = tego nie widzę: { $places }
last-time = Ostatni raz, { $day }: { $told }
saw-nothing =
    { $what ->
        [lingers] { $when } nikt się tu dłużej nie kręcił
        [left_something] { $when } nikt niczego nie zostawił, o ile widziałem
        [took_something] { $when } nikt niczego nie zabrał, o ile widziałem
        [both] { $when } nikt niczego nie zostawił ani nie zabrał, o ile widziałem
        [person] { $when } nikogo nie widziałem
       *[nothing] { $when } nic nie widziałem
    }
saw-nothing-there =
    { $what ->
        [lingers] { $when } nikt się tu dłużej nie kręcił ({ $where })
        [left_something] { $when } nikt niczego nie zostawił, o ile widziałem ({ $where })
        [took_something] { $when } nikt niczego nie zabrał, o ile widziałem ({ $where })
        [both] { $when } nikt niczego nie zostawił ani nie zabrał, o ile widziałem ({ $where })
        [person] { $when } nikogo nie widziałem ({ $where })
       *[nothing] { $when } nic nie widziałem ({ $where })
    }
saw-none = { $when } nie widziałem { $things }
saw-none-there = { $when } nie widziałem { $things } ({ $where })
do-not-watch = tego nie pilnuję: { $cameras }
unknown-out = Nie wiem, kiedy cię nie było: powiedz mi, kiedy wychodzisz, a będę wiedział.

## Co było

yes-there-was = Tak. { $told }
day-told = { $day }: { $told }
day-time-told = { $day }, { $time }: { $told }
things-at = { counted } ({ $where }, { $when })
counted-things = { $when } naliczyłem: { $things }
counted-things-at = { $when } naliczyłem: { $things }: { $times }
time-where = { $time } ({ $where })
since = od { $start }
between = między { $start } a { $end }
time-on-day = { $time } { $day }

## Zdjęcia

pictures-full = Dysk jest prawie pełny: nie zachowuję nowych zdjęć, póki nie będzie miejsca.
picture-gone = Nie mam już tego zdjęcia.
picture-strange = To, co wysłała kamera, nie jest zdjęciem, które mogę zachować.
picture-sealed = To zdjęcie zapieczętowano innym kluczem niż { $key }. Przywróć ten plik, żeby je zobaczyć.
picture-key-damaged = Plik klucza { $key } jest uszkodzony. Przywróć go; bez niego moje zdjęcia są zapieczętowane.
picture-not-kept = Nie udało się zachować zdjęcia ({ $why }).
picture-not-read = Nie udało się odczytać zdjęcia ({ $why }).
picture-not-removed = Nie udało się usunąć zdjęcia ({ $why }).
