# Wat er mis is met het geheugen.

memory-damaged =
    Een deel van mijn geheugen is op de schijf beschadigd. Onleesbaar: { $what }. { $count ->
        [one] Dat heb ik
       *[other] Dat alles heb ik
    } apart gezet, en al het andere gaat door. Als je iets mist, zet `dobby restore` op mijn server een back-up terug.
lost =
    { $n ->
        [one] { $kind ->
                [message] 1 bericht
                [device] 1 apparaat
                [room] 1 kamer
                [person] 1 persoon
                [address] 1 adres
                [fact] 1 onthouden zin
                [conversation] 1 gesprek
                [name] 1 naam
                [pairing] 1 koppeling
                [camera] 1 camera
                [incident] 1 voorval
                [alert_rule] 1 meldregel
                [picture] 1 foto
               *[other] 1 ander gegeven
            }
       *[other] { $kind ->
                [message] { $n } berichten
                [device] { $n } apparaten
                [room] { $n } kamers
                [person] { $n } personen
                [address] { $n } adressen
                [fact] { $n } onthouden zinnen
                [conversation] { $n } gesprekken
                [name] { $n } namen
                [pairing] { $n } koppelingen
                [camera] { $n } camera's
                [incident] { $n } voorvallen
                [alert_rule] { $n } meldregels
                [picture] { $n } foto's
               *[other] { $n } andere gegevens
            }
    }
record-broken = Iemand heeft mijn logboek van wie wat deed veranderd, of een andere database teruggezet: het klopt niet meer. `dobby doctor` op mijn server zegt waar.
say-again = Wat je het laatst schreef, is op mijn schijf beschadigd voordat ik had geantwoord. Zeg het alsjeblieft nog eens.
