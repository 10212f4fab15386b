# Reguły powiadomień: czego dotyczą i dlaczego o czymś powiadomiono albo nie.

## Czego dotyczy reguła

rule-kind =
    { $kind ->
        [person] osoby
        [vehicle] pojazdy
        [animal] zwierzęta
        [package] zostawione albo zabrane rzeczy
        [open] drzwi, które są wciąż otwarte
       *[camera] kamery, które nie widzą
    }
rule-doing =
    { $what ->
        [arrived] przychodzą
        [joined] są w większej liczbie
        [returned] wracają
        [lingers] kręcą się dłużej
        [stopped] się zatrzymują
        [left_something] coś zostawiają
        [took_something] coś zabierają
        [dark] przestają widzieć
       *[opened] są wciąż otwarte
    }
rule-everything = wszystko
rule-anything = wszystko
rule-things-that = { $things }, które { $does }
rule-all-that = wszyscy, którzy { $does }
rule-when = { $scope }, { $when }
rule-near = dokładnie w tym miejscu
rule-within = w obrębie: { $zones }
rule-from = od { $hours }
rule-except-from = z wyjątkiem od { $hours }
rule-while =
    { $presence ->
        [home] gdy jesteś w domu
       *[away] gdy cię nie ma
    }
rule-until = do { $time }
rule-until-day = do { $time } { $day }
hours = { $start } do { $end }
rule-told = powiadamiam: { $scope }
rule-untold = nie powiadamiam: { $scope }
rule-said = { $rule }; bo padły słowa „{ $said }” ({ $day })
rule-made = { $rule }; bo to twoja reguła ({ $day })

## Dlaczego o czymś powiadomiono albo nie: zdania, które stoją po „bo”

nothing-to-tell = Mam to w zapisie; nie było o czym powiadamiać.
told-because = Powiadomiłem cię o { $time }, bo { $why }
untold-because = Nie powiadomiłem cię, bo { $why }
why-since = { $why } ({ $day })
why-said = padły słowa „{ $said }”
why-rule = to twoja reguła
why-part = to była część tego, o czym już wiesz ode mnie
why-over = było już po wszystkim
why-late = było za późno, kiedy mogłem to zrobić
why-private = kamera jest w trybie prywatnym
why-owners-only = bez prośby powiadamiam tylko właścicieli
why-people = powiadamiam o ludziach, dopóki nie powiesz inaczej
why-vehicles-stop = powiadamiam o pojazdach, które się zatrzymują, dopóki nie powiesz inaczej
why-vehicles-pass = nie powiadamiam o pojazdach, które tylko przejeżdżają
why-animals = nie powiadamiam o zwierzętach, dopóki o to nie poprosisz
why-things = powiadamiam o rzeczach zostawionych albo zabranych, dopóki nie powiesz inaczej
why-windows = nie powiadamiam o otwartych oknach, dopóki o to nie poprosisz
why-open = wciąż było otwarte: { $place }
why-cameras = powiadamiam o kamerach, które nie widzą
why-alike = w krótkim czasie było takich { $count }
why-enough = liczba powiadomień w tej godzinie doszła już do { $count }
