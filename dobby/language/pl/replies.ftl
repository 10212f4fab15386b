# Co odpowiada się na polecenie: potwierdzenia, pytania, kody, odmowy.

along =
    { $count ->
        [one] W tej samej grupie robi to samo: { $who }
       *[other] W tej samej grupie robią to samo: { $who }
    }
on-its-own =
    { $count ->
        [one] gra osobno
       *[other] grają osobno
    }
has-music-now = tu jest teraz muzyka
plays-with =
    { $count ->
        [one] gra razem z „{ $name }”
       *[other] grają razem z „{ $name }”
    }
no-answer = brak odpowiedzi
still-moving = jeszcze w ruchu
still-moving-at = jeszcze w ruchu (na razie { $now })
stopped = zatrzymane w drodze
stopped-at = { stopped } ({ $now })
contradicted = polecenie przyjęte, ale stan tego nie pokazuje
contradicted-now = { contradicted } (teraz: { $now })
stays-silent = nadal cisza
takes = tylko { $limits }
limit-least = co najmniej { $least }, nie { $asked }
limit-most = najwyżej { $most }, nie { $asked }
limit-between = od { $least } do { $most }, nie { $asked }
said-no = odmowa: { $reason }
cannot-do = to niemożliwe ({ $ability })
measured-only = to się mierzy, a nie ustawia
cannot-be-stopped = w drodze nie da się zatrzymać
has-choices = do wyboru { $choices }, nie { $asked }

send-code = Żeby { $deed }, wyślij { $code } w ciągu dwóch minut.
too-many-codes = Było za dużo błędnych kodów. Przez godzinę tego nie zrobię: { $deed }.
offer = Czy mam { $deed }?
offer-now = Czy mam teraz { $deed }?
nothing-to-say = Nie mam na to nic do powiedzenia.
no-yes-awaited = Nic nie czeka na „tak”.
send-the-code = Wyślij kod, żeby { $deeds }.
or-to = albo
then-not = W takim razie tego nie robię: { $deeds }.
no-code-awaited = Nic nie czeka na kod. Kod działa dwie minuty i tylko raz.
wrong-code = Ten kod jest błędny, więc nic się nie stało.
not-repeated = Coś mi przerwało i tego nie powtórzyłem: { $deeds }.
interrupted = Coś mi przerwało: jeśli to nie było wszystko, powiedz to jeszcze raz.
not-again = Coś mi przerwało i sam z siebie tego nie powtórzę.
not-told = Tego nie wiem: nie mówi mi tego żadne urządzenie i nikt nie prosił, żebym to zapamiętał.
not-paired =
    { $count ->
        [one] Jeszcze niesparowane: { $names }; napisz na przykład: sparuj { $first }
       *[other] Jeszcze niesparowane: { $names }; napisz na przykład: sparuj { $first }
    }

residents-only = To jest dla tych, którzy tu mieszkają.
adults-only = To może zrobić tylko dorosły domownik.
owners-only = To może zrobić tylko właściciel.
too-new = Znam cię stąd krócej niż dzień, więc najpierw musi się zgodzić właściciel. Już zapytałem; powiedz to jeszcze raz, gdy usłyszysz, że ci ufam.
never-above = { $name }: tutaj nigdy powyżej { $most }.
may-not =
    { $role ->
        [owner] Właściciel
        [adult] Dorosły
        [child] Dziecko
       *[guest] Gość
    } nie może tego zrobić: { $name }.
failed-myself = To nie udało się mnie samemu; więcej jest w moim dzienniku.

model-says = Mój model mówi:
unchanged = W domu nic się nie zmieniło.
in-the-house = W domu: { $things }
and-more = { $things } i jeszcze { $n }
does-not-answer = brak odpowiedzi
has-not-told = stan nieznany
