# Was Kameras sehen ($label), gezählt ($count), und wo und wann.

thing =
    { $label ->
        [person] eine Person
        [vehicle] ein Fahrzeug
        [animal] ein Tier
        [package] ein Paket
        [bicycle] ein Fahrrad
        [car] ein Auto
        [motorcycle] ein Motorrad
        [bus] ein Bus
        [truck] ein LKW
        [bird] ein Vogel
        [cat] eine Katze
        [dog] ein Hund
        [horse] ein Pferd
        [sheep] ein Schaf
        [cow] eine Kuh
        [bear] ein Bär
        [backpack] ein Rucksack
        [handbag] eine Handtasche
        [suitcase] ein Koffer
        [something] etwas
       *[other] { $label }
    }
things =
    { $label ->
        [person] Personen
        [vehicle] Fahrzeuge
        [animal] Tiere
        [package] Pakete
        [bicycle] Fahrräder
        [car] Autos
        [motorcycle] Motorräder
        [bus] Busse
        [truck] LKWs
        [bird] Vögel
        [cat] Katzen
        [dog] Hunde
        [horse] Pferde
        [sheep] Schafe
        [cow] Kühe
        [bear] Bären
        [backpack] Rucksäcke
        [handbag] Handtaschen
        [suitcase] Koffer
        [something] Dinge
       *[other] { $label }
    }
none-such = { things }
number-word =
    { $count ->
        [2] zwei
        [3] drei
        [4] vier
        [5] fünf
        [6] sechs
        [7] sieben
        [8] acht
        [9] neun
        [10] zehn
       *[other] { $count }
    }
counted =
    { $count ->
        [one] { thing }
       *[other] { number-word } { things }
    }
someone =
    { $count ->
        [one] jemand
       *[other] { number-word } Leute
    }

## Wo ($place steht allein oder in einer Aufzählung) und wann

where =
    { $inside ->
        [yes] { $place }
       *[no] { $place }
    }
where-moved = { $where }; zuerst gesehen: { $first }
some-camera = eine der Kameras
camera-of = die Kamera „{ $place }“
day-today = heute
day-yesterday = gestern
day-on = am { $date }
