# Powiadomienia: co zobaczyły kamery, powiedziane bez pytania.

## Ktoś ($count); $where i $when tak, jak się je mówi

person-is =
    { $count ->
        [one] { someone } tu jest ({ $where })
        [few] są tu { someone } ({ $where })
       *[many] jest tu { someone } ({ $where })
    }
person-is-since = { person-is }, od { $time }
person-was =
    { $count ->
        [one] { someone } tu był ({ $where }), { $when }
        [few] były tu { someone } ({ $where }), { $when }
       *[many] było tu { someone } ({ $where }), { $when }
    }
person-was-again = { person-was }, więcej niż raz
person-and-did =
    { $what ->
        [left_something] { $told }; coś zostawiono
       *[took_something] { $told }; coś zabrano
    }
person-did =
    { $what ->
        [left_something] { $told }; coś zostawiono
       *[took_something] { $told }; coś zabrano
    }
person-delivered = { $told }; coś zostawiono: to chyba dostawa
person-lingers =
    { $count ->
        [one] { someone } tu jest, i to dłużej ({ $where }; { $duration })
        [few] { someone } są tu, i to dłużej ({ $where }; { $duration })
       *[many] { someone } jest tu, i to dłużej ({ $where }; { $duration })
    }
person-left =
    { $count ->
        [one] { someone } coś tu zostawił ({ $where })
        [few] { someone } coś tu zostawiły ({ $where })
       *[many] { someone } coś tu zostawiło ({ $where })
    }
person-took =
    { $count ->
        [one] { someone } coś stąd zabrał ({ $where })
        [few] { someone } coś stąd zabrały ({ $where })
       *[many] { someone } coś stąd zabrało ({ $where })
    }
delivery-seems = To chyba dostawa: { $told }
came-with-it =
    { $count ->
        [one] { $told }; chyba { someone } tym przyjechał
        [few] { $told }; chyba { someone } tym przyjechały
       *[many] { $told }; chyba { someone } tym przyjechało
    }
came-to-deliver = { came-with-it } i coś zostawiono: to dostawa

## Pojazdy i zwierzęta

thing-is = widać: { counted } ({ $where })
thing-was = widziane: { counted } ({ $where }), { $when }
vehicle-stops = właśnie się zatrzymuje: { counted } ({ $where })
vehicle-stopped = postój: { counted } ({ $where }), { $when }
vehicle-passed = przejazd: { counted } ({ $place }), { $when }
something-moves = coś się tu poruszyło ({ $where })
something-moved = coś się tu poruszyło ({ $where }), { $when }

## Rzeczy, drzwi, kamery

thing-missing = czegoś brakuje ({ $where }); nie widziałem, kto to zabrał
thing-missing-at = { thing-missing }, { $time }
thing-left = coś zostawiono ({ $where }); nie widziałem, kto
thing-left-at = { thing-left }, { $time }
open-still = wciąż otwarte ({ $duration }): { $place }
open-ended = było otwarte ({ $duration }), do { $time }: { $place }
camera-dark = { $camera } nic już nie widzi
camera-dark-why = { $camera } nic już nie widzi ({ $why })
camera-back = { $camera } znowu widzi; nie widziała nic, { $when }
dark-why =
    { $state ->
        [offline] nie odpowiada
        [refused] odrzuca moje hasło
        [frozen] jej obraz stoi w miejscu
       *[blind] nie mam detektora
    }
described = { $told }: „{ $words }”
held-back =
    { $count ->
        [one] W ostatniej godzinie była jeszcze 1 rzecz; jest na stronie.
        [few] W ostatniej godzinie były jeszcze { $count } rzeczy; są na stronie.
       *[many] W ostatniej godzinie było jeszcze { $count } rzeczy; są na stronie.
    }

## Same oczy i nowe kamery

eyes-missing = Moje oczy nie działają, więc nie pilnuję kamer.
eyes-not-installed = Nie mogę pilnować kamer: nie zainstalowano tego, czego potrzebują oczy. Na moim serwerze: pip install 'dobby[vision]', a potem uruchom mnie ponownie.
eyes-blind = Nie mogę pilnować kamer: { $why }
no-detector = Nie mam detektora.
eyes-well = Znowu pilnuję kamer.
camera-found = Widzę kamerę. Dokąd patrzy?
camera-found-as = Widzę kamerę ({ $what }). Dokąd patrzy?
