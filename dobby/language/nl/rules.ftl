# Regels voor meldingen: waar ze over gaan, en waarom iets gemeld is of niet.

## Waar een regel over gaat

rule-kind =
    { $kind ->
        [person] mensen
        [vehicle] voertuigen
        [animal] dieren
        [package] dingen die zijn neergelegd of meegenomen
        [open] deuren die open blijven
       *[camera] camera's die niets zien
    }
rule-doing =
    { $what ->
        [arrived] komen
        [joined] met meer worden
        [returned] terugkomen
        [lingers] blijven rondhangen
        [stopped] stoppen
        [left_something] iets neerleggen
        [took_something] iets meenemen
        [dark] niets meer zien
       *[opened] open blijven
    }
rule-everything = alles
rule-anything = alles
rule-things-that = { $things } die { $does }
rule-all-that = allen die { $does }
rule-when = { $scope }, { $when }
rule-near = precies op die plek
rule-within = binnen { $zones }
rule-from = van { $hours }
rule-except-from = behalve van { $hours }
rule-while =
    { $presence ->
        [home] zolang je thuis bent
       *[away] zolang je weg bent
    }
rule-until = tot { $time }
rule-until-day = tot { $time } { $day }
hours = { $start } tot { $end }
rule-told = gemeld: { $scope }
rule-untold = niet gemeld: { $scope }
rule-said = { $rule }; omdat je “{ $said }” hebt gezegd ({ $day })
rule-made = { $rule }; omdat je deze regel hebt gemaakt ({ $day })

## Waarom iets gemeld is of niet: zinnen die na "want" staan

nothing-to-tell = Ik heb het genoteerd; er was niets aan te melden.
told-because = Ik heb het je om { $time } gemeld, want { $why }
untold-because = Ik heb het je niet gemeld, want { $why }
why-since = { $why } ({ $day })
why-said = je hebt “{ $said }” gezegd
why-rule = je hebt er een regel van gemaakt
why-part = het hoorde bij wat ik je al had gemeld
why-over = het was al voorbij
why-late = het was te laat toen ik het kon melden
why-private = de camera staat in de privémodus
why-owners-only = wie er niet om heeft gevraagd, meld ik alleen iets als het huis van hem of haar is
why-people = ik meld mensen, tenzij je iets anders zegt
why-vehicles-stop = ik meld voertuigen die stoppen, tenzij je iets anders zegt
why-vehicles-pass = ik meld geen voertuigen die alleen langskomen
why-animals = ik meld geen dieren, tenzij je erom vraagt
why-things = ik meld dingen die zijn neergelegd of meegenomen, tenzij je iets anders zegt
why-windows = ik meld geen open ramen, tenzij je erom vraagt
why-open = dit bleef open: { $place }
why-cameras = ik meld camera's die niets zien
why-alike = er waren er { $count } in korte tijd
why-enough = ik had je dat uur al { $count } dingen gemeld
