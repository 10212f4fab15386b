# Wat camera's nu zien en wat ze zagen: antwoorden op vragen.

not-a-camera = Dat is geen camera.
no-camera-yet = Ik ken nog geen camera.
camera-sees = { $camera }: { $state }
sight-state =
    { $state ->
        [private] privé
        [silent] hij antwoordt niet
        [unwatched] niet bewaakt
        [blind] blind, ik heb geen detector
        [offline] donker, hij antwoordt niet
        [refused] donker, hij weigert mijn wachtwoord
        [frozen] donker, zijn beeld staat stil
        [nothing] niets in beeld
       *[unseen] nog niet gezien
    }
in-view = { $things } in beeld
cameras-private =
    { $count ->
        [one] { $cameras } staat in de privémodus: ik kijk niet
       *[other] { $cameras } staan in de privémodus: ik kijk niet
    }
more-pictures =
    { $count ->
        [one] Er is er nog 1; vraag ernaar met de naam.
       *[other] Er zijn er nog { $count }; vraag ernaar met hun naam.
    }
things-are =
    { $count ->
        [one] er is { $things } ({ $where })
       *[other] er zijn { $things } ({ $where })
    }
picture-now = { $place }, nu
picture-now-with = { $place }, nu: { $things }
picture-now-nobody = { $place }, nu: er is niemand
no-older-picture = { $why } Een ouder beeld heb ik niet: { $place }
last-picture = { $why } Het laatste beeld: { $day } om { $time }

## Niemand, niets

nobody-is-there = er is nu niemand ({ $where })
nobody-is-seen = er is nu niemand te zien
none-is-there = er zijn nu geen { $things } ({ $where })
none-is-seen = er zijn nu geen { $things } te zien
cannot-see = dit zie ik niet: { $places }
last-time = De laatste keer, { $day }: { $told }
saw-nothing =
    { $what ->
        [lingers] ik zag niemand rondhangen { $when }
        [left_something] ik zag niemand iets neerleggen { $when }
        [took_something] ik zag niemand iets meenemen { $when }
        [both] ik zag niemand iets neerleggen of meenemen { $when }
        [person] ik zag niemand { $when }
       *[nothing] ik zag niets { $when }
    }
saw-nothing-there =
    { $what ->
        [lingers] ik zag niemand rondhangen { $when } ({ $where })
        [left_something] ik zag niemand iets neerleggen { $when } ({ $where })
        [took_something] ik zag niemand iets meenemen { $when } ({ $where })
        [both] ik zag niemand iets neerleggen of meenemen { $when } ({ $where })
        [person] ik zag niemand { $when } ({ $where })
       *[nothing] ik zag niets { $when } ({ $where })
    }
saw-none = ik zag geen { $things } { $when }
saw-none-there = ik zag geen { $things } { $when } ({ $where })
do-not-watch = dit bewaak ik niet: { $cameras }
unknown-out = Ik weet niet wanneer je weg was: zeg het als je weggaat, dan weet ik het.

## Wat er was

yes-there-was = Ja. { $told }
day-told = { $day }: { $told }
day-time-told = { $day }, { $time }: { $told }
things-at = { counted } ({ $where }, { $when })
counted-things = ik telde { $things } { $when }
counted-things-at = ik telde { $things } { $when }: { $times }
time-where = { $time } ({ $where })
since = sinds { $start }
between = tussen { $start } en { $end }
time-on-day = { $day } { $time }

## Beelden

pictures-full = De schijf is bijna vol: ik bewaar geen nieuwe beelden tot er weer plaats is.
picture-gone = Dat beeld heb ik niet meer.
picture-strange = Wat de camera stuurde is geen beeld dat ik kan bewaren.
picture-sealed = Dat beeld is met een andere sleutel verzegeld dan { $key }. Zet dat bestand terug om het te zien.
picture-key-damaged = Het sleutelbestand { $key } is beschadigd. Zet het terug; zonder blijven mijn beelden verzegeld.
picture-not-kept = Ik kon het beeld niet bewaren ({ $why }).
picture-not-read = Ik kon het beeld niet lezen ({ $why }).
picture-not-removed = Ik kon een beeld niet verwijderen ({ $why }).
