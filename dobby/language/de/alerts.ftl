# Meldungen: was Kameras sahen, ungefragt gesagt.

## Jemand ($count); $where und $when, wie man sie sagt

person-is =
    { $count ->
        [one] { someone } ist da ({ $where })
       *[other] { someone } sind da ({ $where })
    }
person-is-since = { person-is }, seit { $time }
person-was =
    { $count ->
        [one] { someone } war da ({ $where }), { $when }
       *[other] { someone } waren da ({ $where }), { $when }
    }
person-was-again = { person-was }, mehr als einmal
person-and-did =
    { $what ->
        [left_something] { $told }; etwas wurde abgelegt
       *[took_something] { $told }; etwas wurde mitgenommen
    }
person-did =
    { $what ->
        [left_something] { $told }; etwas wurde abgelegt
       *[took_something] { $told }; etwas wurde mitgenommen
    }
person-delivered = { $told }; etwas wurde abgelegt: wohl eine Lieferung
person-lingers =
    { $count ->
        [one] { someone } ist seit { $duration } da ({ $where })
       *[other] { someone } sind seit { $duration } da ({ $where })
    }
person-left =
    { $count ->
        [one] { someone } hat etwas abgelegt ({ $where })
       *[other] { someone } haben etwas abgelegt ({ $where })
    }
person-took =
    { $count ->
        [one] { someone } hat etwas mitgenommen ({ $where })
       *[other] { someone } haben etwas mitgenommen ({ $where })
    }
delivery-seems = Wohl eine Lieferung: { $told }
came-with-it =
    { $count ->
        [one] { $told }; { someone } ist wohl damit gekommen
       *[other] { $told }; { someone } sind wohl damit gekommen
    }
came-to-deliver = { came-with-it }, und etwas wurde abgelegt: eine Lieferung

## Fahrzeuge und Tiere

thing-is =
    { $count ->
        [one] { counted } ist da ({ $where })
       *[other] { counted } sind da ({ $where })
    }
thing-was =
    { $count ->
        [one] { counted } war da ({ $where }), { $when }
       *[other] { counted } waren da ({ $where }), { $when }
    }
vehicle-stops =
    { $count ->
        [one] { counted } hat gerade angehalten ({ $where })
       *[other] { counted } haben gerade angehalten ({ $where })
    }
vehicle-stopped =
    { $count ->
        [one] { counted } hat angehalten ({ $where }), { $when }
       *[other] { counted } haben angehalten ({ $where }), { $when }
    }
vehicle-passed =
    { $count ->
        [one] { counted } kam vorbei ({ $place }), { $when }
       *[other] { counted } kamen vorbei ({ $place }), { $when }
    }
something-moves = etwas hat sich bewegt ({ $where })
something-moved = etwas hat sich bewegt ({ $where }), { $when }

## Dinge, Türen, Kameras

thing-missing = etwas fehlt ({ $where }); ich habe nicht gesehen, wer es mitgenommen hat
thing-missing-at = { thing-missing }, { $time }
thing-left = etwas wurde abgelegt ({ $where }); ich habe nicht gesehen, von wem
thing-left-at = { thing-left }, { $time }
open-still = noch offen, seit { $duration }: { $place }
open-ended = { $place } war { $duration } lang offen, bis { $time }
camera-dark = { $camera } sieht nichts mehr
camera-dark-why = { $camera } sieht nichts mehr ({ $why })
camera-back = { $camera } sieht wieder etwas; sie sah nichts, { $when }
dark-why =
    { $state ->
        [offline] sie antwortet nicht
        [refused] sie lehnt mein Passwort ab
        [frozen] ihr Bild steht still
       *[blind] mir fehlt die Erkennung
    }
described = { $told }: „{ $words }“
held-back =
    { $count ->
        [one] In der letzten Stunde gab es noch eine Sache; sie steht auf der Seite.
       *[other] In der letzten Stunde gab es noch { $count } Dinge; sie stehen auf der Seite.
    }

## Die Augen selbst, und neue Kameras

eyes-missing = Meine Augen laufen nicht, darum beobachte ich die Kameras nicht.
eyes-not-installed = Ich kann keine Kameras beobachten: Was die Augen brauchen, ist nicht installiert. Auf meinem Server: pip install 'dobby[vision]', und starte mich neu.
eyes-blind = Ich kann die Kameras nicht beobachten: { $why }
no-detector = Mir fehlt die Erkennung.
eyes-well = Ich beobachte die Kameras wieder.
camera-found = Ich sehe eine Kamera. Wohin schaut sie?
camera-found-as = Ich sehe eine Kamera ({ $what }). Wohin schaut sie?
