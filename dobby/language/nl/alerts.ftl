# Meldingen: wat camera's zagen, ongevraagd verteld.

## Iemand ($count); $where en $when zoals ze gezegd worden

person-is =
    { $count ->
        [one] er is { someone } ({ $where })
       *[other] er zijn { someone } ({ $where })
    }
person-is-since = { person-is }, sinds { $time }
person-was =
    { $count ->
        [one] er was { someone } ({ $where }), { $when }
       *[other] er waren { someone } ({ $where }), { $when }
    }
person-was-again = { person-was }, meer dan eens
person-and-did =
    { $what ->
        [left_something] { $told }; er is iets neergelegd
       *[took_something] { $told }; er is iets meegenomen
    }
person-did =
    { $what ->
        [left_something] { $told }; er is iets neergelegd
       *[took_something] { $told }; er is iets meegenomen
    }
person-delivered = { $told }; er is iets neergelegd: een bezorging, lijkt het
person-lingers =
    { $count ->
        [one] { someone } is er al { $duration } ({ $where })
       *[other] { someone } zijn er al { $duration } ({ $where })
    }
person-left =
    { $count ->
        [one] { someone } heeft iets neergelegd ({ $where })
       *[other] { someone } hebben iets neergelegd ({ $where })
    }
person-took =
    { $count ->
        [one] { someone } heeft iets meegenomen ({ $where })
       *[other] { someone } hebben iets meegenomen ({ $where })
    }
delivery-seems = Een bezorging, lijkt het: { $told }
came-with-it =
    { $count ->
        [one] { $told }; { someone } is ermee gekomen, lijkt het
       *[other] { $told }; { someone } zijn ermee gekomen, lijkt het
    }
came-to-deliver = { came-with-it }, en er is iets neergelegd: een bezorging

## Voertuigen en dieren

thing-is =
    { $count ->
        [one] er is { counted } ({ $where })
       *[other] er zijn { counted } ({ $where })
    }
thing-was =
    { $count ->
        [one] er was { counted } ({ $where }), { $when }
       *[other] er waren { counted } ({ $where }), { $when }
    }
vehicle-stops =
    { $count ->
        [one] { counted } is net gestopt ({ $where })
       *[other] { counted } zijn net gestopt ({ $where })
    }
vehicle-stopped =
    { $count ->
        [one] { counted } is gestopt ({ $where }), { $when }
       *[other] { counted } zijn gestopt ({ $where }), { $when }
    }
vehicle-passed =
    { $count ->
        [one] { counted } kwam langs ({ $place }), { $when }
       *[other] { counted } kwamen langs ({ $place }), { $when }
    }
something-moves = er bewoog iets ({ $where })
something-moved = er bewoog iets ({ $where }), { $when }

## Dingen, deuren, camera's

thing-missing = er is iets weg ({ $where }); ik heb niet gezien wie het heeft meegenomen
thing-missing-at = { thing-missing }, { $time }
thing-left = er is iets neergelegd ({ $where }); ik heb niet gezien door wie
thing-left-at = { thing-left }, { $time }
open-still = nog open, al { $duration }: { $place }
open-ended = { $place } was { $duration } open, tot { $time }
camera-dark = { $camera } ziet niets meer
camera-dark-why = { $camera } ziet niets meer ({ $why })
camera-back = { $camera } ziet weer; hij zag niets, { $when }
dark-why =
    { $state ->
        [offline] hij antwoordt niet
        [refused] hij weigert mijn wachtwoord
        [frozen] zijn beeld staat stil
       *[blind] ik heb geen detector
    }
described = { $told }: “{ $words }”
held-back =
    { $count ->
        [one] Het afgelopen uur was er nog 1 ding; het staat op de pagina.
       *[other] Het afgelopen uur waren er nog { $count } dingen; ze staan op de pagina.
    }

## De ogen zelf, en nieuwe camera's

eyes-missing = Mijn ogen draaien niet, dus ik bewaak de camera's niet.
eyes-not-installed = Ik kan geen camera's bewaken: wat de ogen nodig hebben is niet geïnstalleerd. Op mijn server: pip install 'dobby[vision]', en start me opnieuw.
eyes-blind = Ik kan de camera's niet bewaken: { $why }
no-detector = Ik heb geen detector.
eyes-well = Ik bewaak de camera's weer.
camera-found = Ik zie een camera. Waar kijkt hij naar?
camera-found-as = Ik zie een camera ({ $what }). Waar kijkt hij naar?
