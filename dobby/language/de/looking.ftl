# Was Kameras jetzt sehen und was sie sahen: Antworten auf Fragen.

not-a-camera = Das ist keine Kamera.
no-camera-yet = Ich kenne noch keine Kamera.
camera-sees = { $camera }: { $state }
sight-state =
    { $state ->
        [private] privat
        [silent] sie antwortet nicht
        [unwatched] nicht beobachtet
        [blind] blind, mir fehlt die Erkennung
        [offline] dunkel, sie antwortet nicht
        [refused] dunkel, sie lehnt mein Passwort ab
        [frozen] dunkel, ihr Bild steht still
        [nothing] nichts im Bild
       *[unseen] noch nicht gesehen
    }
in-view = { $things } im Bild
cameras-private =
    { $count ->
        [one] { $cameras } ist im Privatmodus: Ich schaue nicht hin
       *[other] { $cameras } sind im Privatmodus: Ich schaue nicht hin
    }
more-pictures =
    { $count ->
        [one] Es gibt noch eine; frag mit ihrem Namen danach.
       *[other] Es gibt noch { $count }; frag mit ihrem Namen danach.
    }
things-are =
    { $count ->
        [one] { $things } ist da ({ $where })
       *[other] { $things } sind da ({ $where })
    }
picture-now = { $place }, jetzt
picture-now-with = { $place }, jetzt: { $things }
picture-now-nobody = { $place }, jetzt: niemand da
no-older-picture = { $why } Ein älteres Bild habe ich nicht: { $place }
last-picture = { $why } Das letzte Bild: { $day } um { $time }

## Niemand, nichts

nobody-is-there = gerade ist niemand da ({ $where })
nobody-is-seen = gerade ist niemand zu sehen
none-is-there = gerade sind keine { $things } da ({ $where })
none-is-seen = gerade sind keine { $things } zu sehen
cannot-see = das sehe ich nicht: { $places }
last-time = Das letzte Mal, { $day }: { $told }
saw-nothing =
    { $what ->
        [lingers] { $when } war niemand länger da
        [left_something] { $when } hat niemand etwas abgelegt, soweit ich sah
        [took_something] { $when } hat niemand etwas mitgenommen, soweit ich sah
        [both] { $when } hat niemand etwas abgelegt oder mitgenommen, soweit ich sah
        [person] { $when } habe ich niemanden gesehen
       *[nothing] { $when } habe ich nichts gesehen
    }
saw-nothing-there =
    { $what ->
        [lingers] { $when } war niemand länger da ({ $where })
        [left_something] { $when } hat niemand etwas abgelegt, soweit ich sah ({ $where })
        [took_something] { $when } hat niemand etwas mitgenommen, soweit ich sah ({ $where })
        [both] { $when } hat niemand etwas abgelegt oder mitgenommen, soweit ich sah ({ $where })
        [person] { $when } habe ich niemanden gesehen ({ $where })
       *[nothing] { $when } habe ich nichts gesehen ({ $where })
    }
saw-none = { $when } habe ich keine { $things } gesehen
saw-none-there = { $when } habe ich keine { $things } gesehen ({ $where })
do-not-watch = das beobachte ich nicht: { $cameras }
unknown-out = Ich weiß nicht, wann du weg warst: Sag mir, wenn du gehst, dann weiß ich es.

## Was war

yes-there-was = Ja. { $told }
day-told = { $day }: { $told }
day-time-told = { $day }, { $time }: { $told }
things-at = { counted } ({ $where }, { $when })
counted-things = { $when } zählte ich { $things }
counted-things-at = { $when } zählte ich { $things }: { $times }
time-where = { $time } ({ $where })
since = seit { $start }
between = zwischen { $start } und { $end }
time-on-day = { $day } { $time }

## Bilder

pictures-full = Die Festplatte ist fast voll: Ich behalte keine neuen Bilder, bis wieder Platz ist.
picture-gone = Dieses Bild habe ich nicht mehr.
picture-strange = Was die Kamera geschickt hat, ist kein Bild, das ich behalten kann.
picture-sealed = Dieses Bild wurde mit einem anderen Schlüssel als { $key } versiegelt. Stell diese Datei wieder her, um es zu sehen.
picture-key-damaged = Die Schlüsseldatei { $key } ist beschädigt. Stell sie wieder her; ohne sie bleiben meine Bilder versiegelt.
picture-not-kept = Ich konnte das Bild nicht behalten ({ $why }).
picture-not-read = Ich konnte das Bild nicht lesen ({ $why }).
picture-not-removed = Ich konnte ein Bild nicht entfernen ({ $why }).
