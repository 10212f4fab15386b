# Was Kameras tun sollen, und die Regeln der Leute: bestätigt, aufgezählt, nachgefragt.

## Kameras

where-looks = Wohin schaut sie?
where-looks-first = Wohin schaut sie? Sag das zuerst.
place-unknown = Ich weiß noch nicht, wohin sie schaut: { $cameras }. Wohin?
place-kept = Das beobachte ich jetzt: { $place }. Den Besitzern melde ich Leute, Fahrzeuge, die anhalten, und was dort abgelegt wird. Was ich übersehen soll, kann man auf der Seite einzeichnen.
do-place = annehmen, dass { $name } dorthin schaut, und das beobachten: { $place }
camera-name = Kamera { $place }
say-undo = Sag „mach das rückgängig“, und ich nehme es zurück.
nothing-to-set = Darin ist nichts einzustellen.
password-again = Ihr Passwort habe ich nicht mehr. Bitte schick mir die Adresse noch einmal.
no-such-setting = Das ist keine Einstellung einer Kamera.
place-watched = Das beobachte ich jetzt: { $place }.
camera-unplaced = Ich sehe jetzt { $name }. Sag mir, wohin sie schaut, und ich beobachte sie.
no-camera-at-address = Unter dieser Adresse ist keine Kamera.
camera-taken-in = Ich habe sie: { $name }. Als Nächstes frage ich, wohin sie schaut.
do-add-camera = die Kamera unter { $address } aufnehmen
do-add-camera-as = die Kamera unter { $address } als „{ $name }“ aufnehmen
two-cameras = Nenn mir zwei Kameras, die denselben Ort sehen.
one-place = Was dort zugleich zu sehen ist, ist für mich von jetzt an eins ({ $places })
own-places = das sind für mich jetzt verschiedene Orte: { $places }
set-watched =
    { $on ->
        [yes] das beobachte ich: { $places }
       *[no] das beobachte ich nicht mehr: { $places }
    }
set-private-hours = jeden Tag von { $hours } schaue ich dort nicht hin ({ $places })
set-private =
    { $on ->
        [yes] der Privatmodus ist an: Ich schaue dort nicht hin ({ $places })
       *[no] der Privatmodus ist aus: Ich schaue wieder hin ({ $places })
    }
set-record =
    { $on ->
        [yes] von dort behalte ich Bilder ({ $places })
       *[no] von dort behalte ich keine Bilder ({ $places })
    }
set-describe =
    { $on ->
        [yes] ein Modell außerhalb des Hauses darf diese Bilder sehen: { $places }
       *[no] ein Modell außerhalb des Hauses darf diese Bilder nicht sehen: { $places }
    }
do-watched =
    { $on ->
        [yes] beobachten ({ $places })
       *[no] nicht mehr beobachten ({ $places })
    }
do-private-hours = jeden Tag von { $hours } dort nicht hinschauen ({ $places })
do-private =
    { $on ->
        [yes] dort nicht hinschauen ({ $places })
       *[no] dort wieder hinschauen ({ $places })
    }
do-record =
    { $on ->
        [yes] Bilder von dort behalten ({ $places })
       *[no] keine Bilder von dort behalten ({ $places })
    }
do-describe =
    { $on ->
        [yes] ein Modell außerhalb des Hauses diese Bilder sehen lassen ({ $places })
       *[no] kein Modell außerhalb des Hauses mehr diese Bilder sehen lassen ({ $places })
    }
do-overlap =
    { $on ->
        [yes] das für einen Ort halten ({ $places })
       *[no] das für verschiedene Orte halten ({ $places })
    }
do-be =
    { $home ->
        [yes] annehmen, dass du zu Hause bist
       *[no] annehmen, dass du weg bist
    }
welcome-home = Willkommen zu Hause. Frag, was passiert ist, und ich erzähle es dir.
see-you-later = Gut, ich weiß, dass du weg bist. Bis später.

## Regeln für Meldungen

alerts-usual = Den Besitzern melde ich Leute, Fahrzeuge, die anhalten, abgelegte und mitgenommene Dinge, Türen, die offen bleiben, und Kameras, die nichts sehen; keine Tiere.
no-rules = Du hast keine Regeln gemacht. { alerts-usual }
no-rules-there = Für diese Kamera hast du keine Regel gemacht.
no-such-rule = So eine Regel hast du nicht.
which-seen = Ich weiß nicht, was du meinst: Sag das, wenn ich es dir gemeldet habe.
no-rule-of-that = Daraus kann ich keine Regel machen.
no-such-zone = Kein Teil eines Bildes heißt „{ $name }“. Zeichne ihn auf der Seite ein, und gib ihm einen Namen.
no-such-zone-but = Kein Teil eines Bildes heißt „{ $name }“. Ich kenne: { $known }. Zeichne ihn auf der Seite ein, und gib ihm einen Namen.
will-tell = Gut, das melde ich dir: { $scope }.
will-tell-only = Gut, von dem, was ich dort sehe, melde ich dir nur das: { $scope }.
will-not-tell = Gut, das melde ich dir nicht: { $scope }. Sag „mach das rückgängig“, und ich nehme es zurück.
do-not-tell = das nicht mehr melden: { $scope }
do-not-tell-like = das nicht mehr melden: { $scope }, wie bei meiner letzten Meldung
do-drop-rule = Regel { $number } deiner Meldungen vergessen
do-drop-rules =
    { $which ->
        [all] alle deine Regeln für Meldungen vergessen
        [last] deine letzte Regel für Meldungen vergessen
       *[some] eine Regel für Meldungen vergessen
    }
your-rules = Deine Regeln; die neueste, die passt, entscheidet:
which-rule = Welche? Sag zum Beispiel: lösche Regel 1
rule-called = Regel { $number }
rule-quoted = „{ $said }“
rules-forgotten = Vergessen: { $rules }.
kept-nothing-back = Ich habe dir nichts verschwiegen.
told-of-nothing = Ich habe dir noch nichts gemeldet.
alert-explained = „{ $alert }“: { $why }
taken-back = Zurückgenommen: „{ $said }“.
that-taken-back = Das ist zurückgenommen.
