# Was mit dem Gedächtnis nicht stimmt.

memory-damaged =
    Ein Teil meines Gedächtnisses wurde auf der Platte beschädigt. Nicht mehr lesbar: { $what }. { $count ->
        [one] Das habe ich
       *[other] Das alles habe ich
    } beiseitegelegt, und alles andere geht weiter. Wenn dir etwas fehlt, holt `dobby restore` auf meinem Server eine Sicherung zurück.
lost =
    { $n ->
        [one] { $kind ->
                [message] 1 Nachricht
                [device] 1 Gerät
                [room] 1 Raum
                [person] 1 Person
                [address] 1 Adresse
                [fact] 1 gemerkter Satz
                [conversation] 1 Gespräch
                [name] 1 Name
                [pairing] 1 Kopplung
                [camera] 1 Kamera
                [incident] 1 Vorfall
                [alert_rule] 1 Melderegel
                [picture] 1 Bild
               *[other] 1 anderer Eintrag
            }
       *[other] { $kind ->
                [message] { $n } Nachrichten
                [device] { $n } Geräte
                [room] { $n } Räume
                [person] { $n } Personen
                [address] { $n } Adressen
                [fact] { $n } gemerkte Sätze
                [conversation] { $n } Gespräche
                [name] { $n } Namen
                [pairing] { $n } Kopplungen
                [camera] { $n } Kameras
                [incident] { $n } Vorfälle
                [alert_rule] { $n } Melderegeln
                [picture] { $n } Bilder
               *[other] { $n } andere Einträge
            }
    }
record-broken = Jemand hat mein Protokoll geändert, in dem steht, wer was getan hat, oder eine andere Datenbank zurückgespielt: Es stimmt nicht mehr. `dobby doctor` auf meinem Server sagt, wo.
say-again = Was du zuletzt geschrieben hast, wurde auf meiner Platte beschädigt, bevor ich geantwortet hatte. Bitte sag es noch einmal.
