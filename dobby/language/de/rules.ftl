# Regeln für Meldungen: worum es geht, und warum etwas gemeldet wurde oder nicht.

## Worum es in einer Regel geht

rule-kind =
    { $kind ->
        [person] Leute
        [vehicle] Fahrzeuge
        [animal] Tiere
        [package] abgelegte oder mitgenommene Dinge
        [open] Türen, die offen bleiben
       *[camera] Kameras, die nichts sehen
    }
rule-doing =
    { $what ->
        [arrived] kommen
        [joined] mehr werden
        [returned] wiederkommen
        [lingers] länger da sind
        [stopped] anhalten
        [left_something] etwas ablegen
        [took_something] etwas mitnehmen
        [dark] nichts mehr sehen
       *[opened] offen bleiben
    }
rule-everything = alles
rule-anything = alles
rule-things-that = { $things }, die { $does }
rule-all-that = alle, die { $does }
rule-when = { $scope }, { $when }
rule-near = genau an dieser Stelle
rule-within = innerhalb von { $zones }
rule-from = von { $hours }
rule-except-from = außer von { $hours }
rule-while =
    { $presence ->
        [home] solange du zu Hause bist
       *[away] solange du weg bist
    }
rule-until = bis { $time }
rule-until-day = bis { $time } { $day }
hours = { $start } bis { $end }
rule-told = gemeldet: { $scope }
rule-untold = nicht gemeldet: { $scope }
rule-said = { $rule }; weil du „{ $said }“ gesagt hast ({ $day })
rule-made = { $rule }; weil du diese Regel gemacht hast ({ $day })

## Warum etwas gemeldet wurde oder nicht: Sätze, die nach „denn“ stehen

nothing-to-tell = Ich habe es aufgezeichnet; es gab daran nichts zu melden.
told-because = Ich habe es dir um { $time } gemeldet, denn { $why }
untold-because = Ich habe es dir nicht gemeldet, denn { $why }
why-since = { $why } ({ $day })
why-said = du hast „{ $said }“ gesagt
why-rule = du hast eine Regel daraus gemacht
why-part = es gehörte zu dem, was ich dir schon gemeldet hatte
why-over = es war schon vorbei
why-late = es war zu spät, als ich es melden konnte
why-private = die Kamera ist im Privatmodus
why-owners-only = wer nicht darum gebeten hat, dem melde ich nur etwas, wenn ihm das Haus gehört
why-people = ich melde Leute, solange du nichts anderes sagst
why-vehicles-stop = ich melde Fahrzeuge, die anhalten, solange du nichts anderes sagst
why-vehicles-pass = ich melde keine Fahrzeuge, die nur vorbeifahren
why-animals = ich melde keine Tiere, solange du nicht darum bittest
why-things = ich melde abgelegte und mitgenommene Dinge, solange du nichts anderes sagst
why-windows = ich melde keine offenen Fenster, solange du nicht darum bittest
why-open = das blieb offen: { $place }
why-cameras = ich melde Kameras, die nichts sehen
why-alike = es gab in kurzer Zeit { $count } davon
why-enough = ich hatte dir in dieser Stunde schon { $count } Dinge gemeldet
