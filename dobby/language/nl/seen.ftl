# Wat camera's zien ($label), geteld ($count), en waar en wanneer.

thing =
    { $label ->
        [person] één persoon
        [vehicle] een voertuig
        [animal] een dier
        [package] een pakje
        [bicycle] een fiets
        [car] een auto
        [motorcycle] een motor
        [bus] een bus
        [truck] een vrachtwagen
        [bird] een vogel
        [cat] een kat
        [dog] een hond
        [horse] een paard
        [sheep] een schaap
        [cow] een koe
        [bear] een beer
        [backpack] een rugzak
        [handbag] een handtas
        [suitcase] een koffer
        [something] iets
       *[other] { $label }
    }
things =
    { $label ->
        [person] personen
        [vehicle] voertuigen
        [animal] dieren
        [package] pakjes
        [bicycle] fietsen
        [car] auto's
        [motorcycle] motoren
        [bus] bussen
        [truck] vrachtwagens
        [bird] vogels
        [cat] katten
        [dog] honden
        [horse] paarden
        [sheep] schapen
        [cow] koeien
        [bear] beren
        [backpack] rugzakken
        [handbag] handtassen
        [suitcase] koffers
        [something] dingen
       *[other] { $label }
    }
none-such = { things }
number-word =
    { $count ->
        [2] twee
        [3] drie
        [4] vier
        [5] vijf
        [6] zes
        [7] zeven
        [8] acht
        [9] negen
        [10] tien
       *[other] { $count }
    }
counted =
    { $count ->
        [one] { thing }
       *[other] { number-word } { things }
    }
someone =
    { $count ->
        [one] iemand
       *[other] { number-word } mensen
    }

## Waar ($place staat alleen of in een opsomming) en wanneer

where =
    { $inside ->
        [yes] { $place }
       *[no] { $place }
    }
where-moved = { $where }; eerst gezien: { $first }
some-camera = een van de camera's
camera-of = de camera “{ $place }”
day-today = vandaag
day-yesterday = gisteren
day-on = op { $date }
