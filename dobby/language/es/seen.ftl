# Lo que ven las cámaras ($label), contado ($count), dónde y cuándo.

thing =
    { $label ->
        [person] una persona
        [vehicle] un vehículo
        [animal] un animal
        [package] un paquete
        [bicycle] una bicicleta
        [car] un coche
        [motorcycle] una moto
        [bus] un autobús
        [truck] un camión
        [bird] un pájaro
        [cat] un gato
        [dog] un perro
        [horse] un caballo
        [sheep] una oveja
        [cow] una vaca
        [bear] un oso
        [backpack] una mochila
        [handbag] un bolso
        [suitcase] una maleta
        [something] algo
       *[other] { $label }
    }
things =
    { $label ->
        [person] personas
        [vehicle] vehículos
        [animal] animales
        [package] paquetes
        [bicycle] bicicletas
        [car] coches
        [motorcycle] motos
        [bus] autobuses
        [truck] camiones
        [bird] pájaros
        [cat] gatos
        [dog] perros
        [horse] caballos
        [sheep] ovejas
        [cow] vacas
        [bear] osos
        [backpack] mochilas
        [handbag] bolsos
        [suitcase] maletas
        [something] cosas
       *[other] { $label }
    }
none-such = { things }
number-word =
    { $count ->
        [2] dos
        [3] tres
        [4] cuatro
        [5] cinco
        [6] seis
        [7] siete
        [8] ocho
        [9] nueve
        [10] diez
       *[other] { $count }
    }
counted =
    { $count ->
        [one] { thing }
       *[other] { number-word } { things }
    }
someone =
    { $count ->
        [one] alguien
       *[other] { number-word } personas
    }

## Dónde ($place está solo o en una lista) y cuándo

where =
    { $inside ->
        [yes] { $place }
       *[no] { $place }
    }
where-moved = { $where }; antes: { $first }
some-camera = una de las cámaras
camera-of = la cámara «{ $place }»
day-today = hoy
day-yesterday = ayer
day-on = el { $date }
