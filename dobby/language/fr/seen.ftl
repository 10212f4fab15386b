# Ce que voient les caméras ($label), compté ($count), où et quand.

thing =
    { $label ->
        [person] une personne
        [vehicle] un véhicule
        [animal] un animal
        [package] un paquet
        [bicycle] un vélo
        [car] une voiture
        [motorcycle] une moto
        [bus] un bus
        [truck] un camion
        [bird] un oiseau
        [cat] un chat
        [dog] un chien
        [horse] un cheval
        [sheep] un mouton
        [cow] une vache
        [bear] un ours
        [backpack] un sac à dos
        [handbag] un sac à main
        [suitcase] une valise
        [something] quelque chose
       *[other] { $label }
    }
things =
    { $label ->
        [person] personnes
        [vehicle] véhicules
        [animal] animaux
        [package] paquets
        [bicycle] vélos
        [car] voitures
        [motorcycle] motos
        [bus] bus
        [truck] camions
        [bird] oiseaux
        [cat] chats
        [dog] chiens
        [horse] chevaux
        [sheep] moutons
        [cow] vaches
        [bear] ours
        [backpack] sacs à dos
        [handbag] sacs à main
        [suitcase] valises
        [something] choses
       *[other] { $label }
    }
none-such =
    { $label ->
        [person] de personnes
        [vehicle] de véhicules
        [animal] d'animaux
        [package] de paquets
        [bicycle] de vélos
        [car] de voitures
        [motorcycle] de motos
        [bus] de bus
        [truck] de camions
        [bird] d'oiseaux
        [cat] de chats
        [dog] de chiens
        [horse] de chevaux
        [sheep] de moutons
        [cow] de vaches
        [bear] d'ours
        [backpack] de sacs à dos
        [handbag] de sacs à main
        [suitcase] de valises
        [something] de choses
       *[other] { $label }
    }
number-word =
    { $count ->
        [2] deux
        [3] trois
        [4] quatre
        [5] cinq
        [6] six
        [7] sept
        [8] huit
        [9] neuf
        [10] dix
       *[other] { $count }
    }
counted =
    { $count ->
        [one] { thing }
       *[other] { number-word } { things }
    }
someone =
    { $count ->
        [one] quelqu'un
       *[other] { number-word } personnes
    }

## Où ($place est seul ou dans une liste) et quand

where =
    { $inside ->
        [yes] { $place }
       *[no] { $place }
    }
where-moved = { $where } ; vu d'abord : { $first }
some-camera = une des caméras
camera-of = la caméra « { $place } »
day-today = aujourd'hui
day-yesterday = hier
day-on = le { $date }
